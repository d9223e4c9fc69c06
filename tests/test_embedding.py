"""The roadmap inside its PDF: in and out byte for byte, and out of nothing that is not sound."""

import contextlib
import logging
import sys
import time
import zlib
from functools import cache
from io import BytesIO
from typing import Any, Literal

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream, StreamDecodeLevel, String

from cop_roadmap import embedding, pdf
from cop_roadmap.conformance import Variant
from cop_roadmap.diagnostics import Misuse
from cop_roadmap.embedding import NoSource, Source
from tests.verapdf import VeraPdf

PAGE = '<!doctype html><html lang="en"><head><title>Bees</title></head><body>x</body></html>'
ROADMAP = Source("roadmap.yaml", b"community:\n  name: Bees\n")
LIMIT = 1_000_000


@cache
def with_source(source: Source | None = ROADMAP, variant: Variant | None = None) -> bytes:
    return pdf.from_html(PAGE, "", variant, source)


def reason(content: bytes, limit: int = LIMIT) -> str:
    """Return why there is no source in a file."""
    with pytest.raises(NoSource) as raised:
        embedding.extract(content, limit)
    return str(raised.value)


# ── in and out ───────────────────────────────────────────────────────────────────────────────────

SOURCES = [
    pytest.param(Source("roadmap.yaml", b"community:\r\n  name: B\xc3\xa9e\n"), id="small"),
    pytest.param(Source("Été (1) 漢 🎉.yaml", bytes(range(256)) * 999, "text/yaml"), id="strange"),
    pytest.param(Source("empty.yaml", b""), id="empty"),
]


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_comes_out_as_it_went_in(source: Source) -> None:
    content = with_source(source)
    assert embedding.extract(content, LIMIT) == source
    with pikepdf.open(BytesIO(content)) as file:
        (attached,) = file.attachments.values()
        found = (attached.filename, attached.get_file().read_bytes())
    assert found == (source.name, source.content)
    assert content == with_source.__wrapped__(source)


def test_a_source_comes_out_of_a_file_that_another_program_has_saved() -> None:
    saved = BytesIO()
    with pikepdf.open(BytesIO(with_source())) as file:
        file.save(saved, linearize=True)
    assert embedding.extract(saved.getvalue(), LIMIT) == ROADMAP


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("..\\x.yaml", ".._x.yaml"),
        ("a\nb\x1b[31m\x85.yaml", "a_b_[31m_.yaml"),
        ("lmay.\u202eexe", "lmay._exe"),
        ("no\udce9text.yaml", "no_text.yaml"),
    ],
    ids=["path", "path of Windows", "codes", "turned", "no text"],
)
def test_a_name_inside_misleads_nobody(name: str, kept: str) -> None:
    source = Source(name, b"x")
    assert embedding.extract(with_source(source), LIMIT) == Source(kept, b"x")


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_document_with_its_source_is_valid(
    source: Source, flavour: str, verapdf: VeraPdf
) -> None:
    assert verapdf(with_source(source), flavour) == []


def test_a_source_is_not_put_where_it_may_not_be() -> None:
    with pytest.raises(Misuse, match=r"No file may be put into pdf/ua-1\."):
        with_source(ROADMAP, Variant.UA_1)


# ── nothing to be had ────────────────────────────────────────────────────────────────────────────

NOT_A_PDF = "This is not a PDF."
DAMAGED = "The PDF is damaged."
WITHOUT = (
    "The PDF does not carry the roadmap that it was made from: "
    "`coproadmap render --attach-source` puts it in."
)
PROTECTED = "The PDF is protected by a password: save it without one."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", NOT_A_PDF),
        (b"community:\n", NOT_A_PDF),
        (b"\x89PNG\r\n\x1a\n", NOT_A_PDF),
        (b" " * 2000 + b"%PDF-1.7", NOT_A_PDF),
        (b"%PDF-1.7", DAMAGED),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", DAMAGED),
        (b"%PDF-1.7\n" + b"\x00" * 99_999, DAMAGED),
    ],
    ids=["empty", "roadmap", "picture", "text", "header", "header and end", "zeros"],
)
def test_what_is_no_sound_pdf_is_called_so(content: bytes, said: str) -> None:
    assert reason(content) == said


def test_a_pdf_without_a_source_is_called_so() -> None:
    assert reason(with_source(None)) == WITHOUT


