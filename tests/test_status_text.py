"""The screen: what matters first, within its width, with and without bars and colours."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from cop_roadmap.canvas import PERIODS
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.status import StatusFormat, write
from cop_roadmap.status.snapshot import Filters, Overview, Snapshot, take
from cop_roadmap.status.text import shared_out
from tests.status import DATA, HOSTILE, TODAY, crowd, hostile, overview, roadmap, snapshot
from tests.test_reporters_text import TERMINAL_VARIABLES, on_terminal

WIDTHS = (20, 40, 63, 64, 80, 200)


def drawn(*snapshots: Snapshot, width: int = 80, encoding: str = "utf-8") -> str:
    """Return what is printed where there is no terminal."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    with pytest.MonkeyPatch.context() as patch:
        for name in TERMINAL_VARIABLES:
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", str(width))
        return write(overview(*snapshots), StatusFormat.TEXT, stream)


def test_a_screen_says_what_matters_first() -> None:
    assert (
        drawn()
        == """\
Bees
23 November 2026 · Month 3 of 12

Progress                  done  in progress  planned  late
All actions                  1            0        4     2
1 Vision                     1            0        2     2
2 Governance                 0            0        0     0
3 Leadership                 0            0        0     0
4 Convening                  0            0        0     0
5 Collaboration              0            0        0     0
6 Community management       0            0        0     0
7 User experience            0            0        2     0
8 Measurement                0            0        0     0

Overdue: 2
  23 days  1.1 Adopt it                                      Core group, Sponsor
  13 days  1.1 Test it                                       ada marsh

Due in Month 3 (November 2026): 3
  ada marsh   1.1 Test it                                           13 days late
  Zoé         1.1 Publish it                                           by 30 Nov
  Nobody      7.3 Open a desk

Without anybody: 2
  7.3 Open a desk                                                        Month 3
  7.3 Close it                                                           Month 6

Completeness  3% of the roadmap is filled in
Last review   12 Nov 2026, by Core group · 3.5 of 5 on average, up 0.5
Next review   12 February 2027, in 81 days
"""
    )


def test_a_screen_is_in_the_language_of_the_community() -> None:
    text = drawn(snapshot(language="fr"))
    assert "23 novembre 2026 · Mois 3 sur 12\n" in text
    assert "À faire, Mois 3 (novembre 2026)\xa0: 3\n" in text
    assert "  23 jours  1.1 Adopt it" in text
    assert "La feuille de route est remplie à 3\xa0%" in text.replace("\u202f", "\xa0")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        pytest.param(
            date(2026, 8, 31), "The year begins in 1 day, on 1 September 2026.", id="the eve"
        ),
        pytest.param(
            date(2026, 8, 29), "The year begins in 3 days, on 1 September 2026.", id="before"
        ),
        pytest.param(
            date(2027, 9, 1),
            "The year ended on 31 August 2027. `coproadmap next` writes the roadmap of the\n",
            id="after",
        ),
        pytest.param(date(2027, 4, 5), "Month 8 of 12 (Months 7 to 9)", id="a long period"),
        pytest.param(date(2027, 3, 1), "12 February 2027, overdue by 17 days", id="review late"),
        pytest.param(date(2027, 2, 12), "12 February 2027, today", id="review today"),
    ],
)
def test_a_screen_says_what_is_particular_about_a_day(day: date, said: str) -> None:
    reviews = DATA["reviews"][:2]
    plan = Roadmap.model_validate({**DATA, "reviews": reviews})
    assert said in drawn(take(plan, day))


def test_without_a_start_a_screen_says_what_cannot_be_known_and_what_to_do() -> None:
    text = drawn(snapshot(start=""))
    assert "The roadmap does not say when it starts" in text
    assert "`--period month_3`" in text
    assert "Overdue: 1\n  13 days  1.1 Test it" in text


def test_a_roadmap_with_nothing_but_a_name_has_a_short_screen() -> None:
    plan = Roadmap.model_validate({"community": {"name": "Bees", "start": "2026-09"}})
    assert (
        drawn(take(plan, TODAY))
        == """\
Bees
23 November 2026 · Month 3 of 12

No action is planned yet. Write what you will do under `timeline` in a section.

Completeness  0% of the roadmap is filled in
Last review   none yet
"""
    )


def test_a_screen_says_what_it_is_narrowed_to() -> None:
    filters = Filters("Ada Marsh", ("vision",), PERIODS[2])
    assert "Only: Ada Marsh · 1 Vision · Month 3\n" in drawn(snapshot(filters=filters))
    none = drawn(snapshot(filters=Filters("Zoé", ("user_experience",))))
    assert "No action fits this choice.\n" in none


def test_markup_of_actions_is_left_out() -> None:
    action = {"action": "See [**us**](https://e.org) & `a*b`", "due": "2026-11-01"}
    data = {**DATA, "sections": {"vision": {"timeline": {"month_3": action}}}}
    assert "1.1 See us & a*b  " in drawn(take(Roadmap.model_validate(data), TODAY))


