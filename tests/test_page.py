"""The page as its readers meet it: in a browser, by keyboard, small and large, light and dark."""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cop_roadmap
from cop_roadmap import canvas
from cop_roadmap.formats import Documents, Format
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.view import make
from tests.browser import PROGRAMS, Browser, Look
from tests.roadmaps import EXAMPLES, ROADMAPS, view_of

pytestmark = pytest.mark.slow

# Every kind of roadmap, and every example.
FILES = (file.name for file in sorted(EXAMPLES.glob("*.yaml")))
PAGES = [*ROADMAPS, *(name for name in FILES if name not in ROADMAPS.values())]
COMPLETE = "complete in English"

KEYS = canvas.SECTION_KEYS[::6]  # of every second facet

each_page = pytest.mark.parametrize("name", PAGES)

WIDTHS = (320, 768, 1280, 1920)
LOOKS = [
    *(
        Look(width=width, scheme=scheme, scripts=scripts)
        for width in WIDTHS
        for scheme, scripts in (("light", width in {320, 1280}), ("dark", width in {768, 1920}))
    ),
    Look(media="print"),
]
# The other half: scripts change little, so one page will do.
OTHER_LOOKS = [replace(look, scripts=not look.scripts) for look in LOOKS]


def described(look: object) -> str:
    assert isinstance(look, Look)
    scripts = "scripts" if look.scripts else "no scripts"
    return f"{look.width}, {look.scheme}, {look.media}, {scripts}"


@cache
def page(name: str) -> str:
    return Documents(view_of(name), Templates()).produce(Format.HTML).decode()


def page_of(roadmap: dict[str, Any], as_of: date | None = None) -> str:
    view = make(Roadmap.model_validate(roadmap), as_of)
    return Documents(view, Templates()).produce(Format.HTML).decode()


Shown = Callable[[str, Look], dict[str, Any]]


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Shown:
    """Show a page in the browser and return what was seen there."""

    def show(html: str, look: Look) -> dict[str, Any]:
        file = tmp_path / "page.html"
        file.write_text(html, "utf-8")
        seen = browser(file, look)
        assert seen["loaded"].pop(0) == file.as_uri()
        return seen

    return show


# ── open to everybody ────────────────────────────────────────────────────────────────────────────

# What axe must have looked at, so that it cannot pass by looking at nothing.
RULES = {"color-contrast", "heading-order", "html-has-lang", "landmark-unique", "region"}
RULES_OF_A_SCREEN = {"link-name", "scrollable-region-focusable", "skip-link", "target-size"}


def assert_open_to_everybody(seen: dict[str, Any]) -> None:
    """Check what axe has found, and what it does not look at."""
    assert {
        key: seen[key]
        for key in ("violations", "undecided", "loaded", "said", "dead", "twice", "small")
    } == {
        "violations": [],
        "undecided": [],  # contrast that axe could not tell
        "loaded": [],  # beside the page itself
        "said": [],  # by the console, which reports what the policy forbids
        "dead": [],  # links that lead nowhere in the page
        "twice": [],  # the same id
        "small": [],  # targets below 24 pixels
    }
    assert seen["overflow"] <= 0


@each_page
@pytest.mark.parametrize("look", LOOKS, ids=described)
def test_a_page_is_open_to_everybody(name: str, look: Look, shown: Shown) -> None:
    seen = shown(page(name), replace(look, tasks=("axe",)))
    assert_open_to_everybody(seen)
    wanted = RULES | (RULES_OF_A_SCREEN if look.media == "screen" else set())
    assert wanted <= set(seen["passed"])


@pytest.mark.parametrize("look", LOOKS, ids=described)
def test_a_page_that_marks_what_is_late_is_open_to_everybody(look: Look, shown: Shown) -> None:
    view = make(cop_roadmap.load(EXAMPLES / "open-data-stewards.yaml"), date(2027, 3, 1))
    html = Documents(view, Templates()).produce(Format.HTML).decode()
    assert html.count(" data-late") > 50
    assert_open_to_everybody(shown(html, replace(look, tasks=("axe",))))


@pytest.mark.parametrize("look", OTHER_LOOKS, ids=described)
def test_scripts_on_or_off_make_no_difference(look: Look, shown: Shown) -> None:
    assert_open_to_everybody(shown(page(COMPLETE), replace(look, tasks=("axe",))))


