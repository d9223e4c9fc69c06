"""Templates: whose file counts, what breaks them, and what they cannot reach."""

import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cop_roadmap import templating
from cop_roadmap.diagnostics import Diagnostic, Place, Problems, Severity
from cop_roadmap.formats import Documents, Format
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates, _environment, builtin_directory, builtin_templates
from cop_roadmap.theme import Theme
from cop_roadmap.view import make

NAME = "roadmap.md.j2"
DATA: Mapping[str, Any] = {"name": "Bees", "labels": {"roadmap": "Roadmap"}, "periods": ["a", "b"]}
FILTERS: Mapping[str, Callable[..., Any]] = {"shout": lambda text: text.upper() + "!"}

Write = Callable[..., Templates]


@pytest.fixture
def templates(tmp_path: Path) -> Write:
    """Put templates into a directory of the user's."""

    def write(text: str, **others: str) -> Templates:
        for name, content in {NAME: text, **others}.items():
            (tmp_path / name).write_text(content, "utf-8")
        return Templates(tmp_path)

    return write


def problem_of(templates: Templates, *, html: bool = False) -> Diagnostic:
    with pytest.raises(Problems) as raised:
        templates.render(NAME, DATA, FILTERS, html=html)
    (problem,) = raised.value.diagnostics
    return problem


# ── where templates lie ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("directory", "file"),
    [
        *[
            pytest.param("templates", name, id=name)
            for name in (
                *("roadmap.html.j2", "roadmap.md.j2", "scaffold.yaml.j2"),
                *("style.css", "filter.js", "pdf.css"),
            )
        ],
        pytest.param("examples", "open-data-stewards.yaml", id="an example"),
        pytest.param("languages", "fr.yaml", id="a language, which is inside the package"),
    ],
)
def test_the_files_of_the_tool_are_found(directory: str, file: str) -> None:
    assert (builtin_directory(directory) / file).is_file()


def test_every_template_of_documents_can_be_copied() -> None:
    names = [name for name, _ in builtin_templates()]
    assert names == sorted({*names})
    assert {"pdf.css", "roadmap.html.j2", "roadmap.md.j2", "style.css"} <= {*names}
    assert "scaffold.yaml.j2" not in names
    copied = {name: content.decode() for name, content in builtin_templates()}
    assert copied == {name: Templates().read(name) for name in names}


def test_without_a_directory_the_built_in_templates_serve() -> None:
    built_in = builtin_directory("templates") / "style.css"
    assert Templates().read("style.css") == built_in.read_text("utf-8")


def test_a_file_of_the_user_replaces_the_built_in_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "pdf.css").write_text("body { color: red }", "utf-8")
    mine, built_in = Templates(tmp_path), Templates()
    assert mine.read("pdf.css") == "body { color: red }"
    assert mine.read("style.css") == built_in.read("style.css")
    assert built_in.read("pdf.css") != "body { color: red }"


def test_a_template_of_the_user_replaces_the_built_in_one_of_its_name(templates: Write) -> None:
    assert templates("{{ name }}").render(NAME, DATA, FILTERS) == "Bees"


def style_of_page(directory: Path) -> str:
    """Make a page with the user's templates in a directory, and return its style sheet."""
    view = make(Roadmap.model_validate({"community": {"name": "Bees"}}))
    page = Documents(view, Templates(directory)).produce(Format.HTML).decode()
    (style,) = re.findall(r"(?s)<style>\s*(.*?)\s*</style>", page)
    # The variables of the theme stand before it.
    return str(style).removeprefix(Theme().as_css("").lstrip())


def test_a_built_in_template_includes_the_file_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("h1 { color: red }", "utf-8")
    assert style_of_page(tmp_path) == "h1 { color: red }"


def test_a_template_of_the_user_can_include_another_and_a_built_in_one(templates: Write) -> None:
    mine = templates("{% include 'a.txt' %} {% include 'pdf.css' %}", **{"a.txt": "{{ name }}"})
    assert mine.render(NAME, DATA, FILTERS) == f"Bees {Templates().read('pdf.css')}"


