"""The roadmap canvas as data: facets, sections, periods, ambitions and creation steps.

Keys, numbers and order come from the two documents behind the tool: the *Community of practice
roadmap* canvas (24 sections, the timeline grid, three ambitions) and the six-step guide *Creating
Communities of Practice: Best Practices*. This module is the only place that lists them; titles and
guiding questions are words, and so live in one catalogue per language (see ``catalogue``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Facet:
    """One of the eight facets: a number from 1 and the keys of its three sections."""

    key: str
    number: int
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the roadmap's year: its first and last month, counted from 1 to 12."""

    key: str
    first_month: int
    last_month: int


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six creation steps: a number from 1, its items, and the sections that it feeds.

    What is settled in a step is where the answers of its sections begin. The two documents do not
    say so; this is the project's reading of them.
    """

    key: str
    number: int
    items: tuple[str, ...]
    feeds: tuple[str, ...]


_FACETS = {
    "vision": ("vision", "community_purpose", "objectives"),
    "governance": ("governance", "stakeholder_mapping", "risk_free_environment"),
    "leadership": ("leadership", "core_group", "investment_and_sponsorship"),
    "convening": ("convening", "communication", "boundary_spanning"),
    "collaboration": ("collaboration", "coordination", "co_creation"),
    "community_management": ("community_management", "in_real_life_and_online", "facilitation"),
    "user_experience": ("user_experience", "experience_design", "support"),
    "measurement": ("measurement", "vitality", "results"),
}

_STEPS = {
    "identify_community": ("audience", "domain", "purpose", "goals", "outcomes"),
    "identify_facilitator": (
        "facilitator",
        "monitoring_activities",
        "encouraging_participation",
        "reporting_activity",
        "collecting_and_sharing",
        "managing_events",
    ),
    "define_activities": (
        "activities",
        "communication_and_collaboration",
        "frequency_and_schedule",
        "workspaces",
        "knowledge_sharing",
    ),
    "pilot_and_launch": ("pilot", "launch"),
    "grow_participation": (
        "community_building",
        "adult_learning",
        "online_participation",
        "ongoing_communication",
        "connecting_with_others",
        "shared_understandings",
        "unpacking_research",
        "reflecting_on_practice",
        "sharing_resources",
        "webinars",
    ),
    "share_results": (
        "surveys",
        "check_ins",
        "summary_reports",
        "success_stories",
        "shifts_in_practice",
    ),
}

_FEEDS = {
    "identify_community": ("vision", "community_purpose", "objectives", "stakeholder_mapping"),
    "identify_facilitator": ("leadership", "core_group", "community_management", "facilitation"),
    "define_activities": (
        "convening",
        "communication",
        "collaboration",
        "coordination",
        "in_real_life_and_online",
    ),
    "pilot_and_launch": (
        "governance",
        "investment_and_sponsorship",
        "user_experience",
        "support",
    ),
    "grow_participation": (
        "risk_free_environment",
        "boundary_spanning",
        "co_creation",
        "experience_design",
    ),
    "share_results": ("measurement", "vitality", "results"),
}

FACETS = tuple(Facet(key, n, keys) for n, (key, keys) in enumerate(_FACETS.items(), 1))
STEPS = tuple(Step(key, n, keys, _FEEDS[key]) for n, (key, keys) in enumerate(_STEPS.items(), 1))

PERIODS = (
    *(Span(f"month_{month}", month, month) for month in range(1, 7)),
    Span("months_7_to_9", 7, 9),
    Span("months_10_to_12", 10, 12),
)

YEAR = Span("year", 1, 12)

# The levels at which a review rates a section; what each means is in the catalogues.
RATINGS = range(1, 6)

AMBITIONS = (
    Span("short_term", 1, 3),
    Span("medium_term", 4, 6),
    Span("long_term", 7, 12),
)

# A section's number is written facet.position, as on the canvas: 2.3 is Risk-free environment.
SECTION_NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        key: f"{facet.number}.{position}"
        for facet in FACETS
        for position, key in enumerate(facet.sections, 1)
    }
)

SECTION_KEYS = tuple(SECTION_NUMBERS)
PERIOD_KEYS = tuple(period.key for period in PERIODS)
AMBITION_KEYS = tuple(ambition.key for ambition in AMBITIONS)
STEP_ITEMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {step.key: step.items for step in STEPS}
)