@each_page
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    width: int, scripts: bool, name: str, shown: Shown
) -> None:
    walk = shown(page(name), Look(width=width, scripts=scripts, tasks=("walk",)))["walk"]
    assert walk["reached"] == walk["wanted"]
    assert walk["unseen"] == []
    assert walk["reached"][0].startswith('<a class="skip" href="#content">')
    text = "".join(walk["reached"])
    assert ("<select" in text, "<button" in text) == (scripts, scripts)
    assert text.count('role="region"') == (2 if view_of(name).reviews else 1)


@pytest.mark.parametrize("width", [320, 1280])
def test_what_has_the_focus_is_not_hidden_by_headers_that_stay(width: int, shown: Shown) -> None:
    period = "[x](https://e.org) [y](https://e.org)"
    section = {"timeline": dict.fromkeys(canvas.PERIOD_KEYS, period), "resources": period}
    html = page_of({"community": {"name": "Bees"}, "sections": dict.fromkeys(KEYS, section)})
    seen = shown(html, Look(width=width, height=600, tasks=("cover",)))
    links = len(KEYS) * (len(canvas.PERIOD_KEYS) + 1) * 2
    assert seen["covered"] == [links, 0]


@each_page
@pytest.mark.parametrize("width", [320, 1280])
def test_texts_may_be_spaced_out(width: int, name: str, shown: Shown) -> None:
    spaced = shown(page(name), Look(width=width, tasks=("space",)))["spaced"]
    assert spaced["overflow"] <= 0
    assert spaced["cut"] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_headers_of_the_grid_stay_in_view(width: int, shown: Shown) -> None:
    scroll = shown(page(COMPLETE), Look(width=width, tasks=("scroll",)))["scroll"]
    assert scroll["top"] > 0
    assert scroll["left"] > 0 or width == max(WIDTHS)
    near = range(3)
    assert scroll["column"] in near
    assert scroll["row"] in near
    assert scroll["group"] in range(16)


