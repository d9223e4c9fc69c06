"""Next year's roadmap: what goes, what is carried over, and that all else stays as it was."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from cop_roadmap import canvas, composer, loading, next_year
from cop_roadmap.editing import CannotEdit
from cop_roadmap.next_year import NextYear
from cop_roadmap.roadmap import Roadmap
from tests.roadmaps import EXAMPLES

NOTE = "# Carried over from the year 2026-09: planned for"
MONTH_1, MONTH_2 = f"{NOTE} Month 1 (September 2026)", f"{NOTE} Month 2 (October 2026)"


def made(content: bytes, start: date | None = None) -> NextYear:
    """Make next year's roadmap of a file without errors."""
    examined = loading.examine(content, "bees.yaml")
    assert examined.roadmap, examined.diagnostics
    return next_year.make(examined, content, start)


def after(text: str, start: date | None = None) -> str:
    """Return the text of next year's roadmap."""
    return made(text.encode(), start).content.decode()


def refusal(text: str) -> str:
    """Return why no roadmap can be made of a text."""
    with pytest.raises(CannotEdit) as caught:
        after(text)
    return str(caught.value)


# ── the start ────────────────────────────────────────────────────────────────────────────────────

STARTS = {
    "plain": ("community: {name: Bees, start: 2026-09}\n", "{name: Bees, start: 2027-09}"),
    "in double quotes": ('community: {start: "2026-09", name: B}\n', '{start: "2027-09", name: B}'),
    "in single quotes": ("community: {'start': '2026-09', name: B}\n", "{'start': '2027-09', name"),
    "on lines": (
        "community:\n  start:  2026-09\t# our year 2026-09\n  name: Bees\n",
        "community:\n  start:  2027-09\t# our year 2026-09\n  name: Bees\n",
    ),
    "folded": (
        "community:\n  start: >- # 2026-09\n    2026-09\n  name: Bees\n",
        "community:\n  start: >- # 2026-09\n    2027-09\n  name: Bees\n",
    ),
    "with an escape": (
        'community: {name: Bees, start: "2026\\x2d09"}\n',
        "community: {name: Bees, start: 2027-09}\n",
    ),
    "with an anchor that nobody needs": (
        'community: {name: Bees, start: &start "2026\\x2d09"}\n',
        "community: {name: Bees, start: &start 2027-09}\n",
    ),
    "as an alias": (
        "community: {name: B, summary: &when 2026-09, start: *when}\n",
        "community: {name: B, summary: &when 2026-09, start: 2027-09}\n",
    ),
    "December": ("community: {name: Bees, start: 2026-12}\n", "start: 2027-12}"),
}


@pytest.mark.parametrize(("text", "expected"), STARTS.values(), ids=STARTS)
def test_the_start_moves_by_twelve_months_however_it_is_written(text: str, expected: str) -> None:
    assert expected in after(text)


def test_without_a_start_the_file_stays_without() -> None:
    text = "community:\n  name: Bees\n  start:\n"
    assert made(text.encode()) == NextYear(text.encode(), None, 0, 0, 0)


GIVEN_STARTS = {
    "in place of another": (
        "community:\n  start: 2026-09\n  name: Bees\n",
        "community:\n  start: 2027-01\n  name: Bees\n",
    ),
    "where there is none": (
        "community:\n    name: Bees\n    sponsor:\n    - Ada\n    - Bob # too\n    language: en\n",
        (
            "community:\n    name: Bees\n    sponsor:\n    - Ada\n    - Bob # too\n"
            "    start: 2027-01\n    language: en\n"
        ),
    ),
    "behind a text of several lines": (
        "community:\n  language: en\n  name: >-\n    A\n    B\n\n# end\n",
        "community:\n  language: en\n  name: >-\n    A\n    B\n  start: 2027-01\n\n# end\n",
    ),
    "on the last line of the file": (
        "community:\n  name: Bees",
        "community:\n  name: Bees\n  start: 2027-01",
    ),
    "between braces": (
        "community: {name: Bees, language: en}\n",
        "community: {name: Bees, start: 2027-01, language: en}\n",
    ),
    "in a file for machines": (
        '{"community":{"name":"Bees"}}',
        '{"community":{"name":"Bees", start: 2027-01}}',
    ),
    "behind its key": (
        "community:\n  start:\t # when?\n  name: Bees\n",
        "community:\n  start: 2027-01\t # when?\n  name: Bees\n",
    ),
    "behind its key between braces": (
        "community: {start: , name: Bees}\n",
        "community: {start: 2027-01 , name: Bees}\n",
    ),
    "behind a key without a colon": (
        "community: {start, name: Bees}\n",
        "community: {start: 2027-01, name: Bees}\n",
    ),
    "in place of nothing in quotes": (
        'community: {start: "", name: Bees}\n',
        "community: {start: 2027-01, name: Bees}\n",
    ),
    "in place of a word for nothing": (
        "community: {start: ~, name: Bees}\n",
        "community: {start: 2027-01, name: Bees}\n",
    ),
    "with the line breaks of the file": (
        "community:\r\n  name: Bees\r\n",
        "community:\r\n  name: Bees\r\n  start: 2027-01\r\n",
    ),
}


