"""Markdown in texts: what HTML and what Markdown it becomes, and what can never come of it."""

import html
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cop_roadmap.markdown import (
    escape_markdown,
    to_excerpt,
    to_html,
    to_html_inline,
    to_markdown,
    to_markdown_cell,
    to_markdown_line,
    to_words,
)

# A reader that trusts what it gets: raw HTML passes, every address is a link.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
READER.validateLink = lambda url: True  # type: ignore[method-assign]

BLOCK_TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
INLINE_TAGS = frozenset(["a", "br", "code", "em", "s", "strong"])
ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class", "scope"},
}
SCHEMES = ("http://", "https://", "mailto:", "tel:")


def lines(*parts: str) -> str:
    return "\n".join(parts)


# ── examples ─────────────────────────────────────────────────────────────────────────────────────

TABLE = lines("| Who | What | When |", "|:--|:-:|--:|", "| Ann | reads | Mon |", "| Bo | | |")
TABLE_HTML = lines(
    "<table>",
    "<thead>",
    "<tr>",
    '<th scope="col" class="align-left">Who</th>',
    '<th scope="col" class="align-center">What</th>',
    '<th scope="col" class="align-right">When</th>',
    "</tr>",
    "</thead>",
    "<tbody>",
    "<tr>",
    '<td class="align-left">Ann</td>',
    '<td class="align-center">reads</td>',
    '<td class="align-right">Mon</td>',
    "</tr>",
    "<tr>",
    '<td class="align-left">Bo</td>',
    '<td class="align-center"></td>',
    '<td class="align-right"></td>',
    "</tr>",
    "</tbody>",
    "</table>",
)
TABLE_MARKDOWN = lines(
    "| Who | What | When |", "| :-- | :-: | --: |", "| Ann | reads | Mon |", "| Bo | | |"
)
PLAIN_TABLE_HTML = lines(
    "<table>",
    "<thead>",
    "<tr>",
    '<th scope="col">a</th>',
    "</tr>",
    "</thead>",
    "<tbody>",
    "<tr>",
    "<td>{}</td>",
    "</tr>",
    "</tbody>",
    "</table>",
)

