"""Which version of the tool this is."""

__version__ = "0.1.0"
