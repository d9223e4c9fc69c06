"""Text that a terminal shows and does not obey.

What a file holds is never printed raw: control characters, direction overrides and the like are
replaced. The module imports nothing that takes time, or that could be half loaded at an interrupt.
"""

import unicodedata

# Joiners hold words of Persian and families of emoji together; alone they show nothing.
_KEPT = "\u200c\u200d"
_TAB = "    "


def printable(text: str) -> str:
    """Return a text on one line without anything that a terminal might obey."""
    return "".join(map(_printable, text))


def _printable(char: str) -> str:
    if char == "\t":
        return _TAB
    if char in _KEPT or char.isprintable():
        return char
    return (
        " " if char in "\n\r" or unicodedata.category(char) == "Zs" else "\N{REPLACEMENT CHARACTER}"
    )