EXAMPLES = [
    # Paragraphs and breaks
    pytest.param("", "", "", id="nothing"),
    pytest.param(" \n\n ", "", "", id="white space"),
    pytest.param("One", "<p>One</p>", "One", id="paragraph"),
    pytest.param("One\ntwo", "<p>One\ntwo</p>", "One\ntwo", id="lines of one paragraph"),
    pytest.param("One\n\n\nTwo", "<p>One</p>\n<p>Two</p>", "One\n\nTwo", id="paragraphs"),
    pytest.param("One  \ntwo", "<p>One<br />\ntwo</p>", "One\\\ntwo", id="hard break by spaces"),
    pytest.param("One\\\ntwo", "<p>One<br />\ntwo</p>", "One\\\ntwo", id="hard break by backslash"),
    pytest.param("One\r\ntwo", "<p>One\ntwo</p>", "One\ntwo", id="line breaks of Windows"),
    # Lists
    pytest.param(
        "- One\n- Two", "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>", "- One\n- Two", id="list"
    ),
    pytest.param("* One", "<ul>\n<li>One</li>\n</ul>", "- One", id="list with stars"),
    pytest.param(
        "3. Three\n4. Four",
        '<ol start="3">\n<li>Three</li>\n<li>Four</li>\n</ol>',
        "3. Three\n4. Four",
        id="numbered list",
    ),
    pytest.param(
        "1) One\n1) Two",
        "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>",
        "1. One\n2. Two",
        id="numbered list with brackets",
    ),
    pytest.param(
        "- One\n\n- Two",
        "<ul>\n<li>\n<p>One</p>\n</li>\n<li>\n<p>Two</p>\n</li>\n</ul>",
        "- One\n\n- Two",
        id="list of paragraphs",
    ),
    pytest.param(
        "- One\n  1. Deep",
        "<ul>\n<li>One\n<ol>\n<li>Deep</li>\n</ol>\n</li>\n</ul>",
        "- One\n  1. Deep",
        id="list in a list",
    ),
    # Words
    pytest.param(
        "*a* _b_ **c** ***d***",
        "<p><em>a</em> <em>b</em> <strong>c</strong> <em><strong>d</strong></em></p>",
        "*a* *b* **c** ***d***",
        id="emphasis",
    ),
    pytest.param("snake_case_name", "<p>snake_case_name</p>", "snake_case_name", id="underscores"),
    pytest.param("\\*a\\*", "<p>*a*</p>", "\\*a\\*", id="escaped emphasis"),
    pytest.param("~~gone~~", "<p><s>gone</s></p>", "~~gone~~", id="strikethrough"),
    pytest.param("~one~ ~", "<p>~one~ ~</p>", "\\~one\\~ \\~", id="single tildes"),
    pytest.param("Q&amp;A &copy;", "<p>Q&amp;A ©</p>", "Q&A ©", id="entities"),
    pytest.param('"a" & <b', "<p>&quot;a&quot; &amp; &lt;b</p>", '"a" & \\<b', id="signs"),
    # Code
    pytest.param("`a|b *c*`", "<p><code>a|b *c*</code></p>", "`a|b *c*`", id="code with a pipe"),
    pytest.param("`` a`b ``", "<p><code>a`b</code></p>", "`` a`b ``", id="code with a backtick"),
    pytest.param(
        "```\nx < 1\n```",
        "<pre><code>x &lt; 1\n</code></pre>",
        "```text\nx < 1\n```",
        id="fenced code",
    ),
    pytest.param(
        "```py\nx = 1",
        '<pre><code class="language-py">x = 1\n</code></pre>',
        "```py\nx = 1\n```",
        id="fence that is never closed",
    ),
    pytest.param(
        "~~~\n```\n~~~",
        "<pre><code>```\n</code></pre>",
        "````text\n```\n````",
        id="fence in a fence",
    ),
    pytest.param("    x", "<pre><code>x\n</code></pre>", "```text\nx\n```", id="indented code"),
    # Quotations and rules
    pytest.param(
        "> One\n> two", "<blockquote>\n<p>One\ntwo</p>\n</blockquote>", "> One\n> two", id="quote"
    ),
    # Tables
    pytest.param(TABLE, TABLE_HTML, TABLE_MARKDOWN, id="table with alignment"),
    pytest.param(
        "|a|\n|-|\n|`x\\|y`|",
        PLAIN_TABLE_HTML.format("<code>x|y</code>"),
        "| a |\n| --- |\n| `x\\|y` |",
        id="pipe in code in a table",
    ),
    pytest.param(
        "|a|\n|-|\n|x\\|y **z**|",
        PLAIN_TABLE_HTML.format("x|y <strong>z</strong>"),
        "| a |\n| --- |\n| x\\|y **z** |",
        id="pipe in a table",
    ),
    pytest.param("a | b", "<p>a | b</p>", "a \\| b", id="pipe outside a table"),
    # Headings
    pytest.param("# One", "<h4>One</h4>", "#### One", id="heading"),
    pytest.param("One\n===", "<h4>One</h4>", "#### One", id="underlined heading"),
    pytest.param(
        "# 1\n### 1.1\n##### 1.1.1\n## 1.2",
        "<h4>1</h4>\n<h5>1.1</h5>\n<h6>1.1.1</h6>\n<h5>1.2</h5>",
        "#### 1\n\n##### 1.1\n\n###### 1.1.1\n\n##### 1.2",
        id="headings without gaps",
    ),
    pytest.param(
        "### Deep first\n# Then high",
        "<h4>Deep first</h4>\n<h4>Then high</h4>",
        "#### Deep first\n\n#### Then high",
        id="headings that rise",
    ),
    pytest.param(
        "# 1\n## 2\n### 3\n#### 4\n##### 5",
        "<h4>1</h4>\n<h5>2</h5>\n<h6>3</h6>\n<h6>4</h6>\n<h6>5</h6>",
        "#### 1\n\n##### 2\n\n###### 3\n\n###### 4\n\n###### 5",
        id="headings end at six",
    ),
    pytest.param("#hashtag", "<p>#hashtag</p>", "\\#hashtag", id="hashtag"),
    # Links
    pytest.param(
        '[x](https://e.org "T")',
        '<p><a href="https://e.org" title="T">x</a></p>',
        '[x](https://e.org "T")',
        id="link with title",
    ),
    pytest.param(
        "See https://e.org/a_b?c=1&d.",
        '<p>See <a href="https://e.org/a_b?c=1&amp;d">https://e.org/a_b?c=1&amp;d</a>.</p>',
        "See <https://e.org/a_b?c=1&d>.",
        id="bare link",
    ),
    pytest.param(
        "<https://e.org>",
        '<p><a href="https://e.org">https://e.org</a></p>',
        "<https://e.org>",
        id="link in angle brackets",
    ),
    pytest.param(
        "<a@e.org>",
        '<p><a href="mailto:a@e.org">a@e.org</a></p>',
        "<a@e.org>",
        id="mail in angle brackets",
    ),
    pytest.param(
        "[call](tel:+33123) [write](MAILTO:a@e.org)",
        '<p><a href="tel:+33123">call</a> <a href="MAILTO:a@e.org">write</a></p>',
        "[call](tel:+33123) [write](MAILTO:a@e.org)",
        id="telephone and mail",
    ),
    pytest.param(
        "e.org, www.e.org, a@e.org and 10.0.0.1",
        "<p>e.org, www.e.org, a@e.org and 10.0.0.1</p>",
        "e.org, www\\.e.org, a\\@e.org and 10.0.0.1",
        id="what only looks like a link",
    ),
    pytest.param(
        "[x][ref] and [ref]\n\n[ref]: https://e.org 'T'",
        '<p><a href="https://e.org" title="T">x</a>'
        ' and <a href="https://e.org" title="T">ref</a></p>',
        '[x](https://e.org "T") and [ref](https://e.org "T")',
        id="reference definition",
    ),
    pytest.param(
        "[x] [y][z]", "<p>[x] [y][z]</p>", "\\[x\\] \\[y\\]\\[z\\]", id="reference to nothing"
    ),
    # Images
    pytest.param(
        "![A plan](https://e.org/p.png)",
        '<p><a href="https://e.org/p.png">A plan</a></p>',
        "[A plan](https://e.org/p.png)",
        id="image",
    ),
    pytest.param(
        "![](https://e.org/p.png)",
        '<p><a href="https://e.org/p.png">https://e.org/p.png</a></p>',
        "[https\\://e.org/p.png](https://e.org/p.png)",
        id="image without a text",
    ),
    pytest.param(
        "[![A plan](https://e.org/p.png)](https://e.org)",
        '<p><a href="https://e.org">A plan</a></p>',
        "[A plan](https://e.org)",
        id="image in a link",
    ),
    # Raw HTML is text
    pytest.param(
        "<script>alert(1)</script>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "\\<script>alert(1)\\</script>",
        id="script",
    ),
    pytest.param(
        "a <b onclick='x'>c</b>",
        "<p>a &lt;b onclick='x'&gt;c&lt;/b&gt;</p>",
        "a \\<b onclick='x'>c\\</b>",
        id="tag with an event",
    ),
    pytest.param("<!-- c -->", "<p>&lt;!-- c --&gt;</p>", "\\<!-- c -->", id="comment"),
    pytest.param("&lt;b&gt;", "<p>&lt;b&gt;</p>", "\\<b>", id="tag in entities"),
]


