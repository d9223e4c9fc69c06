"""What a run reports, and what it lets pass."""

from pathlib import Path

import pytest

from cop_roadmap import canvas, rules
from cop_roadmap.completeness import Completeness, Share
from cop_roadmap.diagnostics import Misuse, Place, Severity
from cop_roadmap.loading import Examined, examine
from cop_roadmap.report import Checked, Gates, Report, checked, count
from tests.reports import ROOT, finding, look_at

ERROR, WARNING, INFO = Severity
# A rule of each severity that can be left out, and an error that cannot.
OPTIONAL_ERROR, OPTIONAL_WARNING, OPTIONAL_INFO = "due-outside-year", "stops-early", "no-plan"
FIXED_ERROR = "yaml-syntax"
NAMES = (FIXED_ERROR, OPTIONAL_ERROR, OPTIONAL_WARNING, OPTIONAL_INFO)

# A name that YAML cuts, nobody responsible, no resources, and a date in another month.
TEXT = """\
community:
  name: Data stewards of C and #1
  start: 2026-09
sections:
  vision:
    answer: Data
    timeline:
      month_1: {action: Draft it, due: 2026-10-01}
"""
EXAMPLE = (ROOT / "examples" / "open-data-stewards.yaml").read_text("utf-8")


def rules_of(file: Checked) -> list[str]:
    return [found.rule for found in file.diagnostics]


# ── rules that a run chooses by ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("select", "ignore", "message"),
    [
        pytest.param(
            ["no-responsable"],
            [],
            "There is no rule called 'no-responsable'. Did you mean 'no-responsible'?",
            id="selected, nearly",
        ),
        pytest.param(
            [],
            ["W001"],
            "There is no rule called 'W001'. `coproadmap rules` lists them.",
            id="left out, nothing like it",
        ),
        pytest.param(
            ["zz", "aa"],
            [],
            "There is no rule called 'aa'. `coproadmap rules` lists them.",
            id="of several, the first in the alphabet",
        ),
        pytest.param(
            [],
            ["yaml-syntax"],
            "The rule 'yaml-syntax' cannot be left out: it says that there is no roadmap to check, "
            "or not all of it.",
            id="one that cannot be left out",
        ),
    ],
)
def test_a_run_cannot_choose_by_what_is_no_rule_or_no_choice(
    select: list[str], ignore: list[str], message: str
) -> None:
    with pytest.raises(Misuse) as misuse:
        Gates(select=frozenset(select), ignore=frozenset(ignore))
    assert str(misuse.value) == message


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percentage_has_its_limits(percent: int) -> None:
    with pytest.raises(Misuse) as misuse:
        Gates(min_complete=percent)
    assert str(misuse.value) == "--min-complete is in percent, from 0 to 100."


CHOOSABLE = {
    *("cut-text", "contradictory-status", "due-outside-year", "due-outside-period"),
    *("no-responsible", "ambition-without-actions", "actions-without-ambition", "stops-early"),
    *("action-without-text", "repeated-text", "question-as-answer", "missing-glyph"),
    *("stale-translation", "empty-review", "review-outside-year"),
    *("no-answer", "no-plan", "no-resources", "no-ambition", "creation-open"),
    *("unused-ignore", "ignore-without-reason"),
}


@pytest.mark.parametrize("name", rules.RULES)
def test_what_can_be_left_out(name: str) -> None:
    assert Gates(select=frozenset([name])).wants(finding(name))
    if name in CHOOSABLE:
        assert not Gates(ignore=frozenset([name])).wants(finding(name))
        assert not Gates(select=frozenset(["cannot-read"])).wants(finding(name))
    else:
        with pytest.raises(Misuse, match="cannot be left out"):
            Gates(ignore=frozenset([name]))
        assert Gates(select=frozenset(["no-plan"])).wants(finding(name))


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        pytest.param([], [], list(NAMES), id="all"),
        pytest.param(
            ["stops-early"], [], ["yaml-syntax", "stops-early"], id="one, and what must be told"
        ),
        pytest.param(
            [], ["stops-early"], ["yaml-syntax", "due-outside-year", "no-plan"], id="all but one"
        ),
        pytest.param(
            ["stops-early", "no-plan"],
            ["no-plan"],
            ["yaml-syntax", "stops-early"],
            id="both: left out wins",
        ),
    ],
)
def test_a_run_chooses_rules(select: list[str], ignore: list[str], wanted: list[str]) -> None:
    gates = Gates(select=frozenset(select), ignore=frozenset(ignore))
    assert [name for name in NAMES if gates.wants(finding(name))] == wanted


# ── severities ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fail_on", "passing"),
    [
        pytest.param(ERROR, [OPTIONAL_WARNING, OPTIONAL_INFO], id="error"),
        pytest.param(WARNING, [OPTIONAL_INFO], id="warning"),
        pytest.param(INFO, [], id="info"),
    ],
)
def test_what_is_let_pass(fail_on: Severity, passing: list[str]) -> None:
    gates = Gates(fail_on)
    assert [name for name in NAMES if gates.lets_pass(finding(name))] == passing


@pytest.mark.parametrize("rule", ["no-plan", "no-answer"])
@pytest.mark.parametrize(
    ("gates", "shown"),
    [
        pytest.param(Gates(), (False, False), id="usually"),
        pytest.param(Gates(WARNING), (False, False), id="fail on warnings"),
        pytest.param(Gates(INFO), (True, True), id="fail on gaps"),
        pytest.param(Gates(lists_gaps=True), (True, True), id="gaps asked for"),
        pytest.param(Gates(select=frozenset(["no-plan"])), (True, False), id="the rule asked for"),
    ],
)
def test_what_is_shown_of_gaps(gates: Gates, shown: tuple[bool, bool], rule: str) -> None:
    assert gates.shows(finding(rule)) is shown[rule == "no-answer"]


