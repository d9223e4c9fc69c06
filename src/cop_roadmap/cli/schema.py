"""``coproadmap schema``: the file format for editors."""

from typing import Annotated

import typer

from cop_roadmap.cli.arguments import WordsOption, refuse_unknown_language, use_words
from cop_roadmap.cli.speaking import emit


def schema(
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The language of titles and questions.")
    ] = "en",
    words: WordsOption = None,
) -> None:
    """Print the JSON Schema of the file format.

    With it, editors complete keys and explain the canvas.
    """
    from cop_roadmap import catalogue
    from cop_roadmap import schema as json_schema

    use_words(words)
    refuse_unknown_language(language)
    emit(json_schema.as_json(catalogue.load(language)).encode())