@pytest.mark.parametrize(("text", "expected"), GIVEN_STARTS.values(), ids=GIVEN_STARTS)
def test_a_start_that_is_given_is_written(text: str, expected: str) -> None:
    assert after(text, date(2027, 1, 1)) == expected


# ── actions: before and after ────────────────────────────────────────────────────────────────────

# Each is what stands below `timeline` of a section, at six spaces; M1 and M2 are notes.
TIMELINES = {
    "text has no status and stays": (
        """
        |    timeline:
        |      month_1: Draft   # soon
        |    responsible: Ada
        """,
        """
        |    timeline:
        |      M1
        |      month_1: Draft   # soon
        |    responsible: Ada
        """,
    ),
    "what is over goes with its period": (
        """
        |    timeline:
        |      month_1: {action: Draft, status: done}   # at last
        |      month_2:
        |        action: Adopt
        |        status: dropped
        |      month_3:
        |    responsible: Ada
        """,
        """
        |    timeline:
        |      month_3:
        |    responsible: Ada
        """,
    ),
    "an empty timeline keeps its key": (
        """
        |    timeline:
        |      month_1: {action: Draft, status: done}
        |    responsible: Ada
        """,
        """
        |    timeline:
        |    responsible: Ada
        """,
    ),
    "an empty timeline keeps its braces": (
        """
        |    timeline: { month_1: {action: A, status: done}, month_2: [{status: done, action: B}] }
        |    responsible: Ada
        """,
        """
        |    timeline: {}
        |    responsible: Ada
        """,
    ),
    "a day of the old year goes into the note": (
        """
        |    timeline:
        |      month_1: {action: Draft, due: 2026-09-30, status: planned}
        |      month_2:
        |        due: 2026-10-15 # firm
        |        action: Adopt
        |        status: in_progress
        """,
        """
        |    timeline:
        |      M1, due 2026-09-30
        |      month_1: {action: Draft, status: planned}
        |      M2, due 2026-10-15
        |      month_2:
        |        action: Adopt
        |        status: in_progress
        """,
    ),
    "one of a list goes": (
        """
        |    timeline:
        |      month_1:
        |        - {action: Draft, status: done}
        |        - action: Adopt
        |          responsible: [Ada, Bob]
        |        - action: Tell
        |          status: done
        |        - Review
        """,
        """
        |    timeline:
        |      month_1:
        |        M1
        |        - action: Adopt
        |          responsible: [Ada, Bob]
        |        M1
        |        - Review
        """,
    ),
    "a list below its key at the same column": (
        """
        |    timeline:
        |      month_1:
        |      - Draft
        |      - action: Adopt
        |        status: done
        |      month_2:
        |      - action: Tell
        |        status: dropped
        |    responsible: Ada
        """,
        """
        |    timeline:
        |      month_1:
        |      M1
        |      - Draft
        |    responsible: Ada
        """,
    ),
    "a day that stands first in its item": (
        """
        |    timeline:
        |      month_1:
        |        - due: 2026-09-15   # gone
        |          # why so early?
        |          action: Draft
        |        -   "due": 2026-09-16
        |            action: Adopt
        """,
        """
        |    timeline:
        |      month_1:
        |        # why so early?
        |        M1, due 2026-09-15
        |        - action: Draft
        |        M1, due 2026-09-16
        |        -   action: Adopt
        """,
    ),
    "a day of something that is not said yet": (
        """
        |    timeline:
        |      month_1: {action: , due: 2026-09-15}
        |      month_2:
        |        - due: 2026-10-15
        |          action:
        """,
        """
        |    timeline:
        |      M1, due 2026-09-15
        |      month_1: {action: }
        |      month_2:
        |        M2, due 2026-10-15
        |        - action:
        """,
    ),
    "texts of several lines": (
        """
        |    timeline:
        |      month_1:
        |        - action: |
        |            Draft
        |            # no remark
        |
        |            it
        |
        |        - action: >-
        |            Adopt
        |
        |            # no remark, either
        |          status: done
        |        - action: "Tell
        |            # everybody
        |            of it"
        |          status: done
        |        - Review
        |          it all
        """,
        """
        |    timeline:
        |      month_1:
        |        M1
        |        - action: |
        |            Draft
        |            # no remark
        |
        |            it
        |
        |        M1
        |        - Review
        |          it all
        """,
    ),
    "remarks everywhere": (
        """
        |    # 1
        |    timeline: # 2
        |      # 3
        |      month_1: # gone 1
        |        # 4
        |        action: Draft # gone 2
        |          # 5
        |        status: done # gone 3
        |            # 6
        |      # 7
        |      month_2: # 8
        |        # 9
        |        - action: Adopt # gone 4
        |          # 10
        |          status: done # gone 5
        |        # 11
        |        - Tell # 12
        |        # 13
        |    # 14
        """,
        """
        |    # 1
        |    timeline: # 2
        |      # 3
        |      # 4
        |      # 5
        |      # 6
        |      # 7
        |      month_2: # 8
        |        # 9
        |        # 10
        |        # 11
        |        M2
        |        - Tell # 12
        |        # 13
        |    # 14
        """,
    ),
    "a remark does not slip into the text above": (
        """
        |    timeline:
        |      month_1: |
        |        Draft
        |      month_2:
        |        action: Adopt
        |                  # far to the right
        |        status: done
        |                  # and again
        |    responsible: Ada
        """,
        """
        |    timeline:
        |      M1
        |      month_1: |
        |        Draft
        |      # far to the right
        |      # and again
        |    responsible: Ada
        """,
    ),
    "of two empty lines one stays": (
        """
        |    timeline:
        |
        |      month_1: {action: Draft, status: done}
        |
        |      month_2: {action: Adopt, status: done}
        |
        |      month_3:
        |
        |    responsible: Ada
        """,
        """
        |    timeline:
        |
        |      month_3:
        |
        |    responsible: Ada
        """,
    ),
    "a list between brackets": (
        """
        |    timeline:
        |      month_3: &gone {action: D, status: done}
        |      month_1: [{action: A, status: done}, B, {action: C, status: done}, *gone]
        |      month_2: [ A , {action: B, status: done} , {action: C, due: 2026-10-01} , ]
        """,
        """
        |    timeline:
        |      M1
        |      month_1: [B]
        |      # Carried over from the year 2026-09: planned for Month 2 (October 2026); \
planned for Month 2 (October 2026), due 2026-10-01
        |      month_2: [ A , {action: C} , ]
        """,
    ),
    "a timeline on one line": (
        """
        |    timeline: {month_1: &a {action: A, status: done}, month_2: B, month_3: *a}
        """,
        """
        |    M2
        |    timeline: {month_2: B}
        """,
    ),
    "brackets over several lines": (
        """
        |    timeline: {
        |      month_1: A, # one
        |      # two
        |      month_2: [
        |        B,
        |        # three
        |        {action: C,
        |          # four
        |          status: done}, # gone
        |        {action: D, status: done}
        |      ], # five
        |      # six
        |      month_3: {action: E, status: done}
        |    } # seven
        """,
        """
        |    timeline: {
        |      M1
        |      month_1: A, # one
        |      # two
        |      month_2: [
        |        M2
        |        B
        |        # three
        |        # four
        |      ] # five
        |      # six
        |    } # seven
        """,
    ),
    "commas at the beginning of lines": (
        """
        |    timeline:
        |      month_1:
        |        [ A # one
        |        , {action: B, status: done}
        |        # two
        |        , {action: C, status: done} # three
        |        , D ]
        |      month_2:
        |        [ {action: A, status: done}
        |        # four
        |        , B ]
        """,
        """
        |    timeline:
        |      M1
        |      month_1:
        |        [ A # one
        |        # two
        |        , D ]
        |      M2
        |      month_2:
        |        [
        |        # four
        |        B ]
        """,
    ),
    "the last of a list that begins in the middle of a line": (
        """
        |    timeline:
        |      month_1: [A, # one
        |        {action: B, status: done}] # two
        |      month_2: [A,
        |        {action: B, status: done}]
        """,
        """
        |    timeline:
        |      M1
        |      month_1: [A # one
        |        ] # two
        |      M2
        |      month_2: [A]
        """,
    ),
    "keys that announce themselves": (
        """
        |    timeline:
        |      ? month_1
        |      : {action: A, status: done}
        |      ? month_2
        |      : ? due
        |        : 2026-10-01
        |        ? action
        |        : What?
        """,
        """
        |    timeline:
        |      M2, due 2026-10-01
        |      ? month_2
        |      : ? action
        |        : What?
        """,
    ),
    "keys that announce themselves between braces": (
        """
        |    timeline:
        |      month_1: {action: Why, ? due : 2026-09-30 }
        """,
        """
        |    timeline:
        |      M1, due 2026-09-30
        |      month_1: {action: Why }
        """,
    ),
    "a text that ends with a question mark before what goes": (
        """
        |    timeline:
        |      month_1: Shall we?
        |      month_2: {action: No, status: dropped}
        |      month_3:
        """,
        """
        |    timeline:
        |      M1
        |      month_1: Shall we?
        |      month_3:
        """,
    ),
    "periods in which nothing is planned": (
        """
        |    timeline:
        |      month_1: ""
        |      month_2: []
        |      month_3: [""]
        |      month_4:
        |        -
        |        - {action: , status: }
        |      month_6: ~
        """,
        """
        |    timeline:
        |      month_1: ""
        |      month_2: []
        |      month_3: [""]
        |      month_4:
        |        -
        |        - {action: , status: }
        |      month_6: ~
        """,
    ),
    "aliases of what goes": (
        """
        |    timeline:
        |      month_1: &draft {action: Draft, status: done}
        |      month_2: *draft
        |      month_3: [*draft, Adopt]
        """,
        """
        |    timeline:
        |      # Carried over from the year 2026-09: planned for Month 3 (November 2026)
        |      month_3: [Adopt]
        """,
    ),
    "aliases of what stays": (
        """
        |    timeline:
        |      month_1: &both
        |        - {action: Draft, due: 2026-09-30}
        |        - {action: Adopt, status: done}
        |      month_2: *both
        """,
        """
        |    timeline:
        |      month_1: &both
        |        M1, due 2026-09-30
        |        - {action: Draft}
        |      M2, due 2026-09-30
        |      month_2: *both
        """,
    ),
    "a list of which one goes twice": (
        """
        |    timeline:
        |      month_1: &both [{action: A, status: done}, {action: B, status: done}, C]
        |      month_2: *both
        """,
        """
        |    timeline:
        |      M1
        |      month_1: &both [C]
        |      M2
        |      month_2: *both
        """,
    ),
    "in other scripts": (
        """
        |    timeline:
        |      month_1: {action: 🎉 Ω 漢字, status: done}
        |      month_2: {action: "🎉 Ω", due: 2026-10-01} # 漢字 🎉
        """,
        """
        |    timeline:
        |      M2, due 2026-10-01
        |      month_2: {action: "🎉 Ω"} # 漢字 🎉
        """,
    ),
    "tabs behind values": (
        """
        |    timeline:
        |      month_1: {action: A, status: done}\t# gone
        |      month_2: B\t# stays\t
        """,
        """
        |    timeline:
        |      M2
        |      month_2: B\t# stays\t
        """,
    ),
}
HEAD = "# Ours since 2020\n\ncommunity:\n  name: Bees\n  start: {}\nsections:\n  vision:\n"


