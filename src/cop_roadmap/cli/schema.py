"""``coproadmap schema``: the file format for editors."""

from cop_roadmap.cli.speaking import emit


def schema() -> None:
    """Print the JSON Schema of the file format.

    With it, editors complete keys and explain the canvas.
    """
    from cop_roadmap import catalogue
    from cop_roadmap import schema as json_schema

    emit(json_schema.as_json(catalogue.load("en")).encode())
