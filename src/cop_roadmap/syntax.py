"""The YAML parser's complaints in plain words."""

import re
from typing import Any, NamedTuple

from cop_roadmap.diagnostics import Place

# What begins a new line in YAML 1.1, by which the parsers count.
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

# No-break spaces: word processors and web pages write them, and YAML takes them for letters.
HARD_SPACES = "\xa0\u2007\u202f\u3000"

_TAB = ("A tab stands where YAML needs spaces.", "Replace tabs by spaces.")
_QUOTE = "If this is text, put the whole of it in quotes."
_ALIGN = "Check the spaces at the beginning of this line and of the lines around it."


class _Wording(NamedTuple):
    """What to say when the parser's complaint matches ``trace``.

    ``{char}`` in the message is the character at the place: where the parser gave up or, with
    ``at_start``, where what it was reading begins.
    """

    trace: str
    message: str
    hint: str
    at_start: bool = False


# The first whose trace is found speaks. They know the words of libyaml and of the Python parser.
_WORDINGS = (
    _Wording("found a tab", *_TAB),
    _Wording("scanning a directive", "A line cannot begin with %.", _QUOTE, True),
    _Wording("duplicate %?YAML directive", "A line cannot begin with %.", _QUOTE),
    _Wording(
        "scanning an? (alias|anchor|tag)|undefined tag handle|parsing a tag",
        "A text cannot begin with {char}.",
        _QUOTE,
        True,
    ),
    _Wording(
        "mapping values are not allowed",
        "This colon cannot start a value here.",
        "If it belongs to the text, put the whole text in quotes; "
        "otherwise check the spaces at the beginning of the line.",
    ),
    _Wording("mapping keys are not allowed", "A text cannot begin with {char}.", _QUOTE),
    _Wording("cannot start any token", "A text cannot begin with {char}.", _QUOTE),
    _Wording(
        "block sequence entries are not allowed|sequence entries are not allowed",
        "A list cannot begin on the line of its key.",
        "Start a new line before this dash; if it belongs to the text, put the text in quotes.",
    ),
    _Wording(
        r"expected ',' or '\]'", "The list that opens with [ here is not closed.", _QUOTE, True
    ),
    _Wording(
        r"expected ',' or '\}'", "The keys that open with {{ here are not closed.", _QUOTE, True
    ),
    _Wording(
        "unexpected (end of stream|document (indicator|separator))",
        "The quotes that open here are never closed.",
        "Close them at the end of the text; write a quote inside single quotes twice ('').",
        True,
    ),
    _Wording(
        "unknown escape character|hexdecimal number|hexadecimal numbers",
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
        "A text below a | stands further to the right than its key; a key ends in a colon.",
        True,
    ),
    _Wording(
        "expected (a )?comment or (a )?line break|expected chomping or indentation",
        "A text that follows | or > begins on the next line.",
        "Start a new line after the sign; if the sign belongs to the text, use quotes.",
    ),
    _Wording("expected (the )?node content", "A text cannot begin with {char}.", _QUOTE),
    _Wording("expected '-' indicator", "This line is not part of the list above it.", _ALIGN),
    _Wording(
        "expected '?<document start>",
        "This does not belong to what stands above it.",
        "Check the spaces at the beginning of this line; if a line of dots or dashes stands above, "
        "delete it.",
    ),
    _Wording("expected (key|<block end>)", "This does not fit what stands before it.", _ALIGN),
)
# What is easily typed and hardly seen: where the first group is, what it is, and what to do.
_SLIPS = (
    (
        re.compile(r"(<{7}|={7}|>{7})( |$)"),
        "A merge of two versions was not finished here.",
        "Choose one of the two versions, and delete the lines of signs.",
    ),
    (
        re.compile(rf"[ \t]*(?:-[ \t]*)?(?:\w+:)?[ \t]*([{HARD_SPACES}])"),
        "A no-break space stands where YAML needs a plain one.",
        "Delete it, and type a space. Texts from a word processor bring such spaces along.",
    ),
    (
        re.compile(r"[ \t]*(?:-[ \t]+)*[a-z]\w*(:)(?=[^\s:/])"),
        "A space is missing behind this colon.",
        "Type a space between the colon and the text.",
    ),
)
_NEAR = 100
_QUOTED = re.compile(r"[\"'\]}][ \t]*$")
_BEHIND = (
    "Text cannot go on behind closing quotes or brackets: put the whole of it in quotes. "
    "Inside single quotes, write a quote twice ('')."
)
_UNKNOWN = _Wording("", "This is not valid YAML.", _ALIGN)
_UNCLOSED = {
    "[": "The list that opens with [ here is not closed.",
    "{": "The keys that open with { here are not closed.",
}


def place_in(text: str, index: int) -> Place:
    """Return the place of the character with an index, or of the end of the text."""
    before = LINE_BREAK.split(text[:index])
    line, column = len(before), len(before[-1]) + 1
    return Place(line, column, line, column + 1)


def explain(error: Exception, text: str, opened: int | None = None) -> tuple[Place, str, str]:
    """Return the place of a syntax error, one plain sentence, and what to do about it.

    ``opened`` is the index of the bracket or brace that the error stands inside of, if any.
    """
    complaint = f"{getattr(error, 'context', None)}; {getattr(error, 'problem', None)}"
    wording = next((each for each in _WORDINGS if re.search(each.trace, complaint)), _UNKNOWN)
    mark: Any = getattr(error, "problem_mark", None)
    at_end = mark is not None and not text[mark.index :].strip("\0 \r\n")
    if opened is not None and at_end and "quoted scalar" not in complaint:
        # The file ends inside of brackets: that it ends is no use to know, where they open is.
        return place_in(text, opened), _UNCLOSED[text[opened]], _QUOTE
    if wording.at_start:
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Place(1, 1, 1, 1), wording.message, wording.hint
    if opened is None and (slip := _slip(text, mark)):
        return slip
    char = text[mark.index : mark.index + 1]
    if char == "\t" and "{char}" in wording.message:
        wording = _Wording("", *_TAB)
    before = LINE_BREAK.split(text[: mark.index])[-1]
    is_behind = wording.hint == _ALIGN and _QUOTED.search(before)
    return _place(mark), wording.message.format(char=char), _BEHIND if is_behind else wording.hint


def _slip(text: str, mark: Any) -> tuple[Place, str, str] | None:
    """Find what eyes pass over, on the line of a complaint or on the one above it."""
    lines = LINE_BREAK.split(text)
    for number in (mark.line, mark.line - 1):
        # Slips are made at the beginning of a line, and a line may be a million long.
        line = lines[number][:_NEAR] if 0 <= number < len(lines) else ""
        for pattern, message, hint in _SLIPS:
            if found := pattern.match(line):
                column = found.start(1) + 1
                end = column + len(found[1])
                return Place(number + 1, column, number + 1, end), message, hint
    return None


def _place(mark: Any) -> Place:
    """Return the place of the one character at a mark."""
    return Place(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