@pytest.mark.parametrize(("text", "expected", "_markdown"), EXAMPLES)
def test_a_text_becomes_this_html(text: str, expected: str, _markdown: str) -> None:
    assert to_html(text) == (f"{expected}\n" if expected else "")


@pytest.mark.parametrize(("text", "_html", "expected"), EXAMPLES)
def test_a_text_becomes_this_markdown(text: str, _html: str, expected: str) -> None:
    assert to_markdown(text) == expected


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("JaVaScRiPt:alert(1)", id="javascript in mixed case"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("vbscript:x", id="vbscript"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("ftp://e.org", id="ftp"),
        pytest.param("page.html", id="relative"),
        pytest.param("/etc/passwd", id="path"),
        pytest.param("//e.org", id="without a scheme"),
        pytest.param("#vision", id="place in the page"),
        pytest.param("https://", id="scheme alone"),
        pytest.param("https:e.org", id="scheme without slashes"),
    ],
)
@pytest.mark.parametrize("image", ["", "!"], ids=["link", "image"])
def test_an_address_that_leads_elsewhere_makes_no_link(address: str, image: str) -> None:
    text = f"{image}[x]({address})"
    assert to_html(text) == f"<p>{text}</p>\n"
    assert "href" not in READER.render(to_markdown(text))


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        pytest.param(1, "<h1>A</h1>\n<h2>B</h2>\n", id="one"),
        pytest.param(3, "<h3>A</h3>\n<h4>B</h4>\n", id="three"),
        pytest.param(6, "<h6>A</h6>\n<h6>B</h6>\n", id="six"),
    ],
)
def test_headings_begin_at_the_level_asked_for(level: int, expected: str) -> None:
    text = "# A\n\n#### B"
    assert to_html(text, level) == expected
    assert READER.render(to_markdown(text, level)) == expected


