"""How much is filled in: of a blank, a half-filled and a complete roadmap, and of each part."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_roadmap import canvas
from cop_roadmap.completeness import Completeness, Parts, Share, measure, parts_of
from cop_roadmap.loading import examine
from cop_roadmap.roadmap import Roadmap
from tests.roadmaps import PLANS

EXAMPLES = Path(__file__).parent.parent / "examples"

NO_FACETS = {facet.key: Share(0, 12) for facet in canvas.FACETS}
BLANK = Completeness(NO_FACETS, Share(0, 3), Share(0, 33))


def completeness(**parts: Any) -> Completeness:
    return measure(Roadmap.model_validate({"community": {"name": "X"}, **parts}))


def vision(**parts: Any) -> Completeness:
    return completeness(sections={"vision": parts})


def in_vision(filled: int) -> Completeness:
    """Return a blank roadmap's measure, but for so many parts of the first facet."""
    return Completeness(NO_FACETS | {"vision": Share(filled, 12)}, Share(0, 3), Share(0, 33))


# ── shares ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("filled", "total", "percent"),
    [
        pytest.param(0, 132, 0, id="nothing"),
        pytest.param(1, 132, 0, id="less than a percent is nothing yet"),
        pytest.param(2, 132, 1, id="a little more than a percent"),
        pytest.param(1, 2, 50, id="half"),
        pytest.param(2, 3, 66, id="two thirds are rounded down"),
        pytest.param(131, 132, 99, id="one part is missing"),
        pytest.param(999, 1000, 99, id="99.9 is not all"),
        pytest.param(132, 132, 100, id="all"),
        pytest.param(0, 0, 100, id="of nothing, nothing is missing"),
    ],
)
def test_percents_are_whole_and_rounded_down(filled: int, total: int, percent: int) -> None:
    assert Share(filled, total).percent == percent


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_every_share_is_100_percent_only_if_all_is_filled(filled: int, missing: int) -> None:
    share = Share(filled, filled + missing)
    assert 0 <= share.percent <= 100
    assert (share.percent == 100) == (missing == 0)


def test_shares_are_added_part_by_part() -> None:
    # Not the mean of 100 % and 25 %.
    assert Share(1, 1) + Share(1, 4) == Share(2, 5)


def test_the_total_counts_facets_ambitions_and_creation() -> None:
    facets = {"vision": Share(1, 12), "results": Share(2, 12)}
    assert Completeness(facets, Share(3, 3), Share(4, 33)).total == Share(10, 60)


# ── roadmaps ─────────────────────────────────────────────────────────────────────────────────────


def test_of_a_blank_roadmap_nothing_is_filled_in() -> None:
    assert completeness() == BLANK
    assert BLANK.total == Share(0, 132)


def test_the_facets_stand_in_the_order_of_the_canvas() -> None:
    assert list(completeness().facets) == [facet.key for facet in canvas.FACETS]


@pytest.mark.parametrize("name", ["open-data-stewards", "soins-de-la-douleur"])
def test_of_a_complete_example_all_is_filled_in(name: str) -> None:
    roadmap = examine((EXAMPLES / f"{name}.yaml").read_bytes(), name).roadmap
    assert roadmap
    full = {facet.key: Share(12, 12) for facet in canvas.FACETS}
    assert measure(roadmap) == Completeness(full, Share(3, 3), Share(33, 33))
    assert measure(roadmap).total.percent == 100


def test_of_the_minimal_example_three_parts_are_filled_in() -> None:
    roadmap = examine((EXAMPLES / "minimal.yaml").read_bytes(), "minimal.yaml").roadmap
    assert roadmap
    # An answer, an action and who is responsible, but no resources.
    assert measure(roadmap) == in_vision(3)
    assert measure(roadmap).total.percent == 2


def test_of_a_half_filled_roadmap_half_is_filled_in() -> None:
    halves = {key: {"answer": "A", "resources": "R"} for key in canvas.SECTION_KEYS}
    steps = ("identify_community", "identify_facilitator", "share_results")
    half = completeness(
        sections=halves,
        ambitions={"short_term": "A", "long_term": "B"},
        creation={step: dict.fromkeys(canvas.STEP_ITEMS[step], "A") for step in steps},
    )
    facets = {facet.key: Share(6, 12) for facet in canvas.FACETS}
    assert half == Completeness(facets, Share(2, 3), Share(16, 33))
    assert (half.total, half.total.percent) == (Share(66, 132), 50)


# ── parts of a section ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("chosen", list(product([False, True], repeat=4)))
def test_a_section_counts_its_answer_plan_responsible_and_resources(
    chosen: tuple[bool, ...],
) -> None:
    parts = {
        "answer": "A",
        "timeline": {"months_10_to_12": "B"},
        "responsible": "C",
        "resources": "D",
    }
    given_parts = {key: parts[key] for key, is_given in zip(parts, chosen, strict=True) if is_given}
    assert vision(**given_parts) == in_vision(sum(chosen))


@pytest.mark.parametrize(
    ("facet", "section"),
    [(facet.key, section) for facet in canvas.FACETS for section in facet.sections],
)
def test_a_section_counts_for_its_facet(facet: str, section: str) -> None:
    counted = completeness(sections={section: {"answer": "A"}})
    assert counted.facets == NO_FACETS | {facet: Share(1, 12)}


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"answer": " \n"}, id="answer of blanks"),
        pytest.param({"timeline": {}}, id="timeline without periods"),
        pytest.param({"timeline": {"month_1": ["", None, {"action": ""}]}}, id="empty actions"),
        pytest.param({"responsible": ["", " ", None]}, id="nobody"),
        pytest.param({"resources": ["", None]}, id="empty resources"),
    ],
)
def test_what_is_empty_does_not_count(parts: dict[str, Any]) -> None:
    assert vision(**parts) == in_vision(0)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"timeline": {"month_1": ["", "A"], "month_2": "B"}}, id="actions"),
        pytest.param({"timeline": {"month_1": {"action": "A", "status": "done"}}}, id="all done"),
        pytest.param({"responsible": ["", "A", "B"]}, id="responsible"),
        pytest.param({"resources": [None, "A", "B"]}, id="resources"),
    ],
)
def test_one_of_several_is_enough_and_more_count_no_more(parts: dict[str, Any]) -> None:
    assert vision(**parts) == in_vision(1)


