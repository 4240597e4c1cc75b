"""What the backends of a chain are called."""

from __future__ import annotations

from swv6.profiles import Choice


def named(choices: tuple[Choice, ...]) -> list[tuple[str, Choice]]:
    """Name each backend of a chain; the second use of one is `name-2`."""
    seen = list[str]()
    for choice in choices:
        seen.append(choice.backend)
    return [
        (c.backend if (n := seen[: i + 1].count(c.backend)) == 1 else f"{c.backend}-{n}", c)
        for i, c in enumerate(choices)
    ]
