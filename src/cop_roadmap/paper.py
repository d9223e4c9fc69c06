"""The papers that the canvas is printed on, which lie across."""

from enum import Enum


class Paper(Enum):
    """A size of paper (ISO 216). The value is what users write."""

    A4 = "a4"
    A3 = "a3"
    A2 = "a2"
