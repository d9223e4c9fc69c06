"""The rules explained: every rule, on lines that fit, and with all that is known of it."""

import re
from textwrap import dedent, indent

import pytest
from markdown_it import MarkdownIt

from cop_roadmap import manual, rules
from cop_roadmap.rules import RULES, Rule

each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def one_line(text: str) -> str:
    return " ".join(text.split())


# ── the list ─────────────────────────────────────────────────────────────────────────────────────


def test_the_list_names_every_rule_once_in_its_group() -> None:
    blocks = manual.as_list().split("\n\n")
    assert blocks.pop() == "`coproadmap rules NAME` explains one.\n"
    found = {}
    for block in blocks:
        title, *lines = block.split("\n")
        # A rule begins behind two spaces; what else belongs to it stands further right.
        entries = re.split(r"\n(?=  \S)", "\n".join(lines))
        found[title] = [one_line(entry) for entry in entries]
    assert found == {
        title: [f"{rule.name} {rule.severity.value} {rule.summary}" for rule in group]
        for title, group in rules.GROUPS.items()
    }


def test_the_list_fits() -> None:
    assert max(map(len, manual.as_list().split("\n"))) <= 80


def test_summaries_stand_in_one_column() -> None:
    lines = [line for line in manual.as_list().split("\n") if line.startswith("  ")]
    assert {re.match(r"  (\S+ +\S+ +| +)", line).end() for line in lines} == {37}  # type: ignore[union-attr]


# ── a page ───────────────────────────────────────────────────────────────────────────────────────


@each_rule
def test_a_page_fits_a_terminal(rule: Rule) -> None:
    assert max(map(len, manual.as_text(rule).split("\n"))) <= 80


@each_rule
def test_a_page_says_all_that_is_known(rule: Rule) -> None:
    text = manual.as_text(rule)
    assert text.endswith("\n")
    blocks = text.removesuffix("\n").split("\n\n")
    examples = {
        title: text for title, text in (("Wrong:", rule.wrong), ("Right:", rule.right)) if text
    }
    expected = [f"{rule.name} ({rule.severity.value})", rule.summary, rule.explanation]
    for title, text in examples.items():
        expected += [title, text]
    if rule.name in rules.OPTIONAL:
        silenced = f"lint:\n  ignore:\n    {rule.name}: the reason"
        expected += ["To live with it, write why:", silenced]
    assert [one_line(block) for block in blocks] == [one_line(text) for text in expected]
    for text in examples.values():
        assert indent(text, "    ") in blocks


def test_a_page_as_a_whole() -> None:
    assert manual.as_text(RULES["cut-text"]) == dedent("""\
        cut-text (warning)

        YAML drops a part of the text.

        A # behind a space begins a remark, and an & at the beginning of a text names an
        anchor. Both vanish from the text without a word. Quotes keep them.

        Wrong:

            community:
              name: Coders of C and #1

        Right:

            community:
              name: "Coders of C and #1"

        To live with it, write why:

            lint:
              ignore:
                cut-text: the reason
        """)


# ── a page as Markdown ───────────────────────────────────────────────────────────────────────────


@each_rule
def test_a_page_of_markdown_shows_its_texts(rule: Rule) -> None:
    tokens = MarkdownIt("commonmark").parse(manual.as_markdown(rule))
    blocks = [token for token in tokens if token.type in ("inline", "fence", "html_block")]
    shown = [
        "".join(part.content for part in block.children or []) or block.content for block in blocks
    ]
    expected = [f"{rule.summary} ({rule.severity.value})", rule.explanation]
    for title, text in (("Wrong:", rule.wrong), ("Right:", rule.right)):
        expected += [title, f"{text}\n"] if text else []
    if rule.name in rules.OPTIONAL:
        expected.append("To live with it, write why:")
        expected.append(f"lint:\n  ignore:\n    {rule.name}: the reason\n")
    assert shown == [text.replace("`", "") if text[-1] != "\n" else text for text in expected]


@each_rule
def test_a_page_of_markdown_is_made_of_paragraphs_and_yaml(rule: Rule) -> None:
    tokens = MarkdownIt("commonmark").parse(manual.as_markdown(rule))
    kinds = {token.type for token in tokens}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "fence"}
    assert {token.info for token in tokens if token.type == "fence"} <= {"yaml"}
    inline = {part.type for token in tokens for part in token.children or []}
    assert inline <= {"text", "strong_open", "strong_close", "code_inline"}


def test_a_page_of_markdown_as_a_whole() -> None:
    assert manual.as_markdown(RULES["duplicate-key"]) == dedent("""\
        **A key stands twice in the same place.** (error)

        YAML would silently keep one of the two.

        Wrong:

        ```yaml
        community:
          name: Data stewards
          name: Open data stewards
        ```

        Right:

        ```yaml
        community:
          name: Open data stewards
        ```
        """)
