"""Measures whole processes."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# A small process starts the one that is measured, which would else inherit our own peak.
_LAUNCH = """
import resource, subprocess, sys, time
began = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
seconds = time.perf_counter() - began
assert b"Traceback" not in done.stdout, done.stdout
print(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, done.returncode)
"""


@dataclass(frozen=True)
class Measured:
    """What one run took: seconds, and bytes at its peak."""

    seconds: float
    memory: int
    exit_code: int


def measured(command: Sequence[str], directory: Path) -> Measured:
    launch = [sys.executable, "-c", _LAUNCH, *command]
    process = subprocess.run(launch, cwd=directory, capture_output=True, text=True, check=True)
    seconds, peak, code = process.stdout.split()
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(float(seconds), int(peak) * unit, int(code))
