"""Markdown in a roadmap's texts: to HTML, and to Markdown that is safe inside another document.

A text is CommonMark with tables, strikethrough and bare links. Raw HTML is text, links lead to web
pages, mail and telephone only, an image becomes a link to it, and headings continue the levels
around them without a gap. Both outputs come from the same tokens.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

_ALLOWED_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s]", re.IGNORECASE)
# A bare address ends before the punctuation of the sentence around it.
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"]*[^\s<>\"'.,;:!?)\]}’»]")
_DEEPEST_HEADING = 6
_MARKUP = frozenset(f"{name}_{end}" for name in ("em", "strong", "s") for end in ("open", "close"))
# What folds into one space; no-break spaces are typography, and stay.
_SPACE = re.compile("[\t-\r\x1c-\x1f \x85\u2028\u2029]+")
# Words and punctuation without a meaning in Markdown or HTML: most actions are just that.
_WORDS = re.compile(r"(?!.*[wW]{3}\.)(?:[^\W_]|[ ,.;’()–-])*")
# What GitHub would make a link of; only what begins with http is meant as one.
_LINKING = r":(?=//)|(?<=[\w.+-])@|(?<=[wW]{3})\."
_COMMENTED = {":": ":<!-- -->", "@": "<!-- -->@", ".": "<!-- -->."}
_NUMBERED = re.compile(r"\A([0-9]{1,9})([.)])(?=\s|\Z)")
_SPECIAL = re.compile(rf"[\\`*_\[\]<>|~&#]|{_LINKING}")


def to_html(text: str, heading_level: int = 4) -> Markup:
    """Render a text as HTML blocks. Its topmost headings get the given level (1 to 6)."""
    tokens = _blocks(text, heading_level)
    for token in tokens:
        _prepare_cell(token)
    return _render_html(tokens)


def to_html_inline(text: str) -> Markup:
    """Render a text as HTML for within a line: emphasis, code and links only."""
    line = _folded(text)
    return Markup(line) if _WORDS.fullmatch(line) else _render_html(_line(line))  # noqa: S704


def to_words(text: str) -> str:
    """Return a text as plain words on one line."""
    return _folded(
        "".join(_plain(child) for token in _line(_folded(text)) for child in token.children or ())
    )


def to_excerpt(text: str, length: int) -> str:
    """Return the beginning of a text as plain words on one line, at most so many characters.

    A table is left out where there is something else: its cells make no sentence.
    """
    tokens = _blocks(text, _DEEPEST_HEADING)
    words = _beginning(_without_tables(tokens), length) or _beginning(tokens, length)
    return words if len(words) <= length else f"{_cut(words, length - 1)}…"


def _without_tables(tokens: Iterable[Token]) -> Iterator[Token]:
    in_table = False
    for token in tokens:
        if token.tag == "table":
            in_table = token.nesting == 1
        elif not in_table:
            yield token


def _beginning(tokens: Iterable[Token], length: int) -> str:
    """Join the words of blocks until there are enough."""
    words = ""
    for token in tokens:
        inline = "".join(map(_plain, token.children or ()))
        words = _joined(words, _folded(inline if token.children else token.content))
        if len(words) > length:
            break
    return words


def _plain(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _joined(words: str, more: str) -> str:
    if not words or not more:
        return words or more
    return f"{words} {more}" if words[-1] in ".,;:!?…;·" else f"{words} · {more}"


def _cut(words: str, length: int) -> str:
    """Cut at the end of a word, unless little would be left before the last word."""
    start, _, rest = words[: length + 1].rpartition(" ")
    return start.rstrip(" .,;:·") if 2 * len(start) >= len(rest) else words[:length]


def to_markdown(text: str, heading_level: int = 4) -> str:
    """Render a text as Markdown blocks that cannot reach beyond themselves."""
    tokens = _blocks(text, heading_level)
    for token in tokens:
        _name_code(token)
    meant = _render_html(tokens)
    # Lists of nothing, numbers of ten digits: what has no sure form is written as plain text.
    return _sure(_forms(tokens), meant) or _plain_blocks(text)


def to_markdown_line(text: str) -> str:
    """Render a text as Markdown for a line of its own: a paragraph, whatever it begins with."""
    line = _folded(text)
    if not line or (line[0].isalpha() and _WORDS.fullmatch(line)):
        return line
    inline = _line(line)
    meant = f"<p>{_render_html(inline)}</p>\n"
    tokens = [Token("paragraph_open", "p", 1), *inline, Token("paragraph_close", "p", -1)]
    return _sure(map(_folded, _forms(tokens)), meant) or _plain_blocks(line)


def to_markdown_cell(text: str) -> str:
    """Render a text as Markdown for a table cell: one line, with pipes escaped."""
    line = _folded(text)
    if _WORDS.fullmatch(line):
        return line
    tokens = _line(line)
    meant = _TABLE.format(_render_html(tokens).strip())
    cells = (_escape_pipes(_folded(form)) for form in _forms(tokens))
    return _sure(cells, meant, "| a |\n| - |\n| {} |") or escape_markdown(line)


def escape_markdown(text: str) -> str:
    """Write plain text as Markdown that shows exactly itself, on one line, also in a table."""
    line = _folded(_SPECIAL.sub(r"\\\g<0>", text))
    # What begins like an entry of a numbered list would become one.
    return _NUMBERED.sub(r"\1\\\2", line)


def escape_markdown_unlinked(text: str) -> str:
    """Write plain text as ``escape_markdown`` does, with remarks in what looks like a link."""
    return _folded(_SPECIAL.sub(lambda found: _COMMENTED.get(found[0], f"\\{found[0]}"), text))


def _folded(text: str) -> str:
    """Put a text on one line."""
    return _SPACE.sub(" ", text).strip()


def _render_html(tokens: Sequence[Token]) -> Markup:
    # Safe: the parser has no raw HTML, and its renderer escapes every text.
    return Markup(_parser().renderer.render(tokens, _parser().options, {}))  # noqa: S704


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.push("link_addresses", _link_addresses)
    parser.validateLink = lambda url: _ALLOWED_LINK.match(url) is not None  # type: ignore[method-assign]
    return parser


@cache
def _reader() -> MarkdownIt:
    """Make a parser that reads documents as GitHub does, raw HTML included."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _sure(forms: Iterable[str], meant: str, frame: str = "{}") -> str | None:
    """Return the first form that is read as it is meant, in what stands around it."""
    pages = ((form, _reader().render(frame.format(form))) for form in forms)
    return next((form for form, page in pages if _same(page, meant)), None)