@pytest.mark.parametrize(
    "style",
    ["@media print{#content{margin:0}}", "a{--x:{{}}}"],
    ids=["number sign behind a brace", "two braces"],
)
def test_a_style_sheet_stands_in_the_page_as_it_is(tmp_path: Path, style: str) -> None:
    (tmp_path / "style.css").write_text(style, "utf-8")
    assert style_of_page(tmp_path) == style


def test_a_file_that_is_nowhere_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.css"):
        Templates(tmp_path).read("nothing.css")


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "a/../../secret.txt"])
def test_a_template_includes_nothing_outside_its_directory(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("SECRET", "utf-8")
    inside = tmp_path / "templates"
    (inside / "a").mkdir(parents=True)
    (inside / NAME).write_text(f"{{% include '{name}' %}}", "utf-8")
    assert problem_of(Templates(inside)).rule == "template-error"


# ── filling ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("{{ name }}", "Bees", id="name"),
        pytest.param("{{ labels.roadmap }}", "Roadmap", id="label"),
        pytest.param("{{ name | shout }}", "BEES!", id="filter of the format"),
        pytest.param(
            "a\n{% if name %}\nb\n{% endif %}\nc\n", "a\nb\nc\n", id="lines of statements"
        ),
        pytest.param("{% for p in periods %}{{ p }},{% endfor %}", "a,b,", id="loop"),
        pytest.param("{{ '<b>' }}", "<b>", id="text stays text"),
        pytest.param("{{ missing is defined }}", "False", id="asking whether a name is known"),
    ],
)
def test_a_template_is_filled(templates: Write, text: str, expected: str) -> None:
    assert templates(text).render(NAME, DATA, FILTERS) == expected


def test_html_is_escaped_whatever_the_template_is_called(templates: Write) -> None:
    text = "{{ '<b>' }}<p title=\"{{ '\"' }}\">"
    mine = templates(text)
    assert mine.render(NAME, DATA, FILTERS, html=True) == '&lt;b&gt;<p title="&#34;">'
    assert mine.render(NAME, DATA, FILTERS) == '<b><p title=""">'


def test_a_template_that_changed_is_read_again(templates: Write) -> None:
    assert templates("one").render(NAME, DATA, FILTERS) == "one"
    assert templates("three").render(NAME, DATA, FILTERS) == "three"


# ── breaking ─────────────────────────────────────────────────────────────────────────────────────

BROKEN = [
    pytest.param("\n{{ nothing }}", 2, "'nothing' is undefined", id="unknown name"),
    pytest.param(
        "\n\n{{ labels.nothing }}", 3, "'dict object' has no attribute 'nothing'", id="unknown key"
    ),
    pytest.param(
        "{{ name.nothing.more }}", 1, "has no attribute 'nothing'", id="unknown attribute"
    ),
    pytest.param("{{ periods[7] }}", 1, "has no element 7", id="beyond the end of a list"),
    pytest.param("a\n{% if %}", 2, "Expected an expression", id="syntax: no condition"),
    pytest.param("a\n{% for p in periods %}", 2, "Unexpected end", id="syntax: loop without end"),
    pytest.param("a\n{{ name", 2, "unexpected end", id="syntax: braces without end"),
    pytest.param("{% nonsense %}", 1, "unknown tag 'nonsense'", id="syntax: unknown tag"),
    pytest.param("a\n{{ name | nothing }}", 2, "No filter named 'nothing'", id="unknown filter"),
    pytest.param("a\n{{ name + 1 }}", 2, "concatenate", id="runtime: text plus number"),
    pytest.param("a\n{{ 1 / 0 }}", 2, "division by zero", id="runtime: division by zero"),
    pytest.param("a\n{{ name() }}", 2, "not callable", id="runtime: text called"),
    pytest.param("a\n{% for p in 3 %}{% endfor %}", 2, "not iterable", id="runtime: loop over 3"),
    pytest.param("a\n{{ '%d' % name }}", 2, "%d format", id="runtime: bad format"),
    pytest.param("a\n{{ range(200000) | list }}", 2, "Range too big", id="runtime: huge range"),
    pytest.param("a\n{% include 'nothing.txt' %}", 2, "nothing.txt", id="include of nothing"),
    pytest.param(
        "a\n{{ 5 | shout }}",
        2,
        "has no attribute 'upper'",
        id="runtime: number in a filter for text",
    ),
    pytest.param(
        "a\n{{ name | truncate(-5) }}",
        2,
        "length",
        id="runtime: impossible argument",
    ),
    pytest.param(
        "a\n{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        2,
        "recursion",
        id="runtime: macro without end",
    ),
    pytest.param(
        f"a\n{{% include '{NAME}' %}}",
        2,
        "recursion",
        id="runtime: template that includes itself",
    ),
]


