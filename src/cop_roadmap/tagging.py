"""What WeasyPrint leaves out of the tags of tables, added before a PDF is written.

WeasyPrint gives every header of a table a name, and every cell the names of its headers. It says
neither which way a header points, nor where the names are found. Both are added here, from the
tags alone: nothing of WeasyPrint's own boxes is needed, which change with every release.
"""

from collections.abc import Iterator
from typing import Any

_GROUPS = ("/THead", "/TBody", "/TFoot")


def complete(file: Any) -> None:
    """Finish the tags of a ``pydyf.PDF`` that is about to be written."""
    tree = Tree(file)
    for table in tree.tables:
        _point(tree, table)
    tree.index()


class Tree:
    """The tags of a PDF."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._elements: list[Any] = [
            item
            for item in file.objects
            if isinstance(item, dict) and item.get("Type") == "/StructElem"
        ]

    @property
    def tables(self) -> list[Any]:
        """All tables; one that goes on over pages is one table for each page."""
        return [element for element in self._elements if element["S"] == "/Table"]

    def children(self, element: Any) -> Iterator[Any]:
        """Return the elements right under an element, without the content itself."""
        for kid in element["K"]:
            if isinstance(kid, bytes):
                child = self._file.objects[int(kid.split()[0])]
                if child.get("Type") == "/StructElem":
                    yield child

    def groups(self, table: Any) -> Iterator[list[list[Any]]]:
        """Return the cells of a table by group and row; rows without a group are one."""
        groups = [child for child in self.children(table) if child["S"] in _GROUPS]
        for group in groups or [table]:
            rows = (child for child in self.children(group) if child["S"] == "/TR")
            yield [list(self.children(row)) for row in rows]

    def index(self) -> None:
        """Say where the headers are that cells name; without it readers cannot find them."""
        import pydyf

        named = sorted(
            (element["ID"].data, element) for element in self._elements if "ID" in element
        )
        if not named:
            return
        names = pydyf.Array()
        for _, element in named:
            names.extend((element["ID"], element.reference))
        root = self._file.objects[int(self._file.catalog["StructTreeRoot"].split()[0])]
        root["IDTree"] = pydyf.Dictionary({"Names": names})


def _point(tree: Tree, table: Any) -> None:
    """Give the headers of a table their direction, and those of rows the header of their group."""
    for group in tree.groups(table):
        above: Any = None
        for row in group:
            named = _named_in(row)
            for cell in row:
                if cell["S"] == "/TH":
                    is_of_row = cell["ID"].data in named
                    cell["A"]["Scope"] = "/Row" if is_of_row else "/Column"
                    if is_of_row and above is not None:
                        _add_header(cell, above)
            if [cell["S"] for cell in row] == ["/TH"]:
                # Alone in its row: it heads the rows below, in all columns.
                above = row[0]


def _named_in(row: list[Any]) -> set[bytes]:
    """Return the names of headers that the cells of a row give."""
    return {header.data for cell in row for header in cell["A"].get("Headers", ())}


def _add_header(cell: Any, header: Any) -> None:
    """Let a header have a header itself: readers follow from one to the other."""
    import pydyf

    cell["A"].setdefault("Headers", pydyf.Array()).append(header["ID"])