def _same(page: str, other: str) -> bool:
    """Tell whether two pages show the same: white space counts once."""
    return re.sub("[ \n]+", " ", page) == re.sub("[ \n]+", " ", other)


# What the reader makes of a table with the one cell.
_TABLE = """\
<table>
<thead>
<tr>
<th>a</th>
</tr>
</thead>
<tbody>
<tr>
<td>{}</td>
</tr>
</tbody>
</table>
"""


def _plain_blocks(text: str) -> str:
    """Write a text so that every paragraph and line shows exactly itself."""
    paragraphs = (
        [_escape_start(escape_markdown(line)) for line in part.splitlines()]
        for part in re.split(r"\n\s*\n", text.strip())
    )
    return "\n\n".join("\\\n".join(filter(None, lines)) for lines in paragraphs)


def _escape_start(line: str) -> str:
    """Escape what at the beginning of a line would make a list, a heading or a rule of it."""
    return re.sub(r"^(\d*)([-+=.):])", r"\1\\\2", line)


def _blocks(text: str, heading_level: int) -> list[Token]:
    # The last line break closes a code block that the text leaves open.
    tokens = _parser().parse(f"{text.rstrip()}\n")
    _fit_headings(tokens, heading_level)
    in_cell = False
    for token in tokens:
        if token.type in ("th_open", "td_open", "th_close", "td_close"):
            in_cell = token.nesting == 1
        if token.children:
            token.children = _prepare_inline(token.children, in_cell)
    return tokens


def _line(line: str) -> list[Token]:
    """Parse a line of Markdown."""
    tokens = _parser().parseInline(line)
    for token in tokens:
        token.children = _prepare_inline(token.children or [], in_cell=True)
    return tokens