@pytest.mark.parametrize(
    ("text", "expected_html", "expected_markdown"),
    [
        pytest.param("", "", "", id="nothing"),
        pytest.param(" a\n\n b ", "a b", "a b", id="lines become one"),
        pytest.param("*a* **b**", "<em>a</em> <strong>b</strong>", "*a* **b**", id="emphasis"),
        pytest.param("# a", "# a", "\\# a", id="no heading"),
        pytest.param("- a\n- b", "- a - b", "- a - b", id="no list"),
        pytest.param("a | b", "a | b", "a \\| b", id="pipe"),
        pytest.param("`a|b`", "<code>a|b</code>", "`a\\|b`", id="pipe in code"),
        pytest.param("`a\\|b`", "a\\|b", "a\\\\\\|b", id="escaped pipe in code is text"),
        pytest.param("a\\", "a\\", "a\\\\", id="backslash at the end"),
        pytest.param("a  \nb", "a b", "a b", id="no hard break"),
        pytest.param("<b>", "&lt;b&gt;", "\\<b>", id="tag"),
        pytest.param(
            "[x](https://e.org/|)",
            '<a href="https://e.org/%7C">x</a>',
            "[x](https://e.org/%7C)",
            id="pipe in an address",
        ),
        pytest.param(
            "[x](https://e.org 'a|b')",
            '<a href="https://e.org" title="a|b">x</a>',
            '[x](https://e.org "a\\|b")',
            id="pipe in a title",
        ),
        pytest.param("[x](data:,)", "[x](data:,)", "\\[x\\](data:,)", id="refused link"),
        pytest.param(
            "![x](https://e.org)",
            '<a href="https://e.org">x</a>',
            "[x](https://e.org)",
            id="image",
        ),
    ],
)
def test_a_text_becomes_one_line(text: str, expected_html: str, expected_markdown: str) -> None:
    assert (to_html_inline(text), to_markdown_cell(text)) == (expected_html, expected_markdown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Bees & friends", "Bees \\& friends", id="ampersand"),
        pytest.param("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`", id="markup"),
        pytest.param("# a\n- b", "\\# a - b", id="lines become one"),
        pytest.param("a|b\\", "a\\|b\\\\", id="pipe and backslash"),
        pytest.param("<b>[x]~", "\\<b\\>\\[x\\]\\~", id="brackets"),
        pytest.param("  a\tb  ", "a b", id="white space"),
        pytest.param("a\u00a0; b\u202f!", "a\u00a0; b\u202f!", id="spaces that do not break"),
    ],
)
def test_plain_text_is_escaped(text: str, expected: str) -> None:
    assert escape_markdown(text) == expected


# ── what reading the Markdown again must give ────────────────────────────────────────────────────


