"""Many things are worked on by all processors, and nobody can tell but by the time it takes."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest

from cop_roadmap import parallel
from cop_roadmap.parallel import in_order

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one processor does it all")
HERE = os.getpid()


def double(number: int) -> int:
    return 2 * number


def by_this_process(_: object) -> bool:
    return os.getpid() == HERE


def only_here(number: int) -> int:
    """Fail in any other process: by an exception, or by the end of it."""
    if os.getpid() != HERE:
        if number % 2:
            raise RuntimeError
        os._exit(3)
    return number


def never_of_50(number: int) -> int:
    if number == 50:
        raise RuntimeError("50")
    return number


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def have(number: int) -> None:
        monkeypatch.setattr(parallel, "_processors", lambda: number)

    return have


@linux
@pytest.mark.parametrize("processors_", [1, 2, 3, 7])
@pytest.mark.parametrize("items", [0, 1, 63, 64, 65, 200])
def test_the_results_come_in_the_order_of_the_items(
    items: int, processors_: int, processors: Callable[[int], None]
) -> None:
    processors(processors_)
    assert list(in_order(double, range(items))) == [2 * item for item in range(items)]


@linux
@pytest.mark.parametrize(
    ("items", "number", "here"),
    [
        pytest.param(63, 2, True, id="few items"),
        pytest.param(64, 1, True, id="one processor"),
        pytest.param(64, 2, False, id="many items and two processors"),
    ],
)
def test_only_many_items_are_dealt_out(
    items: int, number: int, here: bool, processors: Callable[[int], None]
) -> None:
    processors(number)
    assert set(in_order(by_this_process, range(items))) == {here}


@linux
def test_what_another_process_does_not_finish_is_done_here(
    processors: Callable[[int], None], capfd: pytest.CaptureFixture[str]
) -> None:
    processors(3)
    assert list(in_order(only_here, range(100))) == list(range(100))
    assert capfd.readouterr() == ("", "")


@linux
@pytest.mark.parametrize("started", [0, 1, 2])
def test_where_no_more_processes_can_be_had_this_one_does_the_rest(
    started: int, processors: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    processors(3)
    fork, left = os.fork, iter(range(started))

    def fork_some() -> int:
        if next(left, None) is None:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", fork_some)
    assert list(in_order(double, range(100))) == [2 * item for item in range(100)]


@linux
def test_what_goes_wrong_is_raised_where_the_results_are_taken(
    processors: Callable[[int], None], capfd: pytest.CaptureFixture[str]
) -> None:
    processors(2)
    results = in_order(never_of_50, range(100))
    with pytest.raises(RuntimeError, match=r"^50$"):
        list(results)
    assert capfd.readouterr() == ("", "")


@linux
def test_processes_end_when_nobody_takes_their_results() -> None:
    """Not even a kill that nothing can react to leaves any behind."""
    code = textwrap.dedent(
        """
        import multiprocessing, os, signal
        from cop_roadmap import parallel

        parallel._processors = lambda: 2
        results = parallel.in_order(lambda number: bytes(100_000), range(1_000))
        next(results)
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    others = [int(number) for number in process.stdout.split()]
    assert len(others) == 2
    for other in others:
        _wait_for_end(other)


def _wait_for_end(process: int) -> None:
    """Wait until a process is gone, or only its entry in the table is left."""
    import time

    for _ in range(100):
        try:
            with open(f"/proc/{process}/stat", encoding="utf-8") as status:  # noqa: PTH123
                if status.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return
        except FileNotFoundError:
            return
        time.sleep(0.05)
    pytest.fail("the process goes on")


def test_without_linux_one_processor_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert set(in_order(by_this_process, range(100))) == {True}
