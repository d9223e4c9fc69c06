"""The policy of a page: it allows what is inside, and nothing else."""

import re
from pathlib import Path

import pytest

from cop_roadmap import policy
from cop_roadmap.formats import Documents, Format
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.view import make

EMPTY = '<meta http-equiv="Content-Security-Policy" content="">'
REST = "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"

# Each is what `openssl dgst -sha256 -binary | base64` makes of the text.
PARAGRAPH = "'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"  # p{}
LINES = "'sha256-S1+1UhUBsQI+oYzHJq9H6zGUGt9DphQexnvaBQ874Hc='"  # p{} between line breaks
CALL = "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"  # a()
ACCENT = "'sha256-8ohgF+nHq6z4BLVNZHh9zithHJVEuiHzr/3RJqblAIY='"  # "é"


@pytest.mark.parametrize(
    ("inside", "styles", "scripts"),
    [
        pytest.param("<p>x</p>", "'none'", "'none'", id="nothing"),
        pytest.param("<style>p{}</style>", PARAGRAPH, "'none'", id="style sheet"),
        pytest.param("<style>\np{}\n</style>", LINES, "'none'", id="with its line breaks"),
        pytest.param("<script>a()</script>", "'none'", CALL, id="script"),
        pytest.param('<script>"é"</script>', "'none'", ACCENT, id="script in UTF-8"),
        pytest.param(
            '<STYLE media="print">p{}</STYLE ><style>\np{}\n</style><script async>a()</script>',
            f"{PARAGRAPH} {LINES}",
            CALL,
            id="several, however written",
        ),
    ],
)
def test_a_policy_allows_what_is_inside(inside: str, styles: str, scripts: str) -> None:
    wanted = f"default-src 'none'; style-src {styles}; script-src {scripts}; {REST}"
    assert policy.of(inside) == wanted
    assert policy.fill_in(f"{EMPTY}{inside}") == EMPTY.replace('""', f'"{wanted}"') + inside


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<style>p{}</style>", id="no room for a policy"),
        pytest.param(EMPTY.replace('""', "\"default-src 'self'\""), id="its own policy"),
    ],
)
def test_a_page_without_an_empty_policy_stays_as_it_is(page: str) -> None:
    assert policy.fill_in(page) == page


# ── with templates ───────────────────────────────────────────────────────────────────────────────


def page_of(name: str, templates: Templates) -> str:
    view = make(Roadmap.model_validate({"community": {"name": name}}))
    return Documents(view, templates).produce(Format.HTML).decode()


def test_a_text_of_a_roadmap_takes_no_part_in_the_policy() -> None:
    hostile = page_of(f"{EMPTY}<script>a()</script>", Templates())
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="(.+?)">', hostile)
    assert f'content="{found}"' in page_of("Bees", Templates())
    assert CALL not in found


def test_the_policy_of_a_page_comes_before_what_it_is_for() -> None:
    page = page_of("Bees", Templates())
    at = [page.index(tag) for tag in ("<meta charset", "<meta http-equiv", "<style>", "<script")]
    assert at == sorted(at)


def test_the_policy_fits_templates_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "filter.js").write_bytes(b"a()")
    (tmp_path / "roadmap.html.j2").write_text(
        f"{EMPTY}<style>\np{{}}\n</style><script>{{{{ script }}}}</script>\n", "utf-8"
    )
    page = page_of("Bees", Templates(tmp_path))
    assert f"style-src {LINES}; script-src {CALL}; " in page