def test_dropped_actions_are_no_plan() -> None:
    assert vision(timeline={"month_1": {"action": "A", "status": "dropped"}}) == in_vision(0)


def test_an_action_that_does_not_say_what_is_no_plan() -> None:
    assert vision(timeline={"month_1": {"action": "", "responsible": "A"}}) == in_vision(0)


@pytest.mark.parametrize(
    ("actions", "filled"),
    [
        pytest.param({"month_1": {"action": "A", "responsible": "B"}}, 2, id="the only one"),
        pytest.param(
            {"month_1": {"action": "A", "responsible": ["", "B"]}, "month_6": "C"},
            1,
            id="not all of them",
        ),
        pytest.param(
            {
                "month_1": [
                    {"action": "A", "responsible": "B"},
                    {"action": "C", "status": "dropped"},
                ]
            },
            2,
            id="all that are not dropped",
        ),
        pytest.param(
            {"month_1": {"action": "A", "status": "dropped", "responsible": "B"}},
            0,
            id="a dropped one only",
        ),
        pytest.param({"month_1": {"action": "A", "responsible": ["", None]}}, 1, id="nobody"),
    ],
)
def test_where_every_action_has_somebody_the_section_needs_nobody(
    actions: dict[str, Any], filled: int
) -> None:
    assert vision(timeline=actions) == in_vision(filled)


# ── ambitions and creation ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ambition", canvas.AMBITION_KEYS)
def test_an_ambition_counts_one(ambition: str) -> None:
    counted = completeness(ambitions={ambition: "A"})
    assert counted == Completeness(NO_FACETS, Share(1, 3), Share(0, 33))


def test_an_empty_ambition_does_not_count() -> None:
    assert completeness(ambitions={"short_term": " "}) == BLANK


@pytest.mark.parametrize(
    ("item", "counts"),
    [
        pytest.param("A", 1, id="a text"),
        pytest.param({"answer": "A"}, 1, id="an answer that is not settled yet"),
        pytest.param({"answer": "A", "done": True}, 1, id="an answer that is settled"),
        pytest.param({"answer": " ", "done": False}, 0, id="blanks"),
        pytest.param({"done": True}, 0, id="settled without an answer"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_an_item_of_the_creation_counts_when_it_has_an_answer(item: Any, counts: int) -> None:
    counted = completeness(creation={"pilot_and_launch": {"launch": item}})
    assert counted == Completeness(NO_FACETS, Share(0, 3), Share(counts, 33))


# ── the parts of a section ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("section", "parts"),
    [
        pytest.param({}, Parts(False, False, False, False), id="nothing"),
        pytest.param({"answer": "A"}, Parts(True, False, False, False), id="answer"),
        pytest.param({"timeline": {"month_1": "A"}}, Parts(False, True, False, False), id="plan"),
        pytest.param({"responsible": "A"}, Parts(False, False, True, False), id="responsible"),
        pytest.param({"resources": "A"}, Parts(False, False, False, True), id="resources"),
        pytest.param(
            {"timeline": {"month_1": {"action": "A", "responsible": "B"}}},
            Parts(False, True, True, False),
            id="every action says who",
        ),
        pytest.param(
            {"timeline": {"month_1": [{"action": "A", "responsible": "B"}, "C"]}},
            Parts(False, True, False, False),
            id="one action does not say who",
        ),
    ],
)
def test_the_parts_of_a_section_are_told_apart(section: Any, parts: Parts) -> None:
    roadmap = Roadmap.model_validate({"community": {"name": "N"}, "sections": {"vision": section}})
    nothing = dict.fromkeys(canvas.SECTION_KEYS, Parts(False, False, False, False))
    assert parts_of(roadmap) == {**nothing, "vision": parts}


# ── every roadmap ────────────────────────────────────────────────────────────────────────────────

# One leaf of each part that counts, by the way to it.
PARTS: dict[tuple[str, ...], Any] = {
    **{
        ("sections", key, part): value
        for key in canvas.SECTION_KEYS
        for part, value in {
            "answer": "A",
            "timeline": {"month_1": "A"},
            "responsible": "A",
            "resources": "A",
        }.items()
    },
    **{("ambitions", key): "A" for key in canvas.AMBITION_KEYS},
    **{
        ("creation", step, item): "A" for step, items in canvas.STEP_ITEMS.items() for item in items
    },
}


@given(st.sets(st.sampled_from(sorted(PARTS))))
def test_every_part_that_is_filled_in_counts_once(chosen: set[tuple[str, ...]]) -> None:
    data: dict[str, Any] = {}
    for path in chosen:
        branch = data
        for step in path[:-1]:
            branch = branch.setdefault(step, {})
        branch[path[-1]] = PARTS[path]
    total = completeness(**data).total
    assert total == Share(len(chosen), 132)
    assert (total.percent == 100) == (len(chosen) == len(PARTS))


@given(PLANS)
@settings(deadline=None)
def test_reviews_never_change_how_much_is_filled_in(roadmap: Roadmap) -> None:
    assert measure(roadmap) == measure(roadmap.model_copy(update={"reviews": ()}))
