"""The canvas is the one of the two source documents, and nothing else."""

import re

import pytest

from cop_roadmap import canvas

# The tables of the design, typed once more: a slip in the module shows here.
FACETS = {
    "vision": "vision community_purpose objectives",
    "governance": "governance stakeholder_mapping risk_free_environment",
    "leadership": "leadership core_group investment_and_sponsorship",
    "convening": "convening communication boundary_spanning",
    "collaboration": "collaboration coordination co_creation",
    "community_management": "community_management in_real_life_and_online facilitation",
    "user_experience": "user_experience experience_design support",
    "measurement": "measurement vitality results",
}
STEPS = {
    "identify_community": "audience domain purpose goals outcomes",
    "identify_facilitator": (
        "facilitator monitoring_activities encouraging_participation reporting_activity "
        "collecting_and_sharing managing_events"
    ),
    "define_activities": (
        "activities communication_and_collaboration frequency_and_schedule workspaces "
        "knowledge_sharing"
    ),
    "pilot_and_launch": "pilot launch",
    "grow_participation": (
        "community_building adult_learning online_participation ongoing_communication "
        "connecting_with_others shared_understandings unpacking_research "
        "reflecting_on_practice sharing_resources webinars"
    ),
    "share_results": "surveys check_ins summary_reports success_stories shifts_in_practice",
}
FEEDS = {
    "identify_community": "vision community_purpose objectives stakeholder_mapping",
    "identify_facilitator": "leadership core_group community_management facilitation",
    "define_activities": (
        "convening communication collaboration coordination in_real_life_and_online"
    ),
    "pilot_and_launch": "governance investment_and_sponsorship user_experience support",
    "grow_participation": "risk_free_environment boundary_spanning co_creation experience_design",
    "share_results": "measurement vitality results",
}
PERIODS = [
    ("month_1", 1, 1),
    ("month_2", 2, 2),
    ("month_3", 3, 3),
    ("month_4", 4, 4),
    ("month_5", 5, 5),
    ("month_6", 6, 6),
    ("months_7_to_9", 7, 9),
    ("months_10_to_12", 10, 12),
]
AMBITIONS = [("short_term", 1, 3), ("medium_term", 4, 6), ("long_term", 7, 12)]


def test_the_facets_and_their_sections_are_those_of_the_design() -> None:
    assert [(facet.key, facet.number, facet.sections) for facet in canvas.FACETS] == [
        (key, number, tuple(sections.split()))
        for number, (key, sections) in enumerate(FACETS.items(), 1)
    ]


def test_there_are_eight_facets_of_three_sections() -> None:
    assert [len(facet.sections) for facet in canvas.FACETS] == [3] * 8


def test_sections_are_numbered_from_1_1_to_8_3() -> None:
    assert list(canvas.SECTION_NUMBERS.values()) == [
        f"{facet}.{position}" for facet in range(1, 9) for position in range(1, 4)
    ]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("1.1", "vision"),
        ("2.3", "risk_free_environment"),
        ("4.2", "communication"),
        ("5.3", "co_creation"),
        ("8.3", "results"),
    ],
)
def test_a_section_has_the_number_that_the_design_gives_it(number: str, key: str) -> None:
    assert canvas.SECTION_NUMBERS[key] == number


def test_the_section_keys_are_24_and_all_different() -> None:
    assert list(canvas.SECTION_KEYS) == " ".join(FACETS.values()).split()
    assert len(set(canvas.SECTION_KEYS)) == 24


def test_the_steps_and_their_items_are_those_of_the_design() -> None:
    assert [(step.key, step.number, step.items) for step in canvas.STEPS] == [
        (key, number, tuple(items.split())) for number, (key, items) in enumerate(STEPS.items(), 1)
    ]


def test_there_are_six_steps_and_no_item_stands_in_two_of_them() -> None:
    items = [item for step in canvas.STEPS for item in step.items]
    assert len(canvas.STEPS) == 6
    assert len(items) == len(set(items)) == 33


def test_the_steps_feed_these_sections() -> None:
    assert {step.key: step.feeds for step in canvas.STEPS} == {
        key: tuple(sections.split()) for key, sections in FEEDS.items()
    }


def test_each_section_is_fed_by_exactly_one_step() -> None:
    fed = [section for step in canvas.STEPS for section in step.feeds]
    assert sorted(fed) == sorted(canvas.SECTION_KEYS)


def test_a_step_feeds_its_sections_in_the_order_of_the_canvas() -> None:
    for step in canvas.STEPS:
        assert list(step.feeds) == sorted(step.feeds, key=canvas.SECTION_KEYS.index)


def test_the_items_by_step_repeat_the_steps() -> None:
    assert list(canvas.STEP_ITEMS.items()) == [(step.key, step.items) for step in canvas.STEPS]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param(canvas.PERIODS, PERIODS, id="periods"),
        pytest.param(canvas.AMBITIONS, AMBITIONS, id="ambitions"),
    ],
)
def test_the_spans_are_those_of_the_design(
    spans: tuple[canvas.Span, ...], expected: list[tuple[str, int, int]]
) -> None:
    assert [(span.key, span.first_month, span.last_month) for span in spans] == expected


@pytest.mark.parametrize("spans", [canvas.PERIODS, canvas.AMBITIONS], ids=["periods", "ambitions"])
def test_the_spans_cover_the_year_without_gap_or_overlap(spans: tuple[canvas.Span, ...]) -> None:
    months = [month for span in spans for month in range(span.first_month, span.last_month + 1)]
    assert months == list(range(1, 13))


def test_the_keys_of_the_spans_are_listed_in_order() -> None:
    assert list(canvas.PERIOD_KEYS) == [key for key, _, _ in PERIODS]
    assert list(canvas.AMBITION_KEYS) == [key for key, _, _ in AMBITIONS]


def test_a_periods_key_says_which_months_it_has() -> None:
    named = [tuple(int(month) for month in re.findall(r"\d+", key)) for key in canvas.PERIOD_KEYS]
    assert [(months[0], months[-1]) for months in named] == [
        (period.first_month, period.last_month) for period in canvas.PERIODS
    ]


def test_the_tables_cannot_be_changed_by_accident() -> None:
    for table in (canvas.SECTION_NUMBERS, canvas.STEP_ITEMS):
        with pytest.raises(TypeError):
            table["vision"] = "9.9"  # type: ignore[index]