def text_of(case: str, start: str) -> str:
    """Return the file of a case; the bars stand where its lines begin."""
    lines = [line.partition("|")[2] for line in case.splitlines() if "|" in line]
    body = "".join(f"{line}\n" for line in lines)
    return HEAD.format(start) + re.sub(r"(?<= )M2", MONTH_2, re.sub(r"(?<= )M1", MONTH_1, body))


# What PyYAML's own parser does not read.
LIBYAML_ONLY = {"keys that announce themselves between braces", "tabs behind values"}
each_timeline = pytest.mark.parametrize(
    ("before", "expected"), TIMELINES.values(), ids=list(TIMELINES)
)


@each_timeline
def test_what_is_over_goes_and_what_is_open_is_carried_over(before: str, expected: str) -> None:
    assert after(text_of(before, "2026-09")) == text_of(expected, "2027-09")


@pytest.mark.parametrize("eol", ["\r\n", "\r"])
@each_timeline
def test_line_breaks_stay_as_they_are(before: str, expected: str, eol: str) -> None:
    text = text_of(before, "2026-09").replace("\n", eol)
    assert after(text) == text_of(expected, "2027-09").replace("\n", eol)


@each_timeline
def test_a_byte_order_mark_and_a_missing_line_break_at_the_end_stay(
    before: str, expected: str
) -> None:
    text = text_of(before, "2026-09").removesuffix("\n")
    assert after(f"\ufeff{text}") == "\ufeff" + text_of(expected, "2027-09").removesuffix("\n")