@pytest.mark.parametrize(("text", "line", "reason"), BROKEN)
def test_a_broken_template_ends_in_a_problem_with_its_line(
    templates: Write, tmp_path: Path, text: str, line: int, reason: str
) -> None:
    problem = problem_of(templates(text))
    assert reason in problem.message
    assert (problem.rule, problem.severity) == ("template-error", Severity.ERROR)
    assert (problem.file, problem.place) == (str(tmp_path / NAME), Place(line, 1, line, 1))


def test_a_problem_is_said_as_a_whole(templates: Write, tmp_path: Path) -> None:
    assert problem_of(templates("{{ nothing }}")) == Diagnostic(
        rule="template-error",
        severity=Severity.ERROR,
        message="The template cannot be filled: 'nothing' is undefined.",
        file=str(tmp_path / NAME),
        place=Place(1, 1, 1, 1),
        hint="Compare it with the built-in template of the same name.",
    )


@pytest.mark.parametrize(
    ("included", "line"),
    [
        pytest.param("a\nb\n{{ nothing }}", 3, id="when it is filled"),
        pytest.param("a\n{% if %}", 2, id="when it is parsed"),
    ],
)
def test_a_problem_names_the_template_that_was_included(
    templates: Write, tmp_path: Path, included: str, line: int
) -> None:
    problem = problem_of(templates("{% include 'a.txt' %}", **{"a.txt": included}))
    assert (problem.file, problem.place) == (str(tmp_path / "a.txt"), Place(line, 1, line, 1))


def test_a_problem_in_a_built_in_template_names_it() -> None:
    with pytest.raises(Problems) as raised:
        Templates().render(NAME, {}, dict.fromkeys(("plain", "line", "cell", "blocks"), str))
    (problem,) = raised.value.diagnostics
    assert problem.file == str(builtin_directory("templates") / NAME)
    # The first line that needs data; macros stand above it.
    line = Templates().read(NAME).splitlines().index("# {{ name | plain }}") + 1
    assert problem.place == Place(line, 1, line, 1)


def test_a_directory_given_relatively_is_named_so(
    templates: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates("a\n{{ nothing }}")
    monkeypatch.chdir(tmp_path.parent)
    problem = problem_of(Templates(Path(tmp_path.name)))
    assert (problem.file, problem.place) == (f"{tmp_path.name}/{NAME}", Place(2, 1, 2, 1))


@pytest.mark.parametrize(
    "text",
    ["{{ name | nothing }}", "{{ range(200000) }}", "{{ ''.__class__ }}"],
    ids=["unknown filter", "huge range", "unsafe attribute"],
)
def test_the_message_of_a_problem_ends_in_one_full_stop(templates: Write, text: str) -> None:
    message = problem_of(templates(text)).message
    assert message.endswith(".")
    assert not message.endswith("..")


def not_utf8(path: Path) -> None:
    path.write_bytes("é".encode("latin-1"))


def leads_nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("make_", "reason"),
    [
        (not_utf8, "The template is not saved as UTF-8."),
        (Path.mkdir, "The template cannot be read: Is a directory."),
        (leads_nowhere, "The template cannot be read: No such file or directory."),
    ],
    ids=["not UTF-8", "directory", "link that leads nowhere"],
)
@pytest.mark.parametrize("name", [NAME, "style.css", "included.txt"])
def test_what_has_the_name_of_a_template_and_cannot_be_read_is_a_problem(
    templates: Write, tmp_path: Path, name: str, make_: Callable[[Path], None], reason: str
) -> None:
    mine = templates("{% include 'included.txt' %}") if name == "included.txt" else templates("")
    if name == NAME:
        (tmp_path / NAME).unlink()
    make_(tmp_path / name)
    with pytest.raises(Problems) as raised:
        mine.read(name) if name == "style.css" else mine.render(NAME, DATA, FILTERS)
    assert raised.value.diagnostics == (
        Diagnostic("template-error", Severity.ERROR, reason, str(tmp_path / name)),
    )


