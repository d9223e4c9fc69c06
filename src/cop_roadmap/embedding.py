"""The roadmap inside its PDF: put in when the PDF is made, and taken out again byte for byte."""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from types import FrameType
from typing import Any

from cop_roadmap import bounds

YAML = "application/yaml"

# A roadmap of a thousand pages has a tenth of it.
MAX_PDF_BYTES = 20_000_000
# What pypdf may unpack of one part of a file, and how many parts there may be.
_MAX_UNPACKED = 20_000_000
_MAX_PARTS = 200_000
# To mend a file that was made to be slow takes pypdf hours; a sound one takes a moment.
_MAX_SECONDS = 10
# Readers find the beginning of a PDF behind as much of something else.
_MAX_BEFORE = 1024
# What in a name would be taken for a path, or obeyed or hidden by who shows it.
_NOT_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f/\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a document was made from."""

    name: str
    content: bytes
    mime: str = YAML


class NoSource(Exception):
    """There is no source in a file; the text says why, in a whole sentence."""


def embed(file: Any, source: Source) -> None:
    """Put a source into a ``pydyf.PDF`` that is about to be written as PDF/A-3.

    WeasyPrint has attachments of its own, but it dates them, guesses their kind from the machine's
    tables and lists them twice.
    """
    import pydyf

    stream = pydyf.Stream(
        [source.content],
        {
            "Type": "/EmbeddedFile",
            "Subtype": f"/{source.mime.replace('/', '#2f')}",
            "Params": pydyf.Dictionary(
                {
                    "Size": len(source.content),
                    "CheckSum": f"<{_checksum(source.content).hex()}>",
                }
            ),
        },
        compress=True,
    )
    file.add_object(stream)
    # A name may hold bytes that are no text.
    name = pydyf.String(_NOT_IN_NAMES.sub("_", source.name))
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": "/Source",
        }
    )
    file.add_object(specification)
    names = file.catalog.setdefault("Names", pydyf.Dictionary())
    names["EmbeddedFiles"] = pydyf.Dictionary(
        {"Names": pydyf.Array([name, specification.reference])}
    )
    file.catalog["AF"] = pydyf.Array([specification.reference])


def extract(content: bytes, limit: int) -> Source:
    """Take the source out of a PDF, whoever has saved it since.

    Args:
        content: The bytes of the PDF.
        limit: How many bytes the source may have.

    Raises:
        NoSource: the file is no PDF, is damaged, encrypted or too large, or carries no source.
    """
    if len(content) > MAX_PDF_BYTES:
        raise NoSource(f"The file is larger than {MAX_PDF_BYTES:,} bytes, as no roadmap's PDF is.")
    if b"%PDF-" not in content[:_MAX_BEFORE]:
        raise NoSource("This is not a PDF.")
    try:
        with _bounded_pypdf(), bounds.in_time(_MAX_SECONDS, _is_of_pypdf):
            source = _find(content)
    except NoSource:
        raise
    except (Exception, bounds.TooSlow) as error:
        # What pypdf raises for damaged files is of every kind, not only its own.
        raise NoSource("The PDF is damaged.") from error
    if source is None:
        raise NoSource(
            "The PDF does not carry the roadmap that it was made from: "
            "`coproadmap render --attach-source` puts it in."
        )
    if len(source.content) > limit:
        raise NoSource(f"What lies in the PDF is larger than {limit:,} bytes, as no roadmap is.")
    return source


@contextmanager
def _bounded_pypdf() -> Iterator[None]:
    """Let pypdf neither unpack without end nor say on standard error what it had to mend."""
    from pypdf import apply_configuration

    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with apply_configuration(
            zlib_maximum_output_length=_MAX_UNPACKED,
            lzw_maximum_output_length=_MAX_UNPACKED,
            run_length_maximum_output_length=_MAX_UNPACKED,
            brotli_maximum_output_length=_MAX_UNPACKED,
            stream_decoding_work_maximum_length=2 * _MAX_UNPACKED,
        ):
            yield
    finally:
        logger.setLevel(level)


def _is_of_pypdf(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith("pypdf.")


def _find(content: bytes) -> Source | None:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(BytesIO(content), xref_stream_maximum_entries=_MAX_PARTS)
        attached = [
            each
            for each in reader.attachment_list
            if each.associated_file_relationship == "/Source"
        ]
    except (DependencyError, FileNotDecryptedError) as error:
        raise NoSource("The PDF is protected by a password: save it without one.") from error
    return _checked(attached[0]) if attached else None


def _checked(attached: Any) -> Source:
    """Read a file that lies in a PDF, and see that it is what was put in."""
    found = Source(attached.name, attached.content, str(attached.subtype)[1:])
    # Where damage has taken the checksum away, nothing else can be trusted, either. A string of
    # bytes may look like one of text.
    checksum: Any = attached.checksum
    if not checksum or checksum.original_bytes != _checksum(found.content):
        raise ValueError("checksum")
    return found


def _checksum(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()