@pytest.mark.parametrize("name", sorted(TIMELINES.keys() - LIBYAML_ONLY))
def test_the_parser_in_pure_python_leads_to_the_same(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before, expected = TIMELINES[name]
    monkeypatch.setattr(composer, "_PARSER", yaml.SafeLoader)
    assert after(text_of(before, "2026-09")) == text_of(expected, "2027-09")


def test_a_day_that_lies_in_the_new_year_stays() -> None:
    text = text_of("|    timeline:\n|      month_5: {action: A, due: 2027-01-10}", "2026-09")
    expected = f"{NOTE} Month 5 (January 2027)\n      month_5: {{action: A, due: 2027-01-10}}\n"
    assert after(text, date(2027, 1, 1)).endswith(expected)


@pytest.mark.parametrize("start", ["start: 2027-09", "start:"])
def test_a_note_of_the_year_before_is_replaced(start: str) -> None:
    once = text_of(TIMELINES["remarks everywhere"][1], "2027-09").replace("start: 2027-09", start)
    twice = after(once)
    assert twice.count("Carried over") == once.count("Carried over") == 1
    assert after(twice).count("Carried over") == 1
    assert after(once) == after(once.replace(MONTH_2, MONTH_1))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_notes_speak_the_language_of_the_community_and_are_known_in_any(language: str) -> None:
    body = (
        "sections: {vision: {timeline: {month_1: A, months_7_to_9: {action: B, due: 2027-04-01}}}}"
    )
    text = f"community: {{name: Bees, start: 2026-09, language: {language}}}\n{body}\n"
    notes = {
        "en": "# Carried over from the year 2026-09: planned for Month 1 (September 2026); planned "
        "for Months 7 to 9 (March\u2009–\u2009May 2027), due 2027-04-01",
        "fr": "# Repris de l’année 2026-09\xa0: prévu pour «\xa0Mois 1\xa0» (septembre 2026)\xa0; "
        "prévu pour «\xa0Mois 7 à 9\xa0» (mars\u2009–\u2009mai 2027), échéance 2027-04-01",
    }
    once = after(text)
    assert once.splitlines()[1] == notes[language]
    for other in ("en", "fr"):
        again = after(once.replace(f"language: {language}", f"language: {other}"))
        assert len(again.splitlines()) == 3


def test_without_a_start_notes_name_no_months() -> None:
    text = "community: {name: B}\nsections: {vision: {timeline: {month_1: A}}}\n"
    note = "# Carried over from last year: planned for Month 1"
    assert after(text).splitlines()[1] == note
    assert after(after(text)) == after(text)


def test_what_a_user_writes_like_a_note_stays() -> None:
    remarks = (
        "# Carried over from last year: ask Ada first",
        f"{MONTH_1} - really?",
        "# carried over from the year 2026-09: planned for Month 1 (September 2026)",
    )
    lines = "".join(f"    {remark}\n" for remark in remarks)
    text = f"community: {{name: B}}\nsections:\n  vision:\n{lines}    answer: |\n      {MONTH_1}\n"
    assert after(text) == text


def test_all_else_stays_as_it_is() -> None:
    text = (
        "%YAML 1.2\n---\n"
        "lint: {ignore: {no-responsible: 'we know'}}\n"
        "reviews:\n- {date: 2026-12-01, by: 'Ada',  ratings: {vision: 3}}\n"
        "ambitions: {short_term: 'Two  hives',}\n"
        "document: {footer: CC BY}\n"
        "creation:\n    identify_community:\n      domain: {answer: Bees, done: true}\n"
        "community:\n      name:   'Bees'\n      start: 2026-09\n...\n# The end"
    )
    assert after(text) == text.replace("2026-09", "2027-09")


def test_how_many_actions_are_carried_over_and_gone_is_counted() -> None:
    text = text_of(TIMELINES["a list between brackets"][0], "2026-09")
    found = made(text.encode())
    assert (found.start, found.carried, found.done, found.dropped) == (date(2027, 9, 1), 3, 5, 0)


# ── what cannot be done ──────────────────────────────────────────────────────────────────────────


def test_an_anchor_that_something_else_needs_is_not_taken_away() -> None:
    text = text_of(
        """
        |    timeline:
        |      month_1:
        |        action: &who Ada
        |        responsible: *who
        |        status: done
        |    responsible: *who
        """,
        "2026-09",
    )
    assert refusal(text) == (
        "Line 13 refers with *who to line 10, which goes. Write the text itself on line 13 in "
        "place of *who, and begin again."
    )


def test_an_anchor_that_is_set_again_is_the_last_one() -> None:
    timeline = "{{month_1: {{action: &a A, status: {}}}, month_2: {{action: &a B, status: {}}}}}"
    text = (
        "community: {{name: B}}\nsections: {{vision: {{timeline: " + timeline + ", answer: *a}}}}\n"
    )
    assert "answer: *a" in after(text.format("done", "planned"))
    assert "refers with *a to line 2" in refusal(text.format("planned", "done"))


REFUSED = {
    "a start that something else says, too": (
        "community: {start: &when 2026-09, name: *when}\n",
        "Next year's roadmap cannot be made without changing what the file says.",
    ),
    "empty lines that would become part of a text": (
        text_of(
            """
            |    timeline:
            |      month_1: |+
            |        A
            |      month_2: {action: B, status: done}
            |
            |    responsible: Ada
            """,
            "2026-09",
        ),
        "Next year's roadmap cannot be made of the actions of `vision` without changing",
    ),
    "a year that no roadmap can mean": (
        "community: {name: B, start: 2199-09}\n",
        "Next year's roadmap would begin in 2200-09, which no roadmap can mean.",
    ),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=list(REFUSED))
def test_what_would_change_the_roadmap_is_refused(text: str, reason: str) -> None:
    assert refusal(text).startswith(reason)


# ── any file ─────────────────────────────────────────────────────────────────────────────────────

TEXTS = st.sampled_from(
    [
        "Draft",
        "Why?",
        "a: b # c",
        "it's",
        "🎉 Ω",
        "[x], {y}",
        "- dash",
        "2026-09",
        "C#",
        "  in  ",
        "*a",
    ]
)
LONG_TEXTS = st.sampled_from(["One\n# no remark\n  two\n", "One\n\ntwo", "three\n\n\n"])
DAYS = st.sampled_from(["2026-09-01", "2026-12-31", "2027-08-31"])
FILLED = st.fixed_dictionaries(
    {"action": TEXTS | LONG_TEXTS},
    optional={
        "status": st.sampled_from(["planned", "in_progress", "done", "done", "dropped", ""]),
        "due": DAYS,
        "responsible": TEXTS | st.lists(TEXTS, min_size=1, max_size=2),
    },
)
ACTIONS = TEXTS | FILLED
TIMELINE = st.dictionaries(
    st.sampled_from(canvas.PERIOD_KEYS),
    st.none() | ACTIONS | st.lists(ACTIONS, min_size=1, max_size=4),
    max_size=4,
)
SECTION = st.fixed_dictionaries(
    {}, optional={"answer": TEXTS | LONG_TEXTS, "timeline": TIMELINE, "responsible": TEXTS}
)
DATA = st.fixed_dictionaries(
    {
        "community": st.fixed_dictionaries(
            {"name": TEXTS}, optional={"summary": LONG_TEXTS, "start": st.just("2026-09")}
        ),
        "sections": st.dictionaries(st.sampled_from(canvas.SECTION_KEYS), SECTION, max_size=3),
    },
    optional={"ambitions": st.fixed_dictionaries({"long_term": LONG_TEXTS})},
)
PLAIN = re.compile(r"[A-Za-z][\w?']*|[🎉Ω ]+Ω|\d+-\d\d(-\d\d)?")


class Writer:
    """Writes data as YAML, in ways that a source of numbers chooses, with remarks in between.

    Remarks on lines of their own begin with `# own`.
    """

    def __init__(self, choose: Callable[[int], int]) -> None:
        self._choose = choose
        self._remarks = 0
        self._anchors: dict[str, int] = {}

    def file(self, data: dict[str, Any]) -> str:
        value = self._flow(data, 0) + "\n" if not self._choose(8) else self._mapping(data, 0)
        # Empty lines at the end might be part of the last text.
        return f"{self._own(0)}{value}# own 0\n"

    def _own(self, column: int) -> str:
        """Write a remark or an empty line, or nothing."""
        chosen = self._choose(6)
        self._remarks += 1
        return {4: "\n", 5: f"{' ' * column}# own {self._remarks}\n"}.get(chosen, "")

    def _behind(self) -> str:
        self._remarks += 1
        return "" if self._choose(4) else f"{' ' * (1 + self._choose(2))}# behind {self._remarks}"

    def _anchor(self, value: Any) -> tuple[str, bool]:
        """Return an anchor to set, or the alias of one that was set for the same value."""
        key = repr(value)
        if not isinstance(value, dict) or "action" not in value or self._choose(2):
            return "", False
        if key in self._anchors:
            return f"*a{self._anchors[key]}", True
        self._anchors[key] = len(self._anchors)
        return f"&a{self._anchors[key]} ", False

    def _scalar(self, text: str) -> str:
        chosen = self._choose(3)
        if chosen == 0 and PLAIN.fullmatch(text):
            return text
        if chosen == 1 and "\n" not in text:
            return "'{}'".format(text.replace("'", "''"))
        return '"{}"'.format(text.replace("\n", "\\n"))

    def _value(  # noqa: PLR0911 (a way to write it each)
        self, value: Any, column: int, *, in_list: bool = False
    ) -> str:
        """Write what stands behind a key or a dash, to the end of its last line."""
        anchor, is_alias = self._anchor(value)
        if is_alias:
            return f" {anchor}{self._behind()}\n"
        if value is None:
            return f"{self._behind()}\n"
        if isinstance(value, str):
            if "\n" in value and not self._choose(2):
                return self._literal(value, column)
            return f" {self._scalar(value)}{self._behind()}\n"
        if not value or self._choose(2):
            return f" {anchor}{self._inside(value, column + 1)}{self._behind()}\n"
        deeper = column + 1 + self._choose(4)
        if isinstance(value, list):
            deeper = column + self._choose(3)
            return f"{self._behind()}\n{self._list(value, deeper)}"
        if in_list and not anchor and self._choose(3):
            # Behind the dash at once.
            gap = 1 + self._choose(3)
            text = self._mapping(value, column + 1 + gap, remarks_first=False)
            return " " * gap + text[column + 1 + gap :]
        name = f" {anchor}".rstrip()
        return f"{name}{self._behind()}\n{self._mapping(value, deeper)}"

    def _literal(self, text: str, column: int) -> str:
        indent = " " * (column + 2)
        lines = "".join(f"{indent}{line}\n" if line else "\n" for line in text.splitlines())
        ends = len(text) - len(text.rstrip("\n"))
        return f" |{'-+'[ends > 1] if ends != 1 else ''}\n{lines}"

    def _mapping(self, value: dict[str, Any], column: int, *, remarks_first: bool = True) -> str:
        text, indent = "", " " * column
        keeps = False
        for number, (key, each) in enumerate(value.items()):
            # An empty line would be part of a text before it.
            if not keeps and (number or remarks_first):
                text += self._own(column)
            asked = number + remarks_first and not self._choose(10)
            name = f"? {self._scalar(key)}\n{indent}" if asked else self._scalar(key)
            written = self._value(each, column)
            text += f"{indent}{name}:{written}"
            keeps = "|+" in written
        return text

    def _list(self, value: list[Any], column: int) -> str:
        text, keeps = "", False
        for each in value:
            text += "" if keeps else self._own(column)
            written = self._value(each, column, in_list=True)
            text += f"{' ' * column}-{written}"
            keeps = "|+" in written
        return text

    def _flow(self, value: Any, column: int) -> str:
        anchor, is_alias = self._anchor(value)
        return f"{anchor} " if is_alias else anchor + self._inside(value, column)

    def _inside(self, value: Any, column: int) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return self._scalar(value)
        gap = self._gap(column)
        if isinstance(value, dict):
            entries = [f"{self._scalar(k)}: {self._flow(v, column + 1)}" for k, v in value.items()]
            opening, closing = "{}"
        else:
            entries = [self._flow(each, column + 1) for each in value]
            opening, closing = "[]"
        commas = [
            f"{self._gap(column) if not self._choose(4) else ''},{self._gap(column)}"
            for _ in entries
        ]
        text = "".join(f"{entry}{comma}" for entry, comma in zip(entries, commas, strict=True))
        if entries and self._choose(3):
            text = text.removesuffix(commas[-1]) + self._gap(column)
        return f"{opening}{gap}{text}{closing}"

    def _gap(self, column: int) -> str:
        indent = " " * (column + self._choose(3))
        self._remarks += 1
        return (
            *("", " ", " ", f"\n{indent}", f"{self._behind()}\n{indent}"),
            f"\n{indent}# own {self._remarks}\n{indent}",
        )[self._choose(6)]


def is_over(action: Any) -> bool:
    return isinstance(action, dict) and action.get("status") in ("done", "dropped")


def carried(action: Any) -> Any:
    """Return an open action without its day, as no day above is in the new year."""
    return (
        {key: action[key] for key in action if key != "due"} if isinstance(action, dict) else action
    )


def expected_of(data: dict[str, Any]) -> Roadmap:
    """Return what next year's roadmap must be."""
    sections = {}
    for key, section in data["sections"].items():
        timeline = {}
        for period, actions in section.get("timeline", {}).items():
            listed = actions if isinstance(actions, list) else [actions]
            timeline[period] = [carried(each) for each in listed if not is_over(each)]
        timeline = {period: each for period, each in timeline.items() if each not in ([], [None])}
        sections[key] = {**section, "timeline": timeline}
    start = {"start": "2027-09"} if "start" in data["community"] else {}
    community = {**data["community"], **start}
    return Roadmap.model_validate({**data, "community": community, "sections": sections})


def own_remarks(text: str) -> list[str]:
    return re.findall(r"^\s*# own \d+$", text, re.MULTILINE)


def actions_in(data: dict[str, Any]) -> list[Any]:
    timelines = [section.get("timeline", {}) for section in data["sections"].values()]
    entries = [each for timeline in timelines for each in timeline.values()]
    return [action for each in entries for action in (each if isinstance(each, list) else [each])]


def without_notes(text: str) -> str:
    return re.sub(r"^ *# Carried over .*\n", "", text, flags=re.MULTILINE)


@settings(deadline=None, max_examples=200, phases=[Phase.explicit, Phase.generate])
@given(DATA, st.integers(0, 2**32), st.sampled_from(["\n", "\r\n"]))
def test_any_roadmap_leads_to_what_it_must(data: dict[str, Any], seed: int, eol: str) -> None:
    text = Writer(Random(seed).randrange).file(data)
    read = loading.examine(text.encode(), "bees.yaml")
    # By chance, one action may be done and dropped in a period: that is no roadmap.
    assume("contradictory-status" not in {found.rule for found in read.diagnostics})
    assert read.roadmap == Roadmap.model_validate(data), (text, read.diagnostics)
    result = after(text.replace("\n", eol)).replace(eol, "\n")
    again = loading.examine(result.encode(), "bees.yaml")
    assert again.roadmap == expected_of(data), result
    assert Counter(map(str.strip, own_remarks(text))) == Counter(
        map(str.strip, own_remarks(result))
    )
    actions = actions_in(data)
    if not any(is_over(each) or (isinstance(each, dict) and "due" in each) for each in actions):
        assert without_notes(result).replace("2027-09", "2026-09") == text
    twice = after(result)
    assert after(twice).count("Carried over") == twice.count("Carried over")
    assert without_notes(twice).replace("2028-09", "2027-09") == without_notes(result)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_have_a_next_year(path: Any) -> None:
    content = path.read_bytes()
    result = made(content)
    examined = loading.examine(result.content, path.name)
    assert examined.roadmap
    assert {each.action.status.is_over for each in examined.roadmap.actions} == {False}
    assert result.carried == len(examined.roadmap.actions)