@pytest.mark.parametrize("tag", ["include 'a.txt'", "import 'a.txt' as a", "extends 'a.txt'"])
def test_a_template_that_is_nowhere_is_named(templates: Write, tag: str) -> None:
    message = problem_of(templates(f"{{% {tag} %}}")).message
    assert message == "The template cannot be filled: there is no template called 'a.txt'."


def test_a_macro_that_breaks_is_a_problem_of_its_own_file(templates: Write, tmp_path: Path) -> None:
    macro = "a\n{% macro m(x) %}\n{{ x.y.z }}\n{% endmacro %}"
    problem = problem_of(templates("{% import 'a.txt' as a %}{{ a.m(1) }}", **{"a.txt": macro}))
    assert (problem.file, problem.place) == (str(tmp_path / "a.txt"), Place(3, 1, 3, 1))


@pytest.mark.slow
def test_a_style_sheet_that_breaks_the_layout_is_a_problem_of_the_templates(
    tmp_path: Path,
) -> None:
    (tmp_path / "pdf.css").write_text("p { font-size: 1e30px }")
    view = make(Roadmap.model_validate({"community": {"name": "Bees"}}))
    with pytest.raises(Problems) as raised:
        Documents(view, Templates(tmp_path)).produce(Format.PDF)
    assert [problem.rule for problem in raised.value.diagnostics] == ["template-error"]


def test_a_style_sheet_that_is_not_utf8_ends_in_a_problem(tmp_path: Path) -> None:
    (tmp_path / "pdf.css").write_bytes("é".encode("latin-1"))
    with pytest.raises(Problems) as raised:
        Templates(tmp_path).read("pdf.css")
    assert raised.value.diagnostics == (
        Diagnostic(
            "template-error",
            Severity.ERROR,
            "The template is not saved as UTF-8.",
            str(tmp_path / "pdf.css"),
        ),
    )


# ── the sandbox ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("''.__class__", id="class of a text"),
        pytest.param("''.__class__.__mro__", id="bases of a text"),
        pytest.param("().__class__.__base__.__subclasses__()", id="all classes"),
        pytest.param("name['__class__']", id="class by key"),
        pytest.param("name | attr('__class__')", id="class by filter"),
        pytest.param("[name] | map(attribute='__class__') | first", id="class by map"),
        pytest.param("'{0.__class__}'.format(name)", id="class by format"),
        pytest.param("'{x.__class__}'.format_map({'x': 1})", id="class by format_map"),
        pytest.param("('{0.__class__}' | safe).format(name)", id="class by format of markup"),
        pytest.param("cycler.__init__.__globals__", id="globals of a class"),
        pytest.param("range.__init__.__globals__", id="globals of a function"),
        pytest.param("joiner.__init__.__globals__.os", id="module"),
        pytest.param("self._TemplateReference__context", id="context"),
        pytest.param("periods.append(1)", id="change of a list"),
        pytest.param("labels.update({'a': 1})", id="change of a mapping"),
        pytest.param("labels.clear()", id="emptying of a mapping"),
        pytest.param("labels.__setitem__('a', 1)", id="change by a method"),
    ],
)
@pytest.mark.parametrize("html", [False, True], ids=["text", "html"])
def test_a_template_cannot_leave_its_data_or_change_it(
    templates: Write, expression: str, html: bool
) -> None:
    before = repr(DATA)
    problem = problem_of(templates(f"a\n{{{{ {expression} }}}}"), html=html)
    assert (problem.rule, problem.place) == ("template-error", Place(2, 1, 2, 1))
    assert "unsafe" in problem.message
    assert repr(DATA) == before


@pytest.mark.parametrize("tag", ["{% import 'os' as os %}", "{% from 'os' import path %}"])
def test_a_template_imports_templates_only(templates: Write, tag: str) -> None:
    assert problem_of(templates(tag)).rule == "template-error"


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        pytest.param("lipsum()", "'lipsum' is undefined", id="words"),
        pytest.param("[1, 2] | random", "No filter named 'random'", id="a choice"),
    ],
)
def test_a_template_leaves_nothing_to_chance(
    templates: Write, expression: str, reason: str
) -> None:
    problem = problem_of(templates(f"{{{{ {expression} }}}}"))
    assert problem.message == f"The template cannot be filled: {reason}."