def test_long_lists_are_cut_and_say_so() -> None:
    text = drawn(take(crowd(2_000), date(2026, 12, 24)))
    assert len(text.splitlines()) <= 45
    assert "Overdue: 2000\n" in text
    assert "  and 1996 more\n" in text
    open_ = drawn(take(crowd(2_000), TODAY))
    assert len(open_.splitlines()) <= 45
    assert "and 48 more" in open_
    assert "more names\n" in open_
    assert "`--format markdown` shows all." in open_


def test_nothing_is_cut_where_there_is_room() -> None:
    text = drawn()
    assert "more" not in text
    assert "--format" not in text


def test_communities_are_told_apart_and_many_are_summed_up() -> None:
    two = drawn(snapshot(), snapshot(name="Wasps"))
    assert two.count("─" * 80) == 1
    assert re.search(r"^Wasps +bees\.yaml$", two, re.MULTILINE)
    four = drawn(*[snapshot()] * 4)
    assert four.splitlines()[-1] == (
        "4 communities · 28 actions · 4 done · 0 in progress · 16 planned · 8 late"
    )


# ── anything, anywhere ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_is_wider_than_the_screen(width: int, language: str) -> None:
    french = hostile().in_language(language)
    for seen in (snapshot(language=language), take(french, TODAY), take(crowd(90), TODAY)):
        for line in drawn(seen, width=width).splitlines():
            assert cell_len(line) <= width, line


def test_nothing_raw_reaches_a_terminal() -> None:
    text = drawn(take(hostile(), TODAY), width=200)
    assert all(char.isprintable() or char in "\n\xa0" for char in text)
    assert "[/x] [bold]x[/]" in text


def test_a_stream_without_the_signs_gets_those_of_the_keyboard() -> None:
    text = drawn(snapshot(), snapshot(), encoding="ascii").replace("Zoé", "")
    assert text.isascii()
    assert "23 November 2026 - Month 3 of 12\n" in text


def test_every_part_of_a_bar_is_seen() -> None:
    assert shared_out([1, 0, 1, 998], 10) == [1, 0, 1, 8]
    assert shared_out([0, 0, 0, 0], 10) == [0, 0, 0, 0]


@given(st.lists(st.integers(0, 5000), min_size=4, max_size=4), st.integers(4, 40))
def test_every_bar_is_full_and_shows_what_there_is(counts: list[int], width: int) -> None:
    cells = shared_out(counts, width)
    assert sum(cells) == (width if any(counts) else 0)
    assert [cell > 0 for cell in cells] == [count > 0 for count in counts]


# ── on a terminal ────────────────────────────────────────────────────────────────────────────────

YAML = """\
community: {name: Bees, start: 2026-09}
sections:
  vision:
    responsible: Core group
    timeline:
      month_1: {action: Draft it, status: done}
      month_2: Adopt it
      month_3: [{action: Test it, status: in_progress}, Publish it]
"""
ARGUMENTS = ("status", "bees.yaml", "--as-of", "2026-11-23")


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    (tmp_path / "bees.yaml").write_text(YAML, "utf-8")
    return tmp_path


def test_on_a_terminal_counts_are_bars_with_colours(bees: Path) -> None:
    code, text = on_terminal(*ARGUMENTS, cwd=bees)
    assert code == 0
    assert "\x1b[32m███" in text
    row = re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()[4]
    assert re.fullmatch(r"All actions +█+▒+▄+·+( +1){4}", row)


def test_without_colours_bars_are_told_apart_by_their_signs(bees: Path) -> None:
    code, text = on_terminal(*ARGUMENTS, cwd=bees, variables={"NO_COLOR": "1"})
    assert code == 0
    assert not re.search(r"\x1b\[(\d+;)*3\d", text)
    assert re.search("█+.*▒+.*▄+.*·+", text)


def test_a_dumb_terminal_gets_plain_text(bees: Path) -> None:
    code, text = on_terminal(*ARGUMENTS, cwd=bees, variables={"TERM": "dumb"})
    assert code == 0
    assert "\x1b" not in text
    assert "█" not in text


def test_a_terminal_with_signs_of_the_keyboard_gets_bars_of_them(bees: Path) -> None:
    code, text = on_terminal(*ARGUMENTS, cwd=bees, variables={"PYTHONIOENCODING": "ascii"})
    assert code == 0
    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert plain.isascii()
    assert re.search(r"#+=+!+\.+", plain)


def test_the_hostile_texts_are_those_that_were_meant() -> None:
    assert {"\x1b", "\x9b", "\u202e"} <= set("".join(HOSTILE))


def test_an_overview_of_nothing_is_empty() -> None:
    assert write(Overview(TODAY, Filters(), ()), StatusFormat.TEXT) == ""


def test_a_rating_moves_by_what_a_reader_sees() -> None:
    # From 7/3 to 11/3: 2.3 and 3.7 are shown, and so 1.4 is between them.
    ratings = [
        dict(zip(("vision", "objectives", "support"), row, strict=True))
        for row in ((2, 2, 3), (3, 4, 4))
    ]
    reviews = [
        {"date": day, "ratings": each}
        for day, each in zip(("2026-09-30", "2026-11-12"), ratings, strict=True)
    ]
    text = drawn(take(roadmap({**DATA, "reviews": reviews}), TODAY))
    assert "3.7 of 5 on average, up 1.4" in text
