"""The registry of rules, read as a specification: each rule is what its examples show."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

import cop_roadmap
from cop_roadmap import rules
from cop_roadmap.diagnostics import Diagnostic, Place, Severity
from cop_roadmap.loading import Examined, examine
from cop_roadmap.rules import OPTIONAL, RULES, Rule

# Why a rule has no example: what it is about cannot be seen in a text of a few lines.
NOT_IN_TEXT = {
    "cannot-read": "there is no text",
    "no-roadmap": "it is about a directory",
    "too-large": "too long to read",
    "not-utf8": "an example is UTF-8",
    "not-text": "what is wrong is invisible",
    "too-many-problems": "too long to read",
    "too-many-nodes": "too long to read",
    "incomplete": "it takes an option of the command",
    "file-outside": "it is about another file",
    "unusable-file": "it is about another file",
    "template-error": "it is about a template",
    "fetch-refused": "it is about a template",
    "no-days": "it is about a calendar",
}


def each(names: Iterable[str]) -> list[object]:
    """Make a parameter set of each rule."""
    return [pytest.param(RULES[name], id=name) for name in names]


SHOWN = [name for name in RULES if name not in NOT_IN_TEXT]
NOT_OPTIONAL = [name for name in RULES if name not in OPTIONAL]


def read(text: str) -> Examined:
    return examine(f"{text}\n".encode(), "r.yaml")


def open_parts(rule: Rule, text: str) -> int:
    """Count what a rule finds not filled in yet."""
    return Counter(gap.rule for gap in read(text).gaps)[rule.name]


# ── names and words ──────────────────────────────────────────────────────────────────────────────


def test_no_two_rules_have_one_name() -> None:
    names = [rule.name for group in rules.GROUPS.values() for rule in group]
    assert names == list(RULES)
    assert len(set(names)) == len(names)


def test_no_two_rules_have_one_summary() -> None:
    assert len({rule.summary for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("rule", each(RULES))
def test_a_name_is_in_kebab_case_and_leads_to_its_rule(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)
    assert RULES[rule.name] is rule


@pytest.mark.parametrize("rule", each(RULES))
def test_a_summary_is_one_sentence_that_fits_on_a_line(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^.!?\n]*\.", rule.summary)
    assert len(rule.summary) <= 80


@pytest.mark.parametrize("rule", each(RULES))
def test_an_explanation_is_of_whole_sentences_and_says_more_than_the_summary(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z`][^\n]*\.", rule.explanation)
    assert rule.explanation == " ".join(rule.explanation.split())
    assert rule.summary not in rule.explanation


@pytest.mark.parametrize("rule", each(RULES))
def test_every_rule_is_used_by_some_module(rule: Rule) -> None:
    modules = Path(cop_roadmap.__file__).parent.glob("*.py")
    sources = [path.read_text("utf-8") for path in modules if path.stem != "rules"]
    assert any(f'"{rule.name}"' in text for text in sources)


# ── examples ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rule", each(NOT_IN_TEXT))
def test_what_a_text_cannot_show_has_no_example(rule: Rule) -> None:
    assert (rule.wrong, rule.right) == ("", "")


@pytest.mark.parametrize("rule", each(SHOWN))
def test_what_a_text_can_show_has_a_wrong_and_a_right_example(rule: Rule) -> None:
    assert rule.wrong
    assert rule.right
    assert rule.wrong != rule.right
    # Examples are shown as they are: nothing invisible, no margin of their own.
    for text in (rule.wrong, rule.right):
        assert text == text.strip()
        assert [line for line in text.split("\n") if line != line.rstrip() or "\t" in line] == []


@pytest.mark.parametrize("rule", each(SHOWN))
def test_in_the_wrong_example_the_rule_is_found_and_no_other(rule: Rule) -> None:
    examined = read(rule.wrong)
    if rule.severity is Severity.INFO:
        assert examined.diagnostics == ()
        assert open_parts(rule, rule.wrong)
    else:
        assert {found.rule for found in examined.diagnostics} == {rule.name}
    assert (examined.roadmap is None) == (rule.severity is Severity.ERROR)


@pytest.mark.parametrize("rule", each(SHOWN))
def test_in_the_right_example_nothing_is_wrong(rule: Rule) -> None:
    examined = read(rule.right)
    assert (examined.diagnostics, bool(examined.roadmap)) == ((), True)


@pytest.mark.parametrize(
    "rule",
    each([name for name in SHOWN if RULES[name].severity is Severity.INFO]),
)
def test_in_the_right_example_less_is_open(rule: Rule) -> None:
    assert read(rule.right).roadmap
    assert open_parts(rule, rule.right) < open_parts(rule, rule.wrong)


# ── which rules can be silenced ──────────────────────────────────────────────────────────────────


def test_only_rules_about_plans_gaps_and_cut_texts_can_be_silenced() -> None:
    assert set(OPTIONAL) <= set(RULES)
    assert len(set(OPTIONAL)) == len(OPTIONAL)
    # What is not filled in yet is a matter of opinion, whatever it is.
    infos = {name for name, rule in RULES.items() if rule.severity is Severity.INFO}
    assert infos <= set(OPTIONAL)


@pytest.mark.parametrize("rule", each(OPTIONAL))
def test_an_optional_rule_is_silenced_by_a_file(rule: Rule) -> None:
    examined = read(f"{rule.wrong}\nlint: {{ignore: {{{rule.name}: It was decided so}}}}")
    assert (examined.diagnostics, bool(examined.roadmap)) == ((), True)
    assert rule.name not in {gap.rule for gap in examined.gaps}


@pytest.mark.parametrize("rule", each(NOT_OPTIONAL))
def test_no_other_rule_can_be_silenced_by_a_file(rule: Rule) -> None:
    text = f"community: {{name: X}}\nlint: {{ignore: {{{rule.name}: It was decided so}}}}"
    examined = read(text)
    (found,) = examined.diagnostics
    assert examined.roadmap is None
    assert (found.rule, found.place, found.path) == (
        "unknown-key",
        Place(2, 17, 2, 17 + len(rule.name)),
        f"lint.ignore.{rule.name}",
    )
    # To suggest another rule would lead astray: this one was meant.
    assert "Did you mean" not in (found.hint or "")


# ── diagnostics ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rule", each(RULES))
def test_a_diagnostic_has_the_severity_of_its_rule(rule: Rule) -> None:
    place = Place(1, 2, 3, 4)
    assert rules.diagnose(rule.name, "Oh.", "r.yaml") == (
        Diagnostic(rule.name, rule.severity, "Oh.", "r.yaml")
    )
    assert rules.diagnose(rule.name, "Oh.", "r.yaml", place, "community.name", "Mend it.") == (
        Diagnostic(rule.name, rule.severity, "Oh.", "r.yaml", place, "community.name", "Mend it.")
    )


def test_there_is_no_diagnostic_without_a_rule() -> None:
    with pytest.raises(KeyError, match="no-such-rule"):
        rules.diagnose("no-such-rule", "Oh.", "r.yaml")