def test_what_a_template_can_reach_is_this(templates: Write) -> None:
    """As docs/templates.md says: its data, and what stands here."""
    page = (Path(__file__).parent.parent / "docs/templates.md").read_text("utf-8")
    listed = page.partition("Beside what they are given, they have ")[2].partition("\n\n")[0]
    environment = _environment(tuple(templates("").directories), html=False)
    assert set(re.findall(r"`(\w+)`", listed)) - {"random"} == set(environment.globals)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
            "it takes more than 1 seconds",
            id="loops in loops",
        ),
        pytest.param(
            "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
            "{{ m(40) }}",
            "it takes more than 1 seconds",
            id="macros that call themselves twice",
        ),
        pytest.param(
            "{% for a in range(100000) %}{{ 'a' * 10000 }}{% endfor %}",
            "it makes more than 100,000,000 characters",
            id="a document without end",
        ),
        *[
            pytest.param(
                text,
                "it takes more than 300 MB of memory",
                id=name,
                marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux has a limit"),
            )
            for name, text in {
                "a text times a number": "{{ 'a' * 10 ** 10 }}",
                "a list times a number": "{{ ([1] * 10 ** 9) | length }}",
                "a wide number": "{{ '%10000000000d' % 1 }}",
                "a wide format": "{{ '{:10000000000}'.format(1) }}",
                "a text in the middle": "{{ 'a' | center(10 ** 10) }}",
                "a text that doubles": (
                    "{% set n = namespace(x='aaaaaaaa') %}"
                    "{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
                ),
                "a part that doubles": (
                    "{% set n = namespace(x='aaaaaaaa') %}{% for a in range(60) %}"
                    "{% set x %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = x %}{% endfor %}"
                ),
                "a filter that joins": "{{ (['a' * 10 ** 6] * 10 ** 4) | join }}",
            }.items()
        ],
    ],
)
def test_a_template_comes_to_an_end(
    templates: Write, text: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templating, "_MAX_SECONDS", 1)
    monkeypatch.setattr(templating, "_MAX_MEMORY", 300_000_000)
    began = time.monotonic()
    problem = problem_of(templates(text))
    assert problem.message == f"The template cannot be filled: {reason}."
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ 9 ** (9 ** 9) }}", id="a power"),
        pytest.param("{{ (0 - 9) ** (9 ** 9) }}", id="a power of what is less than nothing"),
        pytest.param(
            "{% set n = namespace(x=7) %}"
            "{% for a in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
            id="a square of a square",
        ),
    ],
)
def test_a_number_without_end_is_refused(templates: Write, text: str) -> None:
    assert problem_of(templates(text)).message == (
        "The template cannot be filled: it reckons with numbers that are too large."
    )


def test_numbers_can_be_reckoned_with(templates: Write) -> None:
    text = "{{ 2 ** 10 }} {{ 2 ** -1 }} {{ 3 * 0.5 }} {{ 'ab' * 2 }}"
    assert templates(text).render(NAME, DATA, FILTERS) == "1024 0.5 1.5 abab"


@pytest.mark.parametrize("name", [NAME, "style.css"])
def test_a_template_is_no_link_to_another_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("SECRET")
    directory = tmp_path / "mine"
    directory.mkdir()
    (directory / name).symlink_to("../secret")
    templates = Templates(directory)
    is_style = name == "style.css"
    with pytest.raises(Problems) as raised:
        templates.read(name) if is_style else templates.render(name, DATA, FILTERS)
    assert raised.value.diagnostics == (
        Diagnostic(
            "template-error",
            Severity.ERROR,
            "The template is a link to a file outside its directory.",
            str(directory / name),
            hint="Copy the file itself into the directory.",
        ),
    )


def test_a_template_may_be_a_link_to_one_beside_it(templates: Write, tmp_path: Path) -> None:
    made = templates("text", **{"real.md.j2": "mine"})
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).symlink_to("real.md.j2")
    assert made.render(NAME, DATA, FILTERS) == "mine"
