"""The tool as a library, and what it costs to import it."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cop_roadmap
from cop_roadmap import Diagnostic, Place, Problems, Roadmap, Severity, embedding
from cop_roadmap.canvas import SECTION_KEYS

GOOD = """\
community:
  name: Open data stewards
  start: 2026-09
sections:
  vision:
    answer: Reuse from the first day
"""
WARNED = "community:\n  name: Bees\n  summary: 🐝\n"
BROKEN = "community:\n  nam: Bees\n  start: soon\n"

BEE = Diagnostic(
    rule="missing-glyph",
    severity=Severity.WARNING,
    message="No font of the PDF has `🐝`. It prints `[honeybee]`.",
    file="it.yaml",
    place=Place(3, 12, 3, 13),
    path="community.summary",
    hint="Say it in words, or leave it: the page and the Markdown show it.",
    excerpt="  summary: 🐝",
)
MISSPELT = Diagnostic(
    rule="unknown-key",
    severity=Severity.ERROR,
    message="`nam` is not a key of `community`.",
    file="it.yaml",
    place=Place(2, 3, 2, 6),
    path="community.nam",
    hint="Did you mean `name`?",
    excerpt="  nam: Bees",
)
NO_MONTH = Diagnostic(
    rule="bad-date",
    severity=Severity.ERROR,
    message="`soon` is not a month.",
    file="it.yaml",
    place=Place(3, 10, 3, 14),
    path="community.start",
    hint="Write year and month with a dash between, such as 2026-09.",
    excerpt="  start: soon",
)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Return a function that writes a roadmap into this directory and returns its name."""
    monkeypatch.chdir(tmp_path)

    def write_it(content: str) -> str:
        Path("it.yaml").write_text(content, "utf-8")
        return "it.yaml"

    return write_it


Write = Callable[[str], str]

# ── validate ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "findings"),
    [
        pytest.param(GOOD, (), id="nothing of a good file"),
        pytest.param(WARNED, (BEE,), id="a warning"),
        pytest.param(BROKEN, (MISSPELT, NO_MONTH), id="all errors, in the order of the file"),
        pytest.param(
            "",
            (
                Diagnostic(
                    "empty-file",
                    Severity.ERROR,
                    "The file is empty.",
                    "it.yaml",
                    hint="`coproadmap init` writes a roadmap to fill in.",
                ),
            ),
            id="an empty file",
        ),
    ],
)
def test_validate_returns_everything_that_is_wrong(
    write: Write, content: str, findings: tuple[Diagnostic, ...]
) -> None:
    assert cop_roadmap.validate(write(content)) == findings


def test_what_is_not_filled_in_is_told_where_it_is_asked_for(write: Write) -> None:
    path = write("community: {name: X}\nsections: {vision: {responsible: A, foo: }}\n")
    assert [found.rule for found in cop_roadmap.validate(path, gaps=True)] == ["unknown-key"]
    path = write("community: {name: X}\nambitions: {short_term: A}\nsections: {vision: {}}\n")
    assert cop_roadmap.validate(path) == ()
    found = cop_roadmap.validate(path, gaps=True)
    assert {each.severity for each in found} == {Severity.INFO}
    assert [each.path for each in found if each.rule == "no-ambition"] == [
        *("ambitions.medium_term", "ambitions.long_term"),
    ]
    assert list(found) == sorted(found, key=lambda each: (each.place, each.rule))


@pytest.mark.parametrize(
    ("name", "rule", "message"),
    [
        pytest.param("none.yaml", "cannot-read", "There is no such file.", id="a missing file"),
        pytest.param(".", "no-roadmap", "There is no roadmap in this directory.", id="a directory"),
    ],
)
def test_validate_returns_that_a_file_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rule: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cop_roadmap.validate(name) == (Diagnostic(rule, Severity.ERROR, message, name),)


def test_a_path_may_be_a_text_or_a_path(write: Write) -> None:
    name = write(WARNED)
    assert cop_roadmap.validate(Path(name)) == cop_roadmap.validate(name) == (BEE,)
    assert cop_roadmap.load(Path(name)) == cop_roadmap.load(name)


# ── load ─────────────────────────────────────────────────────────────────────────────────────────