@pytest.mark.parametrize("user", ["", "secret"], ids=["to change it", "to read it"])
@pytest.mark.parametrize("strength", [4, 6])
def test_a_pdf_with_a_password_is_called_so(strength: Literal[4, 6], user: str) -> None:
    saved = BytesIO()
    with pikepdf.open(BytesIO(with_source())) as file:
        file.save(saved, encryption=Encryption(owner="o", user=user, R=strength))
    try:
        # What only a change is protected from can be read, where there is a library for it.
        assert not user
        assert embedding.extract(saved.getvalue(), LIMIT) == ROADMAP
    except (AssertionError, NoSource):
        assert reason(saved.getvalue()) == PROTECTED


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    content = with_source().ljust(embedding.MAX_PDF_BYTES + 1)
    assert reason(content) == "The file is larger than 20,000,000 bytes, as no roadmap's PDF is."


def test_a_source_has_a_limit() -> None:
    source = Source("x", b"x" * 24)
    assert embedding.extract(with_source(source), 24) == source
    said = "What lies in the PDF is larger than 23 bytes, as no roadmap is."
    assert reason(with_source(source), 23) == said


def test_a_source_that_was_changed_inside_is_damage() -> None:
    changed = BytesIO()
    with pikepdf.open(BytesIO(with_source())) as file:
        file.Root.AF[0].EF.F.write(b"community:\n  name: Wasps\n")
        file.save(changed)
    assert reason(changed.getvalue()) == DAMAGED


# ── files that are made to hurt ──────────────────────────────────────────────────────────────────


def carrying(data: bytes, filters: Any) -> bytes:
    """Make a PDF with a source that is packed in some way."""
    with Pdf.new() as file:
        file.add_blank_page()
        stream = Stream(file, b"")
        stream.write(data, filter=filters, type_check=False)
        place = Dictionary(F=file.make_indirect(stream))
        found = Dictionary(Type=Name.Filespec, F="r", EF=place, AFRelationship=Name.Source)
        file.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("r"), found])))
        saved = BytesIO()
        file.save(saved, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)
        return saved.getvalue()


PACKED = zlib.compress(b"\0" * 300_000_000, 9)
FLATE = Name.FlateDecode


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "filters"),
    [
        pytest.param(PACKED, FLATE, id="packed"),
        pytest.param(zlib.compress(PACKED, 9), Array([FLATE, FLATE]), id="packed twice"),
        pytest.param(b"\x81a" * 500_000, Name.RunLengthDecode, id="packed by length"),
        pytest.param(b"z" * 9_000_000, Name.ASCII85Decode, id="as letters"),
    ],
)
def test_a_bomb_does_not_go_off(data: bytes, filters: Any) -> None:
    assert reason(carrying(data, filters)) in {
        DAMAGED,
        "What lies in the PDF is larger than 1,000,000 bytes, as no roadmap is.",
    }


END = b"trailer\n<</Root 1 0 R/Size 900000>>\nstartxref\n9\n%%EOF"
SLOW = {
    "many parts": b"xref\n0 900000\n" + b"0000000000 65535 n \n" * 900_000 + END,
    "many beginnings": b"1 0 obj\n" * 900_000,
    "many ends": END * 99_000,
    "lists in lists": b"1 0 obj\n" + b"[" * 900_000 + END,
    "mappings in mappings": b"1 0 obj\n" + b"<</A" * 900_000 + END,
    "a text in brackets": b"1 0 obj\n" + b"(" * 900_000 + END,
    "more parts than there can be": b"xref\n0 2000000000\n" + END,
    "a circle": b"xref\n0 0\ntrailer\n<</Prev 9/Size 9/Root 1 0 R>>\nstartxref\n9\n%%EOF",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_reading_ends_soon_whatever_the_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_MAX_SECONDS", 1)
    start = time.monotonic()
    assert reason(b"%PDF-1.7\n" + SLOW[name]) == DAMAGED
    assert time.monotonic() - start < 5


def test_who_watches_the_program_still_does(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def watch(*_: object) -> None:
        """Do nothing."""

    monkeypatch.setattr(embedding, "_MAX_SECONDS", -1)
    sys.setprofile(watch)
    try:
        assert reason(with_source()) == DAMAGED
        assert sys.getprofile() is watch
    finally:
        sys.setprofile(None)
    assert logging.getLogger("pypdf").level == logging.NOTSET
    assert capfd.readouterr() == ("", "")


# Here the damage takes the filter and the checksum away at once.
@example(cut=5751, junk=bytes(5))
@given(cut=st.integers(0, 9999), junk=st.binary(max_size=40))
def test_a_damaged_file_is_no_source_and_no_crash(cut: int, junk: bytes) -> None:
    content = with_source()
    at = cut % len(content)
    with contextlib.suppress(NoSource):
        damaged = content[:at] + junk + content[at + len(junk) :]
        assert embedding.extract(damaged, LIMIT).content == ROADMAP.content
