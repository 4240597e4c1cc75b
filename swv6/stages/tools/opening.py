"""The tools of a profile, opened in front of its language model."""

from __future__ import annotations

from swv6.stages.build import Builder, named
from swv6.stages.opening import opened
from swv6.stages.tools.calling import Toolbox
from swv6.stages.tools.timers import Timers


async def open_tools(builder: Builder) -> Toolbox:
    """Open every tool that the profile names; they are closed with the builder. Raises what a tool raises."""
    profile, stack = builder.profile, builder.stack
    tools = [
        await stack.enter_async_context(opened(choice, builder.store, builder.live))
        for _, choice in named(profile.tools)
    ]
    timers = Timers(builder.tasks)
    stack.callback(timers.close)
    return Toolbox(tools, builder.choose, profile.language, timers, builder.report)
