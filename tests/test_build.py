"""From files to documents: what goes where, and what became of it."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cop_roadmap import build, embedding, files
from cop_roadmap.diagnostics import Diagnostic, Misuse, Place, Severity
from cop_roadmap.formats import Choices, Format
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Theme

MD, HTML, PDF = Format.MARKDOWN, Format.HTML, Format.PDF
STDIN = files.Input("<stdin>", None)

ROADMAP = "community:\n  name: Bees\n"
WARNED = "community:\n  name: Bees\n  summary: 🐝\n"
BROKEN = "community:\n  name: 3\n"


def named(*names: str) -> list[files.Input]:
    """Return the inputs that the names mean."""
    return [STDIN if name == "-" else files.Input(name, Path(name)) for name in names]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ── names of formats ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("names", "formats"),
    [
        pytest.param([], (), id="none"),
        pytest.param(["md"], (MD,), id="one"),
        pytest.param(["md,html,pdf"], (MD, HTML, PDF), id="several with commas"),
        pytest.param(["md", "pdf"], (MD, PDF), id="repeated options"),
        pytest.param(["pdf,md", "html"], (PDF, MD, HTML), id="the order given is kept"),
        pytest.param(["md,md", "md"], (MD,), id="the same format comes once"),
        pytest.param(["MD", "Html"], (MD, HTML), id="capitals"),
        pytest.param([" md , html "], (MD, HTML), id="spaces"),
        pytest.param(["markdown,htm"], (MD, HTML), id="other spellings"),
        pytest.param(["markdown,md"], (MD,), id="two spellings are one format"),
    ],
)
def test_names_are_read_as_formats(names: list[str], formats: tuple[Format, ...]) -> None:
    assert build.formats_of(names) == formats


@pytest.mark.parametrize(
    ("names", "unknown"),
    [
        pytest.param(["docx"], "'docx'", id="another format"),
        pytest.param(["md,docx,odt"], "'docx'", id="the first of several"),
        pytest.param([""], "''", id="nothing"),
        pytest.param(["md,"], "''", id="a comma too many"),
        pytest.param([".md"], "'.md'", id="a dot before it"),
    ],
)
def test_a_name_of_no_format_is_refused(names: list[str], unknown: str) -> None:
    with pytest.raises(Misuse) as caught:
        build.formats_of(names)
    assert str(caught.value) == (
        f"There is no format called {unknown}. The formats are md, html, pdf, ics."
    )


# ── what goes where ──────────────────────────────────────────────────────────────────────────────

Plan = Mapping[str, Sequence[str | None]]


def planned(inputs: Sequence[str], output: str | None, formats: Sequence[Format]) -> Plan:
    """Plan, and return for each input the documents; None is standard output."""
    jobs = build.plan(named(*inputs), output, formats)
    for job in jobs:
        for kind, path in job.targets:
            if path and output != "page.htm":
                assert path.suffix.lower() == kind.suffix
    return {
        job.input.name: [str(path) if path else None for _, path in job.targets] for job in jobs
    }


@pytest.mark.parametrize(
    ("inputs", "output", "formats", "plan"),
    [
        pytest.param(
            ["a.yaml"],
            None,
            [],
            {"a.yaml": ["a.md", "a.html", "a.pdf"]},
            id="without anything: the usual formats, beside the input",
        ),
        pytest.param(
            ["in/a.yaml", "/b.yml"],
            None,
            [MD],
            {"in/a.yaml": ["in/a.md"], "/b.yml": ["/b.md"]},
            id="each beside its input",
        ),
        pytest.param(
            ["a.yaml"],
            None,
            [HTML, MD],
            {"a.yaml": ["a.html", "a.md"]},
            id="formats in the order given",
        ),
        pytest.param(
            ["in/v1.2.yaml", "plain"],
            None,
            [MD],
            {"in/v1.2.yaml": ["in/v1.2.md"], "plain": ["plain.md"]},
            id="only the last ending is replaced",
        ),
        pytest.param(
            ["in/a.yaml", "b.yaml"],
            "new",
            [MD, PDF],
            {"in/a.yaml": ["new/a.md", "new/a.pdf"], "b.yaml": ["new/b.md", "new/b.pdf"]},
            id="-o a directory that is not there yet",
        ),
        pytest.param(
            ["a.yaml"], "new/deep/", [MD], {"a.yaml": ["new/deep/a.md"]}, id="-o a/directory/"
        ),
        pytest.param(["a.yaml"], ".", [MD], {"a.yaml": ["a.md"]}, id="-o this directory"),
        pytest.param(
            ["a.yaml"], "there", [MD], {"a.yaml": ["there/a.md"]}, id="-o a directory that is there"
        ),
        pytest.param(
            ["a.yaml"],
            "there.md",
            [HTML],
            {"a.yaml": ["there.md/a.html"]},
            id="-o a directory that is there and called like a document",
        ),
        pytest.param(
            ["a.yaml"], "new.md/", [MD], {"a.yaml": ["new.md/a.md"]}, id="-o a directory.md/"
        ),
        pytest.param(
            ["a.yaml"], "2026.09", [MD], {"a.yaml": ["2026.09/a.md"]}, id="-o with a dot and digits"
        ),
        pytest.param(
            ["a.yaml"],
            "site.public",
            [MD],
            {"a.yaml": ["site.public/a.md"]},
            id="-o with a long ending",
        ),
        pytest.param(["a.yaml"], "b.pdf", [], {"a.yaml": ["b.pdf"]}, id="-o name.pdf"),
        pytest.param(
            ["a.yaml"], "new/b.html", [], {"a.yaml": ["new/b.html"]}, id="-o new/name.html"
        ),
        pytest.param(["a.yaml"], "B.PDF", [], {"a.yaml": ["B.PDF"]}, id="-o NAME.PDF"),
        pytest.param(["a.yaml"], "page.htm", [], {"a.yaml": ["page.htm"]}, id="-o name.htm"),
        pytest.param(
            ["a.yaml"], "b.md", [MD], {"a.yaml": ["b.md"]}, id="-o name.md with --to md, too"
        ),
        pytest.param(["a.yaml"], "-", [MD], {"a.yaml": [None]}, id="-o - with one format"),
        pytest.param(["-"], None, [HTML], {"<stdin>": [None]}, id="standard input to output"),
        pytest.param(["-"], "-", [HTML], {"<stdin>": [None]}, id="standard input, -o -"),
        pytest.param(["-"], "b.pdf", [], {"<stdin>": ["b.pdf"]}, id="standard input, -o name.pdf"),
        pytest.param(
            ["-", "a.yaml"],
            "new",
            [MD],
            {"<stdin>": ["new/roadmap.md"], "a.yaml": ["new/a.md"]},
            id="standard input, -o a directory",
        ),
    ],
)
def test_documents_go_where_they_are_meant(
    here: Path, inputs: list[str], output: str | None, formats: list[Format], plan: Plan
) -> None:
    (here / "there").mkdir()
    (here / "there.md").mkdir()
    assert planned(inputs, output, formats) == plan


@pytest.mark.parametrize(
    ("inputs", "output", "formats", "reason"),
    [
        pytest.param(
            ["a.yaml"],
            "b.html",
            [MD],
            "b.html is a name for html, but --to asks for another format.",
            id="-o name.html with --to md",
        ),
        pytest.param(
            ["a.yaml"],
            "b.html",
            [HTML, MD],
            "b.html is a name for html, but --to asks for another format.",
            id="-o name.html with --to html,md",
        ),
        pytest.param(
            ["a.yaml", "b.yaml", "-"],
            "c.md",
            [],
            "c.md is one document, and there are 3 roadmaps. Name a directory.",
            id="-o name.md with several inputs",
        ),
        pytest.param(
            ["a.yaml"],
            "b.docx",
            [],
            "There is no format for 'docx'. A document's name ends in .md, .html, .pdf, .ics.",
            id="-o name of an unknown format",
        ),
        pytest.param(
            ["a.yaml"],
            "a.yaml",
            [MD],
            "There is no format for 'yaml'. A document's name ends in .md, .html, .pdf, .ics.",
            id="-o the input itself",
        ),
        pytest.param(
            ["a.yaml"],
            "-",
            [],
            "Standard output takes one document, or name one file and one format, such as --to md.",
            id="-o - without a format",
        ),
        pytest.param(
            ["a.yaml"],
            "-",
            [MD, HTML],
            "Standard output takes one document, or name one file and one format, such as --to md.",
            id="-o - with several formats",
        ),
        pytest.param(
            ["a.yaml", "b.yaml"],
            "-",
            [MD],
            "Standard output takes one document, or name one file and one format, such as --to md.",
            id="-o - with several inputs",
        ),
        pytest.param(
            ["-"],
            None,
            [],
            "Say where to write with -o, or name one file and one format, such as --to md.",
            id="standard input without -o and format",
        ),
        pytest.param(
            ["-", "a.yaml"],
            None,
            [MD],
            "Say where to write with -o, or name one file and one format, such as --to md.",
            id="standard input and a file without -o",
        ),
        pytest.param(
            ["in/a.yaml", "b.yaml", "a.yaml"],
            "new",
            [MD],
            "new/a.md would be written for in/a.yaml and for a.yaml. "
            "Rename one, or leave out -o to write beside each.",
            id="two inputs of one name in one directory",
        ),
        pytest.param(
            ["-", "in/roadmap.yaml"],
            "new",
            [MD],
            "new/roadmap.md would be written for <stdin> and for in/roadmap.yaml. "
            "Rename one, or leave out -o to write beside each.",
            id="standard input and a file called roadmap",
        ),
        pytest.param(
            ["in/a.yaml"],
            "file",
            [MD],
            "file is a file, not a directory. Choose another output.",
            id="-o a file as a directory",
        ),
        pytest.param(
            ["in/a.yaml"],
            "file/new/deep",
            [MD],
            "file is a file, not a directory. Choose another output.",
            id="-o a directory below a file",
        ),
        pytest.param(
            ["in/a.yaml"],
            "file/b.md",
            [],
            "file is a file, not a directory. Choose another output.",
            id="-o a document below a file",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_way_out(
    here: Path, inputs: list[str], output: str, formats: list[Format], reason: str
) -> None:
    (here / "file").touch()
    with pytest.raises(Misuse, match=f"^{re.escape(reason)}$"):
        build.plan(named(*inputs), output, formats)


def test_two_inputs_for_one_document_beside_them_are_refused(here: Path) -> None:
    with pytest.raises(Misuse, match=r"^a\.md would be written for a\.yaml and for a\.yml\."):
        build.plan(named("a.yaml", "a.yml"), None, [MD])


def test_nobody_is_told_to_leave_out_an_option_that_was_not_given(here: Path) -> None:
    with pytest.raises(Misuse) as caught:
        build.plan(named("a.yaml", "a.yml"), None, [MD])
    assert "leave out -o" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "output"),
    [
        pytest.param("plan.md", None, id="beside the input"),
        pytest.param("plan.md", ".", id="in its directory"),
        pytest.param("plan.md", "plan.md", id="by its name"),
    ],
)
def test_a_document_never_replaces_the_roadmap_that_it_is_made_from(
    here: Path, name: str, output: str | None
) -> None:
    (here / name).write_text(ROADMAP)
    with pytest.raises(Misuse):
        build.plan(named(name), output, [MD])


def test_no_inputs_make_no_jobs(here: Path) -> None:
    assert build.plan([], None, [MD]) == ()


# ── what became of it ────────────────────────────────────────────────────────────────────────────


def outcomes_of(
    directory: Path, content: str, targets: Sequence[tuple[Format, Path | None]]
) -> tuple[list[build.Outcome], list[bytes]]:
    """Run one job; return what became of it and what went to standard output."""
    path = directory / "a.yaml"
    path.write_text(content)
    emitted: list[bytes] = []
    job = build.Job(files.Input("a.yaml", path), tuple(targets))
    return list(build.run(job, Templates(), Choices(), emitted.append)), emitted


BEE = Diagnostic(
    rule="missing-glyph",
    severity=Severity.WARNING,
    message="No font of the PDF has `🐝`. It prints `[honeybee]`.",
    file="a.yaml",
    place=Place(3, 12, 3, 13),
    path="community.summary",
    hint="Say it in words, or leave it: the page and the Markdown show it.",
    excerpt="  summary: 🐝",
)
NUMBER = Diagnostic(
    rule="wrong-type",
    severity=Severity.ERROR,
    message="`name` needs text here, not a number.",
    file="a.yaml",
    place=Place(2, 9, 2, 10),
    path="community.name",
    hint='Put it in quotes: "3"',
    excerpt="  name: 3",
)


def test_every_document_is_written_in_the_order_planned(tmp_path: Path) -> None:
    markdown, page = tmp_path / "new/deep/a.md", tmp_path / "b.html"
    outcomes, emitted = outcomes_of(tmp_path, ROADMAP, [(HTML, page), (MD, markdown)])
    assert outcomes == [build.Outcome(written=page), build.Outcome(written=markdown)]
    assert emitted == []
    assert markdown.read_bytes().startswith(b"# Bees\n")
    assert page.read_bytes().startswith(b"<!doctype html>\n")


def test_a_document_without_a_path_is_emitted_and_not_written(tmp_path: Path) -> None:
    outcomes, emitted = outcomes_of(tmp_path, ROADMAP, [(MD, None)])
    assert outcomes == [build.Outcome()]
    (content,) = emitted
    assert content.startswith(b"# Bees\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_warnings_come_first_and_the_documents_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    outcomes, _ = outcomes_of(tmp_path, WARNED, [(MD, path)])
    assert outcomes == [build.Outcome(diagnostics=(BEE,)), build.Outcome(written=path)]


def test_of_a_file_with_errors_nothing_is_written_not_even_a_directory(tmp_path: Path) -> None:
    outcomes, emitted = outcomes_of(
        tmp_path, BROKEN, [(MD, tmp_path / "new/a.md"), (HTML, None), (PDF, tmp_path / "a.pdf")]
    )
    assert outcomes == [build.Outcome(diagnostics=(NUMBER,))]
    assert emitted == []
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_document_that_cannot_be_written_does_not_stop_the_next(tmp_path: Path) -> None:
    (tmp_path / "taken.md").mkdir()
    good = tmp_path / "b.html"
    (failed, written), _ = outcomes_of(
        tmp_path, ROADMAP, [(MD, tmp_path / "taken.md"), (HTML, good)]
    )
    assert isinstance(failed.failure, files.CannotWrite)
    assert str(failed.failure) == f"{tmp_path}/taken.md cannot be written: Is a directory."
    assert written == build.Outcome(written=good)


def test_a_directory_that_vanished_since_planning_is_made_again(tmp_path: Path) -> None:
    output = tmp_path / "new"
    output.mkdir()
    path = tmp_path / "a.yaml"
    path.write_text(ROADMAP)
    (job,) = build.plan([files.Input("a.yaml", path)], str(output), [MD])
    output.rmdir()
    outcomes = list(build.run(job, Templates(), Choices(), lambda _: None))
    assert outcomes == [build.Outcome(written=output / "a.md")]


@pytest.mark.slow
@pytest.mark.parametrize("attach", [False, True], ids=["without source", "with source"])
def test_the_bytes_that_were_read_lie_in_the_pdf_if_that_is_chosen(
    tmp_path: Path, attach: bool
) -> None:
    path = tmp_path / "é 'x.yaml"
    path.write_bytes("\ufeffcommunity: {name: Bées} # remark\r\n".encode())
    job = build.Job(files.Input("a.yaml", path), ((PDF, None),))
    emitted: list[bytes] = []
    choices = Choices(attach_source=attach)
    assert list(build.run(job, Templates(), choices, emitted.append)) == [build.Outcome()]
    if attach:
        expected = embedding.Source(path.name, path.read_bytes())
        assert embedding.extract(emitted[0], 99) == expected
    else:
        with pytest.raises(embedding.NoSource):
            embedding.extract(emitted[0], 99)


def test_a_file_that_vanished_since_planning_is_reported(tmp_path: Path) -> None:
    job = build.Job(files.Input("a.yaml", tmp_path / "a.yaml"), ((MD, None),))
    (outcome,) = build.run(job, Templates(), Choices(), lambda _: None)
    assert [(found.rule, found.file) for found in outcome.diagnostics] == [
        ("cannot-read", "a.yaml")
    ]


def test_one_template_that_breaks_spoils_only_its_own_document(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    template = tmp_path / "mine/roadmap.md.j2"
    template.write_text("one\n{{ nothing }}\n")
    path = tmp_path / "a.yaml"
    path.write_text(ROADMAP)
    page = tmp_path / "a.html"
    job = build.Job(files.Input("a.yaml", path), ((MD, tmp_path / "a.md"), (HTML, page)))
    broken = Diagnostic(
        rule="template-error",
        severity=Severity.ERROR,
        message="The template cannot be filled: 'nothing' is undefined.",
        file=str(template),
        place=Place(2, 1, 2, 1),
        hint="Compare it with the built-in template of the same name.",
    )
    assert list(build.run(job, Templates(tmp_path / "mine"), Choices(), lambda _: None)) == [
        build.Outcome(diagnostics=(broken,)),
        build.Outcome(written=page),
    ]
    assert not (tmp_path / "a.md").exists()


# ── themes ───────────────────────────────────────────────────────────────────────────────────────

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
WITH_LOGO = f"{ROADMAP}document: {{logo: logo.svg, logo_text: Ministry, footer: Own}}\n"


def test_what_a_roadmap_names_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO)
    ((outcome,), (page,)) = outcomes_of(tmp_path, WITH_LOGO, [(HTML, None)])
    assert outcome == build.Outcome()
    assert b' alt="Ministry">' in page


def test_a_roadmap_from_standard_input_names_files_of_the_current_directory(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "logo.svg").write_text(LOGO)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WITH_LOGO.encode())))
    emitted: list[bytes] = []
    job = build.Job(files.Input("<stdin>", None), ((HTML, None),))
    assert list(build.run(job, Templates(), Choices(), emitted.append)) == [build.Outcome()]
    assert b' alt="Ministry">' in emitted[0]


def test_of_a_roadmap_with_a_file_that_cannot_be_used_nothing_is_written(tmp_path: Path) -> None:
    outcomes, emitted = outcomes_of(tmp_path, WITH_LOGO, [(MD, None), (HTML, None)])
    assert outcomes == [
        build.Outcome(
            diagnostics=(
                Diagnostic(
                    rule="unusable-file",
                    severity=Severity.ERROR,
                    message="`logo.svg`: There is no such file.",
                    file="a.yaml",
                    place=Place(3, 18, 3, 26),
                    path="document.logo",
                    hint="Names count from the directory of this file.",
                    excerpt=WITH_LOGO.splitlines()[2],
                ),
            )
        )
    ]
    assert emitted == []


def test_the_theme_of_the_house_goes_before_that_of_the_roadmap(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO)
    (tmp_path / "a.yaml").write_text(WITH_LOGO)
    job = build.Job(files.Input("a.yaml", tmp_path / "a.yaml"), ((MD, None), (HTML, None)))
    emitted: list[bytes] = []
    list(build.run(job, Templates(), Choices(Theme(footer="House")), emitted.append))
    assert emitted[0].endswith(b"\n---\n\nHouse\n")
    assert b"<p>House</p></footer>" in emitted[1]
    assert b' alt="Ministry">' in emitted[1]
    assert b"Own" not in b"".join(emitted)