def test_load_returns_the_roadmap_with_every_section(write: Write) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    assert isinstance(roadmap, Roadmap)
    assert roadmap.community.name == "Open data stewards"
    assert roadmap.community.start == date(2026, 9, 1)
    assert tuple(roadmap.sections) == SECTION_KEYS
    assert roadmap.sections["vision"].answer == "Reuse from the first day"
    assert roadmap.sections["objectives"].answer == ""


def test_warnings_alone_do_not_keep_a_file_from_being_loaded(write: Write) -> None:
    assert cop_roadmap.load(write(WARNED)).community.summary == "🐝"


def test_a_roadmap_is_loaded_in_one_of_its_languages(write: Write) -> None:
    name = write(
        "community: {name: {en: Bees, fr: Abeilles}, summary: Honey}\n"
        "sections: {vision: {timeline: {month_1: {en: Meet, fr: Se voir}}, responsible: [Ann]}}\n"
        "document: {footer: {en: Free, fr: Libre}}\n"
    )
    for language, texts in (
        (None, ("en", "Bees", "Honey", "Meet", "Free")),
        ("fr", ("fr", "Abeilles", "Honey", "Se voir", "Libre")),
        ("fr-CA", ("fr-CA", "Abeilles", "Honey", "Se voir", "Libre")),
    ):
        roadmap = cop_roadmap.load(name, language=language)
        community, (planned,) = roadmap.community, roadmap.actions
        footer = roadmap.document.footer
        found = (community.language, community.name, community.summary)
        assert (*found, planned.action.action, footer) == texts
    with pytest.raises(ValueError, match="'tlh'"):
        cop_roadmap.load(name, language="tlh")


def test_load_raises_problems_with_everything_that_is_wrong(write: Write) -> None:
    name = write(BROKEN)
    with pytest.raises(Problems) as caught:
        cop_roadmap.load(name)
    assert caught.value.diagnostics == (MISSPELT, NO_MONTH)
    assert str(caught.value) == "`nam` is not a key of `community`.; `soon` is not a month."


def test_load_raises_the_warnings_beside_the_errors(write: Write) -> None:
    name = write("community:\n  name: 3\n# a remark\nambitions:\n  short_term: Text #cut\n")
    with pytest.raises(Problems) as caught:
        cop_roadmap.load(name)
    assert [found.rule for found in caught.value.diagnostics] == ["wrong-type", "cut-text"]


def test_load_raises_problems_for_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    name = str(tmp_path / "none.yaml")
    with pytest.raises(Problems) as caught:
        cop_roadmap.load(name)
    assert caught.value.diagnostics == (
        Diagnostic("cannot-read", Severity.ERROR, "There is no such file.", name),
    )


# ── render ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("to", "beginning"),
    [
        pytest.param("md", b"# Open data stewards\n", id="md"),
        pytest.param("markdown", b"# Open data stewards\n", id="markdown"),
        pytest.param("html", b"<!doctype html>\n", id="html"),
        pytest.param("htm", b"<!doctype html>\n", id="htm"),
        pytest.param("pdf", b"%PDF-1.7\n", id="pdf", marks=pytest.mark.slow),
    ],
)
def test_render_returns_the_bytes_of_a_document(write: Write, to: str, beginning: bytes) -> None:
    document = cop_roadmap.render(cop_roadmap.load(write(GOOD)), to)
    assert document[: len(beginning)] == beginning
    assert to == "pdf" or "Reuse from the first day" in document.decode("utf-8")


def test_a_roadmap_and_a_theme_say_how_documents_look(tmp_path: Path) -> None:
    roadmap = Roadmap.model_validate(
        {
            "community": {"name": "Bees"},
            "document": {"footer": "Own", "logo": "logo.svg", "logo_text": "Ministry"},
        }
    )
    theme = tmp_path / "theme.yaml"
    theme.write_text("footer: House\n")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    page = cop_roadmap.render(roadmap, "html", theme=theme, directory=tmp_path).decode()
    assert ' alt="Ministry">' in page
    assert "<p>House</p></footer>" in page


def test_a_look_that_cannot_be_had_is_a_problem(tmp_path: Path) -> None:
    document = {"colours": {"ink": "#fff"}, "logo": "no.svg", "logo_text": "X"}
    roadmap = Roadmap.model_validate({"community": {"name": "Bees"}, "document": document})
    with pytest.raises(Problems) as raised:
        cop_roadmap.render(roadmap, "html", directory=tmp_path)
    assert [(each.rule, each.path) for each in raised.value.diagnostics] == [
        ("low-contrast", "document.colours.ink"),
        ("unusable-file", "document.logo"),
    ]