def _fit_headings(tokens: Sequence[Token], top: int) -> None:
    """Renumber headings so that the topmost has the given level and none skips one."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in ("heading_open", "heading_close"):
            level = min(top + len(above) - 1, _DEEPEST_HEADING)
            token.tag, token.markup = f"h{level}", "#" * level


def _prepare_cell(token: Token) -> None:
    """Say what a header cell heads, and align by class, as a page may forbid inline styles."""
    if token.type == "th_open":
        token.attrSet("scope", "col")
    style = token.attrs.pop("style", None)
    if style:
        token.attrSet("class", str(style).replace("text-align:", "align-"))


def _name_code(token: Token) -> None:
    """Fence each block of code, and say of one without a language that it is plain text."""
    if token.type in ("fence", "code_block"):
        token.type, token.info = "fence", token.info.strip() or "text"


def _link_addresses(state: StateCore) -> None:
    """Make links of bare addresses; the usual plugin takes minutes for a hostile text."""
    for block in state.tokens:
        links = 0
        children: list[Token] = []
        for token in block.children or ():
            links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            children += [token] if links or token.type != "text" else _split_at_addresses(token)
        if block.children:
            block.children = children


def _split_at_addresses(token: Token) -> Iterator[Token]:
    end = 0
    for found in _ADDRESS.finditer(token.content):
        if found.start() > end:
            yield Token("text", "", 0, content=token.content[end : found.start()])
        # Marked as written between < and >, which is how Markdown writes it again.
        yield Token("link_open", "a", 1, attrs={"href": normalizeLink(found[0])}, info="auto")
        yield Token("text", "", 0, content=found[0])
        yield Token("link_close", "a", -1, info="auto")
        end = found.end()
    if end < len(token.content):
        yield Token("text", "", 0, content=token.content[end:])


def _prepare_inline(tokens: Sequence[Token], in_cell: bool) -> list[Token]:
    """Replace each image by a link to it, as a document loads nothing; make links plain text.

    In a PDF, any markup inside a link keeps assistive technology from finding the link. Code with a
    backslash before a pipe has no form inside a cell, and so becomes text there.
    """
    result: list[Token] = []
    links = 0
    for token in tokens:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text":
            # Line breaks that come from character references would begin lines of their own.
            token.content = _SPACE.sub(" ", token.content)
        if links and token.type in _MARKUP:
            continue
        if links and token.type == "hardbreak":
            token = Token("text", "", 0, content=" ")  # noqa: PLW2901
        if token.type == "code_inline" and (links or (in_cell and "\\|" in token.content)):
            token.type, token.markup = "text", ""
        if token.type != "image":
            result.append(token)
            continue
        address = str(token.attrGet("src") or "")
        words = (child.content for child in token.children or [])
        label = Token("text", "", 0, content="".join(words) or address)
        if links:
            result.append(label)
        else:
            start = Token("link_open", "a", 1, attrs={"href": address})
            result += [start, label, Token("link_close", "a", -1)]
    return result


# ── Markdown from tokens ─────────────────────────────────────────────────────────────────────────


def _forms(tokens: Sequence[Token]) -> Iterator[str]:
    """Write tokens as Markdown: emphasis with stars throughout, then with the signs given."""
    # Imported late: only a Markdown document needs it.
    from mdformat.renderer import MDRenderer

    for token in tokens:
        for child in token.children or ():
            _escape_link(child)
    options = {**_parser().options, "parser_extension": [_EXTENSION], "mdformat": {"number": True}}
    for stars in (True, False):
        yield str(MDRenderer().render(tokens, options, {"stars": stars})).strip()


def _escape_link(token: Token) -> None:
    """Escape what would be read as something else in the address or the title of a link."""
    if token.type != "link_open" or token.info == "auto":
        return
    for name, value in token.attrs.items():
        token.attrs[name] = _REFERENCE.sub("&amp;", str(value))
    if "title" in token.attrs:
        token.attrs["title"] = str(token.attrs["title"]).replace("\\", "\\\\")


def _table(node: Any, context: Any) -> str:
    """Render a table; mdformat leaves what is not CommonMark to its extensions."""
    rows = [list(_cells(row, context)) for part in node.children for row in part.children]
    marks = {"left": ":--", "center": ":-:", "right": "--:"}
    header = node.children[0].children[0]
    rule = [
        marks.get(str(cell.attrs.get("style")).removeprefix("text-align:"), "---")
        for cell in header.children
    ]
    return "\n".join(_row(row) for row in (rows[0], rule, *rows[1:]))


def _row(cells: Iterable[str]) -> str:
    return "|".join(["", *(f" {cell} " if cell else " " for cell in cells), ""])


def _cells(row: Any, context: Any) -> Iterator[str]:
    for cell in row.children:
        text = "".join(child.render(context) for child in cell.children)
        yield _escape_pipes(_SPACE.sub(" ", text))


def _escape_pipes(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _list_item(node: Any, context: Any) -> str:
    """Render an item; mdformat asks each one anew whether all of its list are tight."""
    known = context.env.setdefault("tight lists", {})
    items = node.parent
    if id(items) not in known:
        paragraphs = (part for item in items.children for part in item.children)
        known[id(items)] = all(part.hidden for part in paragraphs if part.type == "paragraph")
    parts = (part.render(context) for part in node.children)
    text = ("\n" if known[id(items)] else "\n\n").join(filter(None, parts))
    return text if text.strip() else ""


def _strikethrough(node: Any, context: Any) -> str:
    return f"~~{''.join(child.render(context) for child in node.children)}~~"


def _emphasis(node: Any, context: Any) -> str:
    mark = "*" * len(node.markup) if context.env["stars"] else node.markup
    return f"{mark}{''.join(child.render(context) for child in node.children)}{mark}"


def _rule(node: Any, context: Any) -> str:
    # Dashes or stars would be read together with a line above or a list before them.
    return "___"


# An underscore inside a word means itself, and an ampersand unless it begins a character reference.
_REFERENCE = re.compile(r"&(?=#?\w{1,40};)")
_SYNTAX = re.compile(rf"[\\`*\[\]<~|]|^#|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{{1,40}};)|{_LINKING}")


def _text(node: Any, context: Any) -> str:
    """Escape a text; the renderer's own way compiles a pattern of 2,000 entity names first."""
    text = _SYNTAX.sub(r"\\\g<0>", str(node.content))
    if text.endswith("!") and node.next_sibling and node.next_sibling.type == "link":
        text = f"{text[:-1]}\\!"
    return text


_EXTENSION = SimpleNamespace(
    RENDERERS={
        "table": _table,
        "s": _strikethrough,
        "em": _emphasis,
        "strong": _emphasis,
        "hr": _rule,
        "text": _text,
        "list_item": _list_item,
    },
    POSTPROCESSORS={},
    CHANGES_AST=False,
)
