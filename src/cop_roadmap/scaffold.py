"""A blank roadmap to fill in: every key of the canvas, its question as a remark above it."""

import json
import re
import textwrap
from datetime import date

from cop_roadmap import canvas, schema
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.templating import Templates, builtin_directory

_WIDTH = 88
# Text that means itself without quotes: words with ordinary punctuation inside.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ’().,/&+-]*[\w).])?")
_YAML_WORDS = frozenset({"null", "true", "false"})
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def blank(words: Catalogue, *, name: str = "", start: date | None = None) -> str:
    """Return a blank roadmap as YAML, with its remarks in the catalogue's language."""
    data = {
        "schema_file": schema.FILE_NAME,
        "words": words.words,
        "language": words.language,
        "name": name.strip() or words.word("scaffold", "name"),
        "start": f"{start:%Y-%m}" if start else "",
        "numbers": dict(canvas.SECTION_NUMBERS),
        "facets": [(facet.number, facet.key, list(facet.sections)) for facet in canvas.FACETS],
        "periods": list(canvas.PERIOD_KEYS),
        "ambitions": list(canvas.AMBITION_KEYS),
        "steps": [(step.number, step.key, list(step.items)) for step in canvas.STEPS],
    }
    return Templates().render("scaffold.yaml.j2", data, {"remark": _remark, "scalar": _scalar})


def example(language: str) -> str:
    """Return the complete worked example of a language; the English one where there is none."""
    directory = builtin_directory("examples")
    names = {"fr": "soins-de-la-douleur"}
    return (directory / f"{names.get(language, 'open-data-stewards')}.yaml").read_text("utf-8")


def _remark(text: str, indent: int = 0) -> str:
    """Write a text as remarks, wrapped, each line at an indent."""
    start = " " * indent + "# "
    return textwrap.fill(text, _WIDTH, initial_indent=start, subsequent_indent=start)


def _scalar(text: str) -> str:
    """Write a text as a YAML scalar on one line."""
    if _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
