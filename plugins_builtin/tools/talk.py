"""Saying the last answer again, and saying nothing."""

from __future__ import annotations

from plugins_builtin.tools.clock import Nothing
from plugins_builtin.tools.tongue import in_french
from swv6.plugins import Scene, Tool


def repeat(french: bool) -> Tool:
    """Give the tool that says the last answer again."""

    async def run(arguments: Nothing, scene: Scene) -> str:
        answers = (message.text for message in reversed(scene.chat) if message.role == "assistant")
        nothing = "Je n'ai encore rien dit." if in_french(scene, french) else "I have not said anything yet."
        return next(answers, nothing).removesuffix(" …")

    triggers = (
        r"^\W*(peux tu |pouvez vous |tu peux )?(repete|repeter|redis|redire|repetez)\b(?!.*\bque\b).{0,30}$",
        r"^\W*(can you |could you )?(please )?(repeat|say (that|it) again)\b.{0,20}$",
    )
    return Tool("repeat", "says the last answer again", Nothing, run, triggers, examples=(("Répète.", {}),))


def stop(french: bool) -> Tool:
    """Give the tool that says nothing."""

    async def run(arguments: Nothing, scene: Scene) -> str:
        return ""

    triggers = (
        r"^\W*((ok|non|bon|please|no)\W+)?(stop|arrete( toi| de parler)?|arretez( vous| de parler)?|tais toi|"
        r"silence|chut|(ca )?suffit|taisez vous|shut up|be quiet|stop (it|talking)|quiet|enough)"
        r"\W*(maintenant|now|please|s'il (te|vous) plait|merci|thanks)?\W*$",
    )
    return Tool("stop", "says nothing more", Nothing, run, triggers, examples=(("Tais-toi.", {}),))