def test_a_theme_that_is_none_is_a_problem(tmp_path: Path) -> None:
    roadmap = Roadmap.model_validate({"community": {"name": "Bees"}})
    with pytest.raises(Problems, match="There is no such file"):
        cop_roadmap.render(roadmap, "html", theme=tmp_path / "no.yaml")


def test_render_writes_nothing(write: Write) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    cop_roadmap.render(roadmap, "md")
    cop_roadmap.render(roadmap, "html")
    assert [path.name for path in Path().iterdir()] == ["it.yaml"]


@pytest.mark.parametrize("to", ["docx", "", "md,html", ".md"])
def test_an_unknown_format_is_a_value_error(write: Write, to: str) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    with pytest.raises(ValueError, match=f"^no format is called {to!r}$"):
        cop_roadmap.render(roadmap, to)


@pytest.mark.parametrize("as_text", [True, False], ids=["as a text", "as a path"])
def test_own_templates_replace_the_built_in_ones_by_name(write: Write, as_text: bool) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    directory = Path("mine")
    directory.mkdir()
    (directory / "roadmap.md.j2").write_text("Mine alone\n")
    templates = str(directory) if as_text else directory
    assert cop_roadmap.render(roadmap, "md", templates=templates) == b"Mine alone\n"
    html = cop_roadmap.render(roadmap, "html", templates=templates)
    assert html == cop_roadmap.render(roadmap, "html")


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        pytest.param("\n{{ nothing }}", 2, "'nothing' is undefined", id="an unknown name"),
        pytest.param(
            "{% if %}",
            1,
            "Expected an expression, got 'end of statement block'",
            id="a mistake of syntax",
        ),
        pytest.param(
            "{% include '../it.yaml' %}",
            1,
            "there is no template called '../it.yaml'",
            id="a file outside the templates",
        ),
        pytest.param("\n\n{{ 1 // 0 }}", 3, "integer division or modulo by zero", id="arithmetic"),
    ],
)
def test_a_template_that_breaks_is_a_problem_with_its_place(
    write: Write, template: str, line: int, message: str
) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    Path("mine").mkdir()
    Path("mine/roadmap.md.j2").write_text(template)
    with pytest.raises(Problems) as caught:
        cop_roadmap.render(roadmap, "md", templates="mine")
    assert caught.value.diagnostics == (
        Diagnostic(
            rule="template-error",
            severity=Severity.ERROR,
            message=f"The template cannot be filled: {message}.",
            file="mine/roadmap.md.j2",
            place=Place(line, 1, line, 1),
            hint="Compare it with the built-in template of the same name.",
        ),
    )


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", id="endless recursion"),
        pytest.param("{{ 1 | blocks }}", id="a number where a filter takes text"),
    ],
)
def test_whatever_breaks_in_a_template_is_a_problem(write: Write, template: str) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    Path("mine").mkdir()
    Path("mine/roadmap.md.j2").write_text(template)
    with pytest.raises(Problems):
        cop_roadmap.render(roadmap, "md", templates="mine")


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        ({"pdf_variant": "pdf/a-9z"}, "There is no kind of PDF called 'pdf/a-9z'."),
        ({"pdf_variant": "a-2b", "source": "it.yaml"}, "No file may be put into pdf/a-2b."),
    ],
    ids=["no variant", "a variant that takes no file"],
)
def test_a_choice_that_makes_no_sense_is_a_value_error(
    write: Write, choice: dict[str, Any], reason: str
) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}"):
        cop_roadmap.render(roadmap, "pdf", **choice)


def test_a_source_that_cannot_be_read_is_a_problem(write: Write) -> None:
    roadmap = cop_roadmap.load(write(GOOD))
    with pytest.raises(Problems, match=r"^There is no such file\.$"):
        cop_roadmap.render(roadmap, "pdf", source="nowhere.yaml")


@pytest.mark.slow
def test_a_pdf_is_of_the_kind_that_is_asked_for_and_carries_its_source(write: Write) -> None:
    path = write(GOOD)
    content = cop_roadmap.render(cop_roadmap.load(path), "pdf", pdf_variant="a-3u", source=path)
    assert b'pdfaid:part="3"' in content
    assert embedding.extract(content, 9999) == embedding.Source("it.yaml", GOOD.encode())


