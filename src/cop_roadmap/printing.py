"""Text that a terminal shows and does not obey.

What a file holds is never printed raw: control characters, direction overrides and the like are
replaced. The module imports nothing that takes time, or that could be half loaded at an interrupt.
"""

import unicodedata

# Joiners hold words of Persian and families of emoji together; alone they show nothing.
_KEPT = "\u200c\u200d"
_TAB = "    "
# What turns the direction of writing and could make a line say something else. Scripts that run to
# the left need none of them, and the marks that they do need are others.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def printable(text: str) -> str:
    """Return a text on one line without anything that a terminal might obey."""
    return "".join(map(_printable, text))


def unturned(text: str) -> str:
    """Return a text without what turns the direction of writing, as documents have it."""
    return text.translate(_TURNING)


def _printable(char: str) -> str:
    if char == "\t":
        return _TAB
    if char in _KEPT or char.isprintable():
        return char
    return (
        " " if char in "\n\r" or unicodedata.category(char) == "Zs" else "\N{REPLACEMENT CHARACTER}"
    )