@pytest.mark.parametrize("fail_on", Severity)
@pytest.mark.parametrize("name", [FIXED_ERROR, OPTIONAL_ERROR, OPTIONAL_WARNING])
def test_problems_are_always_shown(name: str, fail_on: Severity) -> None:
    assert Gates(fail_on).shows(finding(name))


# ── one file ─────────────────────────────────────────────────────────────────────────────────────


def test_a_file_has_its_problems_and_gaps_in_the_order_of_its_lines() -> None:
    names = ["cut-text", "no-resources", "no-responsible", "due-outside-period"]
    file = look_at("a.yaml", TEXT, Gates(select=frozenset(names)))
    assert rules_of(file) == names
    lines = [found.place.line for found in file.diagnostics if found.place]
    assert lines == [2, 5, 5, 8]


def test_a_file_that_is_no_roadmap_has_no_completeness() -> None:
    assert look_at("a.yaml", "community: 5\n").completeness is None
    assert checked(Examined(None, ()), "a.yaml", Gates()) == Checked("a.yaml", (), None)


@pytest.mark.parametrize(
    ("percent", "wanted", "told"),
    [
        pytest.param(0, [], [], id="nothing is asked for"),
        pytest.param(1, [], [], id="as much as is there"),
        pytest.param(
            2, ["incomplete"], ["1 % is filled in; 2 % is asked for."], id="one percent more"
        ),
        pytest.param(100, ["incomplete"], ["1 % is filled in; 100 % is asked for."], id="all"),
    ],
)
def test_a_file_may_be_too_incomplete(percent: int, wanted: list[str], told: list[str]) -> None:
    file = look_at("a.yaml", TEXT, Gates(select=frozenset(["incomplete"]), min_complete=percent))
    assert rules_of(file) == wanted
    assert [found.message for found in file.diagnostics] == told


def test_a_file_that_is_no_roadmap_is_not_incomplete_as_well() -> None:
    assert rules_of(look_at("a.yaml", "community: 5\n", Gates(min_complete=100))) == ["wrong-type"]


def test_a_complete_file_is_complete() -> None:
    file = look_at("a.yaml", EXAMPLE, Gates(min_complete=100))
    assert file.diagnostics == ()
    assert file.completeness
    assert file.completeness.total == Share(132, 132)


def test_that_too_little_is_filled_in_comes_first() -> None:
    file = look_at("a.yaml", TEXT, Gates(min_complete=50, select=frozenset(["cut-text"])))
    assert [(found.rule, found.place) for found in file.diagnostics] == [
        ("incomplete", None),
        ("cut-text", Place(2, 32, 2, 34)),
    ]
    assert file.diagnostics[0].hint == "`coproadmap validate --gaps` lists what is open."


# ── all files ────────────────────────────────────────────────────────────────────────────────────


def measured(filled: int, total: int) -> Completeness:
    share = Share(filled, total)
    return Completeness({facet.key: share for facet in canvas.FACETS}, share, share)


def run_of(*files: Checked, gates: Gates | None = None) -> Report:
    return Report(files, gates or Gates(), Path("/"))


def file_of(*names: str, completeness: Completeness | None = None) -> Checked:
    return Checked("a.yaml", tuple(map(finding, names)), completeness)


def test_findings_come_file_by_file() -> None:
    report = run_of(file_of("no-plan", "bad-date"), file_of(), file_of("stops-early"))
    assert [found.rule for found in report.diagnostics] == ["no-plan", "bad-date", "stops-early"]
    assert [found.rule for found in report.shown] == ["bad-date", "stops-early"]


@pytest.mark.parametrize(
    ("files", "together"),
    [
        pytest.param([], None, id="no files"),
        pytest.param([None, None], None, id="no roadmap"),
        pytest.param([measured(1, 2)], measured(1, 2), id="one roadmap"),
        pytest.param([None, measured(1, 2), None], measured(1, 2), id="one roadmap among others"),
        pytest.param([measured(1, 2), measured(2, 2), measured(0, 2)], measured(3, 6), id="three"),
    ],
)
def test_the_completeness_of_all_is_their_sum(
    files: list[Completeness | None], together: Completeness | None
) -> None:
    report = run_of(*(file_of(completeness=completeness) for completeness in files))
    assert report.completeness == together


@pytest.mark.parametrize(
    ("names", "passes"),
    [
        pytest.param([], (True, True, True), id="nothing"),
        pytest.param(["no-plan"], (True, True, False), id="a gap"),
        pytest.param(["no-plan", "stops-early"], (True, False, False), id="a warning"),
        pytest.param(["stops-early", "bad-date"], (False, False, False), id="an error"),
        pytest.param(["cannot-read"], (False, False, False), id="nothing could be read"),
    ],
)
def test_whether_a_run_passes(names: list[str], passes: tuple[bool, bool, bool]) -> None:
    for fail_on, expected in zip(Severity, passes, strict=True):
        assert run_of(file_of(), file_of(*names), gates=Gates(fail_on)).passes is expected


def test_severities_are_counted() -> None:
    found = [finding(name) for name in ("bad-date", "no-plan", "yaml-syntax")]
    assert [count(found, severity) for severity in Severity] == [2, 0, 1]


def test_what_is_left_out_takes_no_part() -> None:
    # A run without the rules that fail it passes, and what a file silences was never there.
    text = f"{TEXT}lint: {{ignore: {{no-responsible: Later, due-outside-period: It moved}}}}\n"
    assert [found.rule for found in examine(text.encode(), "a.yaml").diagnostics] == ["cut-text"]
    gates = Gates(WARNING, ignore=frozenset(["cut-text"]))
    assert run_of(look_at("a.yaml", text, gates), gates=gates).passes
