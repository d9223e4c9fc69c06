"""Work on many things by all processors at once."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Fewer for each are done before other processes have begun.
_MANY = 32
_TWO = 2

A = TypeVar("A")
B = TypeVar("B")


def in_order(work: Callable[[A], B], items: Sequence[A]) -> Iterator[B]:
    """Apply a function to all items, and yield the results in the order of the items.

    Many items are dealt out to the processors; the results must then be such that they can be
    pickled.
    """
    processors = min(_processors(), len(items) // _MANY)
    if processors < _TWO:
        yield from map(work, items)
        return
    readers: list[Connection] = []
    try:
        # Where no more processes can be had, this one does what is left.
        with suppress(OSError):
            for number in range(processors):
                readers.append(_start(work, items[number::processors], readers))
        for index, item in enumerate(items):
            number = index % processors
            if number >= len(readers):
                yield work(item)
                continue
            try:
                yield readers[number].recv()
            except (EOFError, OSError):
                # The other process is gone, whatever the reason: it is not gone for this one.
                yield work(item)
    finally:
        for reader in readers:
            reader.close()


def _processors() -> int:
    """Return how many processors there are, or 1 where a process cannot be copied safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _start(
    work: Callable[[A], B], items: Sequence[A], readers: Sequence["Connection"]
) -> "Connection":
    """Start a process that sends the results of its items, and return where they arrive."""
    # Imported late: few runs need it.
    import multiprocessing

    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(
        target=_send_all, args=(work, items, writer, (*readers, reader)), daemon=True
    )
    process.start()
    writer.close()
    return reader


def _send_all(
    work: Callable[[A], B],
    items: Sequence[A],
    writer: "Connection",
    readers: Sequence["Connection"],
) -> None:
    """Work in a process of its own, until all is done or nobody reads any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    # As long as a copy of it were open, the end of a reader would not be noticed.
    for reader in readers:
        reader.close()
    # What goes wrong goes wrong again where it can be told.
    with suppress(Exception):
        for item in items:
            writer.send(work(item))