def test_headers_that_stay_do_not_fill_a_low_window(shown: Shown) -> None:
    scroll = shown(page(COMPLETE), Look(width=320, height=256, tasks=("scroll",)))["scroll"]
    assert scroll["column"] < 0
    assert scroll["row"] in range(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_statuses_and_boxes(scheme: str, shown: Shown) -> None:
    look = Look(forced_colors=True, scheme=scheme, tasks=("marks",))
    assert shown(page(COMPLETE), look)["marks"] == {
        "done": "Right Bottom",
        "in_progress": "Top Right",
        "dropped": "Top",
        "box": "1px",
    }


def test_nothing_moves() -> None:
    style = Templates().read("style.css")
    moving = ("transition", "animation", "@keyframes", "scroll-behavior")
    assert [word for word in moving if word in style] == []


BROKEN = {
    "pale text": ("<h1>", "<h1><style>h1 { color: #ddd }</style>", "violations"),
    "no language": ('<html lang="en">', "<html>", "violations"),
    "dead link": ('href="#vision"', 'href="#visions"', "dead"),
    "the same id": ('id="vision"', 'id="content"', "twice"),
    "picture from elsewhere": ("<h1>", '<img alt="" src="https://e.org/x.png"><h1>', "said"),
    "style attribute": ("<h1>", '<h1 style="color: red">', "said"),
    "another script": ("</body>", "<script>1</script></body>", "said"),
    "small button": ("</main>", "<button style=width:9px;height:9px>x</button></main>", "small"),
}


@pytest.mark.parametrize(("old", "new", "where"), BROKEN.values(), ids=BROKEN)
def test_the_browser_sees_what_is_broken(old: str, new: str, where: str, shown: Shown) -> None:
    html = page("minimal")
    assert old in html
    broken = html.replace(old, new)
    if where in {"violations", "small"}:
        broken = without_policy(broken)
    seen = shown(broken, Look(tasks=("axe",)))
    assert seen[where] != []
    with pytest.raises(AssertionError):
        assert_open_to_everybody(seen)


def without_policy(html: str) -> str:
    start = html.index('<meta http-equiv="Content-Security-Policy"')
    return html[:start] + html[html.index(">", start) + 1 :]


def test_the_browser_sees_what_is_loaded_and_too_wide(shown: Shown) -> None:
    html = without_policy(page("minimal"))
    wide = "<style>h1 { width: 2000px }</style><img alt='' src='data:,'><img alt='' src='x.png'>"
    seen = shown(html.replace("</main>", f"{wide}</main>"), Look())
    assert [address.rpartition("/")[2] for address in seen["loaded"]] == ["x.png"]
    assert seen["overflow"] > 0


@pytest.mark.parametrize(
    ("style", "where"),
    [
        pytest.param(":focus-visible { outline: none !important }", "unseen", id="no outline"),
        pytest.param(".anchor { opacity: 0 !important }", "unseen", id="invisible"),
    ],
)
def test_the_browser_sees_where_the_keyboard_gets_lost(
    style: str, where: str, shown: Shown
) -> None:
    html = without_policy(page("minimal")).replace("</head>", f"<style>{style}</style></head>")
    assert shown(html, Look(tasks=("walk",)))["walk"][where] != []


# ── the filter ───────────────────────────────────────────────────────────────────────────────────

BEES = {
    "community": {"name": "Bees", "start": "2026-09"},
    "sections": {
        "vision": {
            "responsible": ["Ann", "Bo  Ek"],
            "timeline": {
                "month_1": ["Draft", {"action": "Ask", "responsible": "Zoe", "status": "done"}],
                "month_2": {"action": "Adopt", "status": "in_progress"},
            },
        },
        "governance": {"timeline": {"month_2": {"action": "Vote", "responsible": "Bo\nEk"}}},
        "results": {"responsible": "Zoe", "timeline": {"month_1": "Count"}},
        "support": {"responsible": "<b>'\"&amp;"},
    },
}
ALL_PERIODS = [period.title for period in make(Roadmap.model_validate(BEES)).periods]
# What is shown for a choice: number of columns, facets, sections, actions, and what is said.
CHOICES = [
    pytest.param(
        {"person": "Zoe"},
        (8, ["1 Vision", "8 Measurement"], ["1.1 Vision", "8.3 Results"], ["Ask", "Count"]),
        "Actions shown: 2 of 5.",
        id="her own action, and that of her section",
    ),
    pytest.param(
        {"person": "Bo Ek"},
        (
            8,
            ["1 Vision", "2 Governance"],
            ["1.1 Vision", "2.1 Governance"],
            ["Draft", "Adopt", "Vote"],
        ),
        "Actions shown: 3 of 5.",
        id="a name that is spaced in several ways",
    ),
    pytest.param(
        {"period": "Month 2 · Oct 2026"},
        (1, ["1 Vision", "2 Governance"], ["1.1 Vision", "2.1 Governance"], ["Adopt", "Vote"]),
        "Actions shown: 2 of 5.",
        id="period",
    ),
    pytest.param(
        {"status": "planned"},
        (
            8,
            ["1 Vision", "2 Governance", "8 Measurement"],
            ["1.1 Vision", "2.1 Governance", "8.3 Results"],
            ["Draft", "Vote", "Count"],
        ),
        "Actions shown: 3 of 5.",
        id="status",
    ),
    pytest.param(
        {"person": "Zoe", "period": "Month 1 · Sept 2026", "status": "done"},
        (1, ["1 Vision"], ["1.1 Vision"], ["Ask"]),
        "Actions shown: 1 of 5.",
        id="all three",
    ),
    pytest.param(
        {"person": "<b>'\"&amp;"},
        (8, [], [], []),
        "No action fits this choice.",
        id="nothing, and a hostile name",
    ),
]


@pytest.mark.parametrize(("choose", "expected", "told"), CHOICES)
def test_a_choice_shows_its_actions_and_says_how_many(
    choose: dict[str, str],
    expected: tuple[int, list[str], list[str], list[str]],
    told: str,
    shown: Shown,
) -> None:
    seen = shown(page_of(BEES), Look(choose=choose, reset=True))
    columns, facets, sections, actions = expected
    grid = seen["grid"]
    assert len(grid["columns"]) == columns
    assert (grid["facets"], grid["sections"]) == (facets, sections)
    assert grid["actions"] == actions
    assert grid["told"] == [told]
    # Then everything is shown again.
    again = seen["again"]
    assert [len(again[key]) for key in ("columns", "facets", "sections", "actions")] == [
        8,
        8,
        24,
        5,
    ]
    assert again["told"] == ["Actions shown: 5 of 5."]


def test_on_a_day_the_filter_finds_what_is_late(shown: Shown) -> None:
    html = page_of(BEES, date(2026, 10, 15))
    grid = shown(html, Look(choose={"status": "late"}))["grid"]
    assert grid["options"][2] == [
        *("All statuses", "planned", "in progress", "done", "dropped", "late")
    ]
    assert grid["actions"] == ["Draft", "Count"]
    assert grid["told"] == ["Actions shown: 2 of 5."]
    # Late is no status: what is late is still planned.
    planned = shown(html, Look(choose={"status": "planned"}))["grid"]["actions"]
    assert planned == ["Draft", "Vote", "Count"]


def test_the_filter_remembers_nothing(shown: Shown) -> None:
    seen = shown(page_of(BEES), Look(choose={"person": "Zoe"}, leave=True))
    assert seen["grid"]["stored"] == [0, 0, "", "", ""]
    assert seen["grid"]["chosen"] == ["Zoe", "", ""]
    assert seen["again"]["chosen"] == ["", "", ""]
    assert len(seen["again"]["actions"]) == 5


def test_the_filter_offers_everybody_every_period_and_every_status(shown: Shown) -> None:
    assert shown(page_of(BEES), Look(choose={"person": "Zoe"}))["grid"]["options"] == [
        ["Everyone", "<b>'\"&amp;", "Ann", "Bo Ek", "Zoe"],
        ["All periods", *ALL_PERIODS],
        ["All statuses", "planned", "in progress", "done", "dropped"],
    ]


@each_page
def test_a_filtered_page_is_open_to_everybody(name: str, shown: Shown) -> None:
    status = view_of(name).statuses["done"]
    look = Look(width=320, choose={"status": status}, tasks=("axe",))
    assert_open_to_everybody(shown(page(name), look))


def test_without_scripts_there_is_no_filter(shown: Shown) -> None:
    walk = shown(page(COMPLETE), Look(scripts=False, tasks=("walk",)))["walk"]
    assert "<select" not in "".join(walk["wanted"])


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────


def test_a_browser_prints_the_page_without_what_only_a_screen_needs(
    shown: Shown, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    file = tmp_path / "page.pdf"
    shown(page(COMPLETE), Look(scheme="dark", paper=str(file)))
    done = subprocess.run([tool("pdftotext"), file, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    labels = view_of(COMPLETE).labels
    assert labels["timeline_intro"] in text
    hidden = ("filter_reset", "filter_everyone", "back_to_contents", "skip_to_content")
    assert [key for key in hidden if labels[key] in text] == []
    assert "\n#\n" not in text


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────

CHECKER = PROGRAMS / "vnu-jar" / "build" / "dist" / "vnu.jar"
ACCEPTED = (
    # The checker takes a hash for wrong when its text has several lines. Browsers know better:
    # above, the console is silent, and speaks when an element is not in the policy.
    "Inline style violates Content Security Policy",
    "Inline script violates Content Security Policy",
    # Which characters a roadmap has is its author's choice, and so are its words: the checker
    # guesses their language, and not always the same.
    "This document appears to be written in",
    "Document uses the Unicode Private Use Area(s)",
)


def messages_of(pages: dict[str, str], directory: Path, java: str) -> list[str]:
    """Return what the Nu Html Checker has to say about HTML and CSS."""
    if not CHECKER.exists():
        message = "needs `npm install --prefix tests/node --no-package-lock`"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    for name, html in pages.items():
        (directory / f"{name}.html").write_text(html, "utf-8")
    command = [java, "-jar", str(CHECKER), "--format", "json", "--exit-zero-always"]
    files = [str(directory / f"{name}.html") for name in pages]
    done = subprocess.run([*command, *files], capture_output=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(message['url']).stem}:{message['lastLine']}: {message['message']}"
        for message in messages
        if not message["message"].startswith(ACCEPTED)
    ]


def test_every_page_is_html_as_the_standard_has_it(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    assert messages_of({name: page(name) for name in PAGES}, tmp_path, tool("java")) == []


def test_the_checker_sees_broken_html_and_css(tmp_path: Path, tool: Callable[[str], str]) -> None:
    html = page("minimal")
    broken = {
        "tag": html.replace("</main>", ""),
        "attribute": html.replace("<h1>", "<h1 colour>"),
        "style": html.replace("max-width: 46rem", "max-width: red"),
    }
    found = messages_of(broken, tmp_path, tool("java"))
    assert {message.partition(":")[0] for message in found} == set(broken)