# ── the package ──────────────────────────────────────────────────────────────────────────────────


def test_every_public_name_is_there() -> None:
    found = {name for name in cop_roadmap.__all__ if getattr(cop_roadmap, name, None) is not None}
    assert found == {
        *("load", "render", "validate"),
        *("Diagnostic", "Place", "Problems", "Roadmap", "Severity", "__version__"),
    }


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'cop_roadmap' has no attribute 'nothing'$"):
        cop_roadmap.__getattr__("nothing")


def imported(code: str, cwd: Path) -> set[str]:
    """Return the packages that a new process has imported after some code."""
    report = (
        "import atexit, sys; atexit.register("
        "lambda: print('modules:', *sorted({name.split('.')[0] for name in sys.modules})))"
    )
    process = subprocess.run(
        [sys.executable, "-c", f"{report}; {code}"],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(process.stdout.split("modules:")[1].split())


def command(*arguments: str) -> str:
    """Return code that runs the command."""
    return f"sys.argv[1:] = {arguments!r}; from cop_roadmap.cli import main; main()"


HEAVY = {
    *("pydantic", "yaml", "jinja2", "weasyprint", "rich", "babel", "markdown_it", "mdformat"),
    *("fontTools", "pypdf"),
}


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        pytest.param("import cop_roadmap", set(), id="import cop_roadmap"),
        pytest.param(command("--version"), set(), id="--version"),
        pytest.param(
            command("validate", "it.yaml"), {"pydantic", "yaml"}, id="validate a good file"
        ),
        pytest.param(
            command("render", "it.yaml", "--to", "html"),
            {"pydantic", "yaml", "jinja2", "babel", "markdown_it"},
            id="render --to html",
        ),
        pytest.param(
            command("render", "it.yaml", "--to", "md,html"),
            {"pydantic", "yaml", "jinja2", "babel", "markdown_it", "mdformat"},
            id="render --to md,html",
        ),
    ],
)
def test_nothing_is_imported_that_is_not_needed(write: Write, code: str, needed: set[str]) -> None:
    write(GOOD)
    assert imported(code, Path.cwd()) & HEAVY == needed


def test_a_view_is_rendered_for_one_need() -> None:
    data = {
        "community": {"name": "Bees", "start": "2026-09"},
        "sections": {"vision": {"responsible": "Core group", "timeline": {"month_1": "Draft"}}},
    }
    roadmap = Roadmap.model_validate(data)
    summary = cop_roadmap.render(roadmap, "md", view="summary", as_of=date(2026, 11, 1)).decode()
    assert "### Late\n\n- Draft (1.1 · Core group · due 30 Sept 2026)\n" in summary
    page = cop_roadmap.render(roadmap, "md", view="person", responsible="core GROUP").decode()
    assert page.startswith("# Core group\n")
    agenda = cop_roadmap.render(roadmap, "md", view="period", period="month_2").decode()
    assert "\nMonth 2 · October 2026\n" in agenda


def test_late_actions_are_marked_on_a_day() -> None:
    data = {
        "community": {"name": "Bees", "start": "2026-09"},
        "sections": {"vision": {"timeline": {"month_1": "Draft"}}},
    }
    roadmap = Roadmap.model_validate(data)
    assert "Draft (late)" not in cop_roadmap.render(roadmap, "md").decode()
    assert "Draft (late)" in cop_roadmap.render(roadmap, "md", as_of=date(2026, 10, 1)).decode()


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"view": "slides"}, "There is no view called 'slides'"),
        ({"view": "person", "responsible": "Zoe"}, "Nobody called Zoe"),
        ({"view": "person"}, "Say whose page"),
        ({"responsible": "Zoe"}, "Names are for the page of a person"),
        ({"view": "period", "period": "march"}, "There is no period called 'march'"),
        ({"view": "summary", "gantt": True}, "The chart belongs to the whole roadmap"),
    ],
)
def test_a_view_that_cannot_be_is_a_value_error(choices: dict[str, Any], said: str) -> None:
    roadmap = Roadmap.model_validate({"community": {"name": "Bees"}})
    with pytest.raises(ValueError, match=said):
        cop_roadmap.render(roadmap, "md", **choices)
