"""Full stops that end no sentence."""

from __future__ import annotations

from swv6.text.rules import words_of


def abbreviated(token: str, following: str, alone: bool) -> bool:
    """Tell whether the full stop after `token` belongs to an abbreviation, an initial or a list's number.

    `following` is the first letter of what comes next; `alone` says that the token begins its clause.
    """
    word = token.lstrip("([«“\"'*_’").split("’")[-1].split("'")[-1]
    if alone and word.isdigit():
        return True
    if (len(word) == 1 and word.isupper()) or (len(word) > 2 and set(word[1::2]) == {"."}):
        return not word.islower()
    lists = words_of("abbreviations.txt")
    return word in lists["always"] or (word in lists["number"] and following.isdigit())
