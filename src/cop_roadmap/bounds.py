"""Work that others have a hand in, and that must end: in some time, with some memory."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_STATUS = Path("/proc/self/statm")


class TooSlow(BaseException):
    """Work takes too long; no clause that mends what is broken catches this."""


@contextmanager
def in_time(
    seconds: float, can_stop: Callable[[FrameType], bool] = lambda _: True
) -> Iterator[None]:
    """Let work go on for some seconds; after them raise TooSlow at the next call of a function.

    ``can_stop`` tells whether what is raised in a frame gets through.
    """
    end = time.monotonic() + seconds

    def look_at_the_clock(frame: FrameType | None, *_: object) -> None:
        if time.monotonic() > end and frame and _is_heard(frame) and can_stop(frame):
            raise TooSlow

    before = sys.getprofile()
    try:
        # Unlike alarms, this is there on every system, and leaves threads alone.
        sys.setprofile(look_at_the_clock)
        yield
    finally:
        sys.setprofile(before)


def _is_heard(frame: FrameType) -> bool:
    """Tell whether what is raised in a frame is not swallowed, as where an object is cleared away.

    The clock would be gone then, too. And what ends the watch is not to be stopped.
    """
    above: FrameType | None = frame
    while above and above.f_code.co_name != "__del__":
        above = above.f_back
    return above is None and frame.f_globals.get("__name__") not in (__name__, "contextlib")


@contextmanager
def in_memory(size: int) -> Iterator[None]:
    """Let work take up that many bytes more than are in use; beyond them raise MemoryError.

    Only Linux can do so; elsewhere there is no limit.
    """
    if sys.platform != "linux" or not _STATUS.exists():
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    in_use = int(_STATUS.read_text().split()[0]) * resource.getpagesize()
    limits = [limit for limit in before if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([in_use + size, *limits]), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