class _Outline(HTMLParser):
    """Collects the start tags of a piece of HTML, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}

    @property
    def links(self) -> set[str | None]:
        return {attributes.get("href") for tag, attributes in self.tags if tag == "a"}


def collapsed(text: str) -> str:
    return " ".join(text.split())


def plain(cell: str) -> str:
    return collapsed(html.unescape(cell))


def typed(text: str) -> str:
    """Return a text as a reader shows it, who has the replacement character for NUL."""
    return collapsed(text.replace("\0", "�"))


def tokens_of(markdown: str) -> Iterator[Token]:
    for token in READER.parse(markdown):
        yield token
        yield from token.children or ()


def raw_html_in(markdown: str) -> list[str]:
    """Return what a reader takes for raw HTML; the break within a heading is meant."""
    tokens = tokens_of(markdown)
    found = [token.content for token in tokens if token.type in ("html_block", "html_inline")]
    return [text for text in found if text != "<br />"]


def normalised(text: str) -> str:
    """Leave out what Markdown cannot say in only one way.

    Alignment and scope are attributes of ours, white space counts in blocks of code only, a
    paragraph may be empty, an address that stands for itself may be spelt in several ways. Emphasis
    is left out with its signs: not every nesting of it can be written again.
    """
    text = text.replace(' class="language-text"', "")
    text = re.sub(r' (?:scope|style|class="align-)[^ >]*', "", text)
    text = re.sub(r"(<a [^>]*>)(?:https?|mailto|tel):[^<]*</a>", r"\1</a>", text)
    text = re.sub(r"</?(?:em|strong|s)>|[*_~]", "", text)
    parts = re.split(r"(?s)(<pre>.*?</pre>)", text)
    parts[::2] = [re.sub(r"\s+", " ", part) for part in parts[::2]]
    text = "".join(parts).replace("<p></p>", "").replace("<p> </p>", "")
    edges = rf" ?(</?(?:{'|'.join(BLOCK_TAGS)}|br)\b[^>]*>) ?|(?<=<code>) | (?=</code>)"
    return re.sub(edges, lambda found: found[1] or "", text).strip()


# What a writer of Markdown easily gets wrong.
ODD_TEXTS = {
    "tag behind a bracket": "<<b>",
    "script behind a bracket": "<<script>alert(1)</script>",
    "tag behind an entity": "&lt;<img src=x onerror=x>",
    "row with an escaped pipe": "a \\| b\n---|---\nc",
    "row with a pipe as an entity": "a&#124;\n|---|",
    "rule in a list": "- ***",
    "rule below a line of a list": "- a\n  ***",
    "line break as an entity": "a\n&#10;b",
    "line separator in a quotation": "> a\u2028# b",
    "backslash in a title": "[x](https://e.org 'a\\\\')",
    "quote in a title": "[x](https://e.org 'a\"b')",
    "entity in a title": "[x](https://e.org '&amp;copy;')",
    "entity in an address": "[x](https://e.org/?a&amp;copy;)",
    "exclamation mark before a link": "a![^b]\\![x](https://e.org)",
    "number sign at the end of a heading": "# a \\#",
    "number at the beginning of a line": "a\n1986\\. b",
    "break in a heading": "a  \nb\n===",
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_the_markdown_of_an_odd_text_means_the_same(text: str) -> None:
    markdown = to_markdown(text)
    assert raw_html_in(markdown) == []
    assert normalised(READER.render(markdown)) == normalised(to_html(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("- + -", "<p>- + -</p>", id="lists of nothing"),
        pytest.param("999999999. a\n1. b", "<p>999999999. a<br />1. b</p>", id="ten digits"),
        pytest.param("***a*b*\n\n- *c*", "<p>***a*b*</p><p>- *c*</p>", id="emphasis in itself"),
        pytest.param(
            "(a|b\n:--:",
            "<p>(a|b<br />:--:</p>",
            id="row below a line",
        ),
    ],
)
def test_what_has_no_sure_form_in_markdown_shows_itself(text: str, expected: str) -> None:
    assert READER.render(to_markdown(text)).replace("\n", "") == expected


def test_an_image_becomes_a_link_with_its_plain_text() -> None:
    text = "![The *plan*](https://e.org/p.png)"
    assert to_html(text) == '<p><a href="https://e.org/p.png">The plan</a></p>\n'


@pytest.mark.parametrize(
    "words",
    ["*a* b", "**a** b", "~~a~~ b", "`a` b", "a  \nb", "![a](https://e.org/i.png) b"],
    ids=["emphasis", "strong", "strikethrough", "code", "break", "image"],
)
def test_a_link_holds_text_only_as_a_pdf_needs_it(words: str) -> None:
    expected = '<p><a href="https://e.org">a b</a></p>\n'
    assert to_html(f"[{words}](https://e.org)") == expected
    assert READER.render(to_markdown(f"[{words}](https://e.org)")) == expected


# ── properties ───────────────────────────────────────────────────────────────────────────────────

USUAL = (
    *("a", "b c", "é", "0", "Q&A", "$x$", "don't", "x_y", "x < y", "1 > 0", "50 %", "a/b", "#1"),
    *(" ", "  ", "\n", "\n\n", "    ", "\n    ", "\n  ", "\n> ", "\n- ", "\n* ", "\n1. ", "\n# "),
    *("*", "**", "_", "__", "~~", "~", "`", "``", "*a*", "**a**", "~~a~~", "`a`", "`a|b`", "`\\`"),
    *("- ", "+ ", "- [ ] ", "1. ", "7) ", "> ", "# ", "### ", "---\n", "***\n", "===\n", "___\n"),
    *("```\n", "```py\n", "~~~\n", "\n```\n", "|", "\\|", "| a | b |\n|---|:-:|\n| 1 | 2 |\n"),
    *("---|---\n", "|---|\n", "a | b\n", "| `x\\|y` |\n", "\\", "\\*", "\\#", "\\-", "1\\.", "\\>"),
    *("<b>", "</b>", "<br>", "<script>", "<!--", "-->", "<a href='x'>", "<", "<?", "<![CDATA["),
    *("&", "&amp;", "&lt;", "&#35;", "&#42;", "&#124;", "&copy;", "&amp;copy;", "&#92;", "&#96;"),
    *("[", "]", "(", ")", "!", "[x]", "[x](https://e.org)", "[x](https://e.org/*_)"),
    *("]]>", "<https://e.org>", "[x](https://e.org 'a|b')", '[x](https://e.org "<b>")'),
    *("[x](<https://e.org/a b>)", "[*x* `y`](https://e.org)", "![*x*](https://e.org/i.png)"),
    *("![x](https://e.org/i.png)", "[x](javascript:x)", "[x](x.html)", "[x]: https://e.org\n"),
    *("https://e.org/a_b", "https://e.org/a|b", "mailto:a@e.org", "<a@e.org>", "www.e.org", ": "),
)  # fmt: skip
UNUSUAL = ("\t", "\r", "\x0b", "\x0c", "\xa0", "\u2028", "&#10;", "&#9;", "&#32;", "\0", "&#0;")


def texts(*alphabets: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*alphabets), max_size=12).map("".join)


# White space that is more than a space or a line break can split a paragraph: no harm done.
ORDINARY_TEXTS = texts(
    st.sampled_from(USUAL),
    st.text(st.characters(exclude_categories=("C", "Z")), max_size=4),
)
ANY_TEXTS = texts(st.sampled_from(USUAL), st.sampled_from(UNUSUAL), st.text(max_size=4))


def shown(page: str) -> str:
    return collapsed(" ".join(_Outline(page).words))


def shows_itself(text: str, page: str) -> bool:
    """Tell whether a page has nothing but the text as it was typed, in paragraphs."""
    return _Outline(page).names <= {"p", "br"} and shown(page) == typed(text)


@example("(a|b\n:--:")
@given(ORDINARY_TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_markdown_of_a_text_means_what_its_html_means_or_shows_itself(text: str) -> None:
    read = READER.render(to_markdown(text))
    assert normalised(read) == normalised(to_html(text)) or shows_itself(text, read)


@example("(a|b\n:--:")
@given(ANY_TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_markdown_of_any_text_brings_no_markup_of_its_own(text: str) -> None:
    markdown = to_markdown(text)
    meant, read = _Outline(to_html(text)), _Outline(READER.render(markdown))
    assert raw_html_in(markdown) == []
    # What has no sure form is written as paragraphs and lines.
    assert read.names <= meant.names | {"p", "br"}
    assert read.links <= meant.links


@given(ANY_TEXTS)
@settings(max_examples=120, deadline=None)
def test_the_markdown_of_any_text_ends_where_it_ends(text: str) -> None:
    document = f"# Before\n\n[x] and\n\n{to_markdown(text)}\n\n## After\n\n[x]\n"
    rendered = READER.render(document)
    assert rendered.startswith("<h1>Before</h1>\n<p>[x] and</p>\n")
    assert rendered.endswith("<h2>After</h2>\n<p>[x]</p>\n")


@given(ANY_TEXTS, st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_html_holds_only_allowed_tags_attributes_and_addresses(text: str, level: int) -> None:
    allowed_headings = {f"h{number}" for number in range(level, 7)}
    blocks = {tag for tag in BLOCK_TAGS if not re.fullmatch(r"h\d", tag)} | allowed_headings
    for outline, allowed in (
        (_Outline(to_html(text, level)), blocks | INLINE_TAGS),
        (_Outline(to_html_inline(text)), INLINE_TAGS - {"br"}),
    ):
        for tag, attributes in outline.tags:
            assert tag in allowed
            assert attributes.keys() <= ATTRIBUTES.get(tag, set())
            if tag == "a":
                assert str(attributes["href"]).lower().startswith(SCHEMES)


@given(ANY_TEXTS)
@settings(max_examples=120, deadline=None)
def test_headings_of_html_have_no_gaps(text: str) -> None:
    found = re.findall(r"<h([1-6])>", to_html(text, 3))
    levels = [2, *map(int, found)]
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(
            "- a\n",
            id="items",
        ),
        pytest.param("- a\n\n", id="items of paragraphs"),
        pytest.param("a\n\n", id="paragraphs"),
        pytest.param("# a\n", id="headings"),
        pytest.param("*a* ", id="emphasis"),
        pytest.param("[a](https://e.org) ", id="links"),
        pytest.param("[a](", id="links without an end"),
        pytest.param("![", id="images without an end"),
        pytest.param("**a", id="emphasis without an end"),
        pytest.param("> ", id="quotations in quotations"),
        pytest.param("https://", id="addresses in addresses"),
    ],
)
def test_a_long_text_is_written_in_reasonable_time(unit: str) -> None:
    # Measuring coverage would take most of the time, and is not what is measured here.
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        start = time.process_time()
        to_html(unit * 3000)
        to_markdown(unit * 3000)
        taken = time.process_time() - start
    finally:
        sys.settrace(tracer)
    assert taken < 2


# ── cells ────────────────────────────────────────────────────────────────────────────────────────

COLUMNS = 3
ROWS = st.lists(st.lists(ANY_TEXTS, min_size=COLUMNS, max_size=COLUMNS), min_size=1, max_size=4)
Encoder = Callable[[str], str]
INLINE = pytest.param(to_markdown_cell, id="to_markdown_cell")
PLAIN = pytest.param(escape_markdown, id="escape_markdown")


def table_of(rows: list[list[str]], encode: Encoder) -> str:
    """Write texts as the rows of a table, as the template of the grid does."""
    cells = [[encode(text) for text in row] for row in rows]
    lines_of_cells = [["h"] * COLUMNS, ["---"] * COLUMNS, *cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines_of_cells)


def cells_of(html_table: str) -> list[list[str]]:
    """Return the inner HTML of a table's cells; there must be nothing else than one table."""
    found = re.fullmatch(r"(?s)<table>(.*)</table>\s*", html_table)
    assert found
    rows = re.findall(r"(?s)<tr>(.*?)</tr>", found[1])
    return [re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@given(ROWS)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("encode", [INLINE, PLAIN])
def test_a_table_of_any_texts_keeps_its_cells(encode: Encoder, rows: list[list[str]]) -> None:
    cells = cells_of(READER.render(table_of(rows, encode)))
    assert [len(row) for row in cells] == [COLUMNS] * (len(rows) + 1)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_a_cell_of_plain_text_shows_just_this_text(rows: list[list[str]]) -> None:
    cells = cells_of(READER.render(table_of(rows, escape_markdown)))
    assert [[plain(cell) for cell in row] for row in cells[1:]] == [
        [typed(text) for text in row] for row in rows
    ]


@example([["&lt;<b>", "", ""]])
@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_a_cell_of_markdown_shows_what_its_html_shows_or_itself(rows: list[list[str]]) -> None:
    cells = cells_of(READER.render(table_of(rows, to_markdown_cell)))
    for texts_of_row, row in zip(rows, cells[1:], strict=True):
        for text, cell in zip(texts_of_row, row, strict=True):
            meant = normalised(to_html_inline(text))
            assert normalised(cell) == meant or plain(cell) == typed(text)


@example("# a")
@example("- a")
@example("x `y|z`")
@given(ANY_TEXTS)
@settings(max_examples=120, deadline=None)
def test_a_line_of_markdown_is_one_paragraph_that_shows_what_its_html_shows(text: str) -> None:
    page = READER.render(to_markdown_line(text))
    if collapsed(text) == "":
        assert page == ""
        return
    found = re.fullmatch(r"(?s)<p>(.*)</p>\n", page)
    assert found
    assert _Outline(page).names <= INLINE_TAGS - {"br"} | {"p"}
    assert normalised(found[1]) == normalised(to_html_inline(text)) or plain(found[1]) == typed(
        text
    )


@pytest.mark.slow
@pytest.mark.parametrize("encode", [INLINE, PLAIN])
@given(ROWS)
@settings(max_examples=120, deadline=None)
def test_a_table_of_any_texts_keeps_its_cells_on_github(
    encode: Encoder, tool: Callable[[str], str], rows: list[list[str]]
) -> None:
    command = [tool("cmark-gfm"), "--unsafe", "-e", "table", "-e", "strikethrough"]
    text = table_of(rows, encode)
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    cells = cells_of(done.stdout.decode())
    assert [len(row) for row in cells] == [COLUMNS] * (len(rows) + 1)
    if encode is escape_markdown:
        assert [[plain(cell) for cell in row] for row in cells[1:]] == [
            [typed(text) for text in row] for row in rows
        ]


# ── the beginning of a text ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("Bees", "Bees", id="a word"),
        pytest.param("One two three four f", "One two three four f", id="just short enough"),
        pytest.param("One two three four five", "One two three four…", id="cut behind a word"),
        pytest.param("One two three, four five", "One two three, four…", id="with a comma inside"),
        pytest.param("One two three four. Five", "One two three four…", id="dot at the cut"),
        pytest.param("x" * 30, "x" * 19 + "…", id="one long word"),
        pytest.param("a " + "x" * 30, "a " + "x" * 17 + "…", id="a long word behind a short one"),
        pytest.param("*One* **two** `3` ~~4~~", "One two 3 4", id="without markup"),
        pytest.param("[One](https://e.org)", "One", id="a link"),
        pytest.param("One\ntwo  \nthree", "One two three", id="lines"),
        pytest.param("One\n\ntwo", "One · two", id="paragraphs"),
        pytest.param("One.\n\nTwo", "One. Two", id="sentences"),
        pytest.param("One:\n\n- two\n- three", "One: two · three", id="a list"),
        pytest.param("# One\n\ntwo", "One · two", id="a heading"),
        pytest.param("```\none\n  two\n```", "one two", id="code"),
        pytest.param("One\n\n| a | b |\n|---|---|\n| c | d |", "One", id="without its table"),
        pytest.param("| a | b |\n|---|---|\n| c | d |", "a · b · c · d", id="a table alone"),
        pytest.param("<b>One</b> &amp; two", "<b>One</b> & two", id="signs are text"),
    ],
)
def test_an_excerpt_is_the_beginning_in_plain_words(text: str, excerpt: str) -> None:
    assert to_excerpt(text, 20) == excerpt


