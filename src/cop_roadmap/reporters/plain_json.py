"""JSON that can be printed to any terminal, and written to any file."""

import json
import re

# What a terminal may obey (control and format characters), or UTF-8 cannot hold (surrogates).
_MAY_BE_UNSAFE = re.compile("[^ -~\n]")


def dumps(content: object) -> str:
    """Write an object as JSON, with codes for all characters that show nothing by themselves."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return _MAY_BE_UNSAFE.sub(_shown, text) + "\n"


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    return char if char.isprintable() else json.dumps(char).strip('"')
