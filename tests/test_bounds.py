"""Work that must end: in some time, with some memory."""

import gc
import sys
import time
from collections.abc import Callable
from types import FrameType

import pytest

from cop_roadmap import bounds


class Slow:
    """An object that takes longer to clear away than work may take."""

    def __del__(self) -> None:
        dawdle()


def dawdle(*_: object) -> None:
    time.sleep(0.2)
    int("1")


def is_of_work(frame: FrameType) -> bool:
    return frame.f_code.co_name in ("work", "go_on")


def go_on() -> None:
    """Do nothing."""


def clear_away() -> None:
    Slow()


def clear_away_watched() -> None:
    gc.callbacks.append(dawdle)
    gc.collect()
    gc.callbacks.remove(dawdle)


@pytest.mark.parametrize("dally", [dawdle, clear_away, clear_away_watched])
def test_work_that_takes_too_long_is_stopped(dally: Callable[[], None]) -> None:
    def work() -> None:
        dally()
        go_on()
        pytest.fail("nothing stops it")

    with pytest.raises(bounds.TooSlow), bounds.in_time(0.1, is_of_work):
        work()


def test_work_in_time_is_left_alone() -> None:
    with bounds.in_time(60):
        go_on()


def test_who_watches_the_program_still_does() -> None:
    def watch(*_: object) -> None:
        """Do nothing."""

    sys.setprofile(watch)
    try:
        with bounds.in_time(60):
            go_on()
        assert sys.getprofile() is watch
    finally:
        sys.setprofile(None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a limit")
def test_work_that_takes_too_much_memory_is_stopped_and_the_rest_is_not() -> None:
    size = 100_000_000
    with bounds.in_memory(size):
        assert len(bytes(size // 2)) == size // 2
        with pytest.raises(MemoryError):
            bytes(2 * size)
    assert len(bytes(2 * size)) == 2 * size


def test_elsewhere_work_has_what_memory_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with bounds.in_memory(1):
        assert bytes(10_000_000)
