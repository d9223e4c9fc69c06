"""Roadmaps of communities of practice: YAML in, Markdown, HTML and PDF out."""

__version__ = "0.1.0"