@given(st.text(alphabet="ab .,*_`|\n-#>[]()1\u00e9\u6f22", max_size=80), st.integers(1, 40))
def test_an_excerpt_is_one_line_and_never_longer_than_asked(text: str, length: int) -> None:
    excerpt = to_excerpt(text, length)
    assert len(excerpt) <= length
    assert len(excerpt.splitlines()) <= 1
    assert excerpt == " ".join(excerpt.split())


@example(["hive", "honey", "honey"], 10)
@example(["honey", "honey", "bee"], 11)
@given(st.lists(st.sampled_from(["bee", "hive", "honey"]), max_size=30), st.integers(10, 60))
def test_an_excerpt_has_the_words_of_the_text_in_their_order(words: list[str], length: int) -> None:
    text = " ".join(words)
    excerpt = to_excerpt(" ".join(f"**{word}**" for word in words), length)
    assert text == excerpt or text.startswith(excerpt.removesuffix("…") + " ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("*One* **two** `3` ~~4~~", "One two 3 4", id="without markup"),
        pytest.param("[One](https://e.org) <https://e.org>", "One https://e.org", id="links"),
        pytest.param("![A bee](https://e.org/bee.png)", "A bee", id="a picture"),
        pytest.param("One\ntwo  \nthree\\\n\n four", "One two three\\ four", id="lines"),
        pytest.param("# One - two", "# One - two", id="a line begins no block"),
        pytest.param("<b>One</b> &amp; \\*two\\*", "<b>One</b> & *two*", id="signs are text"),
        pytest.param("Vision\u00a0: oui", "Vision\u00a0: oui", id="a no-break space stays"),
        pytest.param("a&#10;b", "a b", id="a line break in disguise"),
    ],
)
def test_the_words_of_a_text_are_without_markup(text: str, words: str) -> None:
    assert to_words(text) == words


@given(st.text(alphabet="ab .,*_`|\n~#>[]()&;<!\\1\u00e9\u6f22", max_size=80))
def test_the_words_of_a_text_are_those_that_a_page_shows(text: str) -> None:
    shown = html.unescape(re.sub("<[^>]*>", "", to_html_inline(text)))
    assert to_words(text) == " ".join(shown.split())
