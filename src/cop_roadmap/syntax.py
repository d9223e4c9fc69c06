"""The YAML parser's complaints in plain words."""

from typing import Any, NamedTuple

import yaml

from cop_roadmap.diagnostics import Place

_TAB = ("A tab stands where YAML needs spaces.", "Replace tabs by spaces.")
_QUOTE = "If this is text, put the whole of it in quotes."
_ALIGN = "Check the spaces at the beginning of this line and of the lines around it."


class _Wording(NamedTuple):
    """What to say when the parser's problem contains ``trace``; ``{char}`` is what it met."""

    trace: str
    message: str
    hint: str
    at_context: bool = False


# The first whose trace is found speaks. libyaml and PyYAML's own parser word some differently.
_WORDINGS = (
    _Wording(
        "mapping values are not allowed",
        "This colon cannot start a value here.",
        "If it belongs to the text, put the whole text in quotes; "
        "otherwise check the spaces at the beginning of the line.",
    ),
    _Wording("found a tab", *_TAB),
    _Wording(
        r"'\t' that cannot start",
        "A tab stands where YAML needs spaces.",
        "Replace tabs by spaces.",
    ),
    _Wording("cannot start any token", "A text cannot begin with {char}", _QUOTE),
    _Wording(
        "block sequence entries are not allowed",
        "A list cannot begin on the line of its key.",
        "Start a new line before this dash; if it belongs to the text, put the text in quotes.",
    ),
    _Wording("expected ',' or ']'", "The list that opens with [ here is not closed.", _QUOTE, True),
    _Wording(
        "expected ',' or '}'", "The keys that open with {{ here are not closed.", _QUOTE, True
    ),
    _Wording(
        "unexpected end of stream",
        "The quotes that open here are never closed.",
        "Close them at the end of the text; write a quote inside single quotes twice ('').",
        True,
    ),
    _Wording(
        "unknown escape character",
        "A backslash in double quotes starts a code, and this code does not exist.",
        "Use single quotes, or write the backslash twice.",
    ),
    _Wording(
        "character escape code",
        "This code in double quotes stands for no character.",
        "Write the character itself, or use single quotes.",
    ),
    _Wording(
        "could not find expected ':'",
        "This line is neither a key with its colon nor part of the text above.",
        _ALIGN,
        True,
    ),
    _Wording(
        "comment or line break",
        "A text that follows | or > begins on the next line.",
        "Start a new line after the sign; if the sign belongs to the text, use quotes.",
    ),
    _Wording("undefined tag handle", "A text cannot begin with {char}", _QUOTE),
    _Wording("while scanning a tag", "A text cannot begin with {char}", _QUOTE),
    _Wording("while scanning an alias", "A text cannot begin with {char}", _QUOTE),
    _Wording("while scanning an anchor", "A text cannot begin with {char}", _QUOTE),
    _Wording("expected node content", "A text cannot begin with {char}", _QUOTE),
    _Wording("expected '-' indicator", "This line is not part of the list above it.", _ALIGN),
    _Wording("directive", "A line cannot begin with %.", _QUOTE),
    _Wording(
        "expected key",
        "This does not fit what stands before it.",
        f"{_ALIGN} Text cannot go on behind closing quotes.",
    ),
    _Wording("expected <block end>", "This does not fit what stands before it.", _ALIGN),
)


def explain(error: yaml.YAMLError, text: str) -> tuple[Place, str, str]:
    """Return the place of a syntax error, one plain sentence, and what to do about it."""
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    for wording in _WORDINGS:
        if wording.trace in problem or wording.trace in context:
            break
    else:
        wording = _Wording("", "This is not valid YAML.", _ALIGN)
    mark: Any = getattr(error, "problem_mark", None)
    if wording.at_context or mark is None:
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Place(1, 1, 1, 1), wording.message.format(char=""), wording.hint
    char = text[mark.index : mark.index + 1]
    if char == "\t" and "{char}" in wording.message:
        wording = _Wording("", *_TAB)
    place = Place(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
    return place, wording.message.format(char=f"{char}."), wording.hint
