"""Times the command as whole processes, side by side, and prints medians and ratios.

    .venv/bin/python -m benchmarks.run [--runs 9] [--copies 1000]

Each pair runs in turn (A B A B …), so that a machine that slows down slows both. Ratios are of
medians. This is no test: it judges nothing.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import measured
from cop_roadmap import canvas

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "open-data-stewards.yaml"
BIN = Path(sys.executable).parent
COPROADMAP = [str(BIN / "coproadmap")]

Command = Sequence[str]


def python(code: str) -> Command:
    return [sys.executable, "-c", code]


def seconds(command: Command, directory: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=directory, check=True, capture_output=True)
    return time.perf_counter() - start


def compare(title: str, ours: Command, other: Command, runs: int, directory: Path) -> None:
    """Print the medians of two commands and their ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for command in (ours, other):
        seconds(command, directory)  # the first run fills the caches
    for _ in range(runs):
        times[0].append(seconds(ours, directory))
        times[1].append(seconds(other, directory))
    a, b = (statistics.median(each) for each in times)
    print(f"| {title} | {a * 1000:.0f} ms | {b * 1000:.0f} ms | {a / b:.2f} |", flush=True)


def peak(command: Command, directory: Path) -> tuple[float, float]:
    """Return the seconds and the peak memory in MiB of one run, which must succeed."""
    took = measured(command, directory)
    assert took.exit_code == 0
    return took.seconds, took.memory / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--copies", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        shutil.copy(EXAMPLE, directory / "roadmap.yaml")
        ratios(options.runs, directory)
        many(options.copies, directory)
        against_schema(options.runs, options.copies, directory)
        grid(directory)


def ratios(runs: int, directory: Path) -> None:
    print(f"| whole process, median of {runs} | coproadmap | against | ratio |")
    print("| --- | --- | --- | --- |")
    version, validate = [*COPROADMAP, "--version"], [*COPROADMAP, "validate", "roadmap.yaml"]
    pages = [*COPROADMAP, "render", "roadmap.yaml", "--to", "md,html"]
    pdf = [*COPROADMAP, "render", "roadmap.yaml", "--to", "pdf"]
    lines = "import typer, yaml, pydantic"
    compare("`--version` / `import typer`", version, python("import typer"), runs, directory)
    compare(f"`validate` / `{lines}`", validate, python(lines), runs, directory)
    models = "import typer, yaml; from pydantic import BaseModel"
    compare(f"`validate` / `{models}`", validate, python(models), runs, directory)
    model = f"{models}; type('M', (BaseModel,), {{}})"
    compare("`validate` / the same with one empty model", validate, python(model), runs, directory)
    lines += ", jinja2"
    compare(f"`render --to md,html` / `{lines}`", pages, python(lines), runs, directory)
    plain = [str(BIN / "weasyprint"), "roadmap.html", "plain.pdf"]
    compare("`render --to pdf` / `weasyprint` on our page", pdf, plain, runs, directory)


def many(copies: int, directory: Path) -> None:
    print("\n| copies of the complete example | seconds | ms per file | peak memory |")
    print("| --- | --- | --- | --- |")
    for number in (1, copies // 10, copies):
        folder = directory / str(number)
        folder.mkdir()
        for index in range(number):
            shutil.copy(directory / "roadmap.yaml", folder / f"{index:04}.yaml")
        elapsed, memory = peak([*COPROADMAP, "validate", str(folder)], directory)
        print(f"| {number} | {elapsed:.2f} | {elapsed * 1000 / number:.1f} | {memory:.0f} MiB |")


def against_schema(runs: int, copies: int, directory: Path) -> None:
    """Compare with what checks the same files by our own schema."""
    schema = subprocess.run([*COPROADMAP, "schema"], check=True, capture_output=True).stdout
    (directory / "roadmap.schema.json").write_bytes(schema)
    folder = directory / str(copies)
    other = [str(BIN / "check-jsonschema"), "--schemafile", "roadmap.schema.json"]
    print("\n| against `check-jsonschema` | coproadmap | against | ratio |")
    print("| --- | --- | --- | --- |")
    one = [*COPROADMAP, "validate", "roadmap.yaml"]
    compare("one file", one, [*other, "roadmap.yaml"], runs, directory)
    all_files = sorted(str(path) for path in folder.iterdir())
    ours, theirs = [*COPROADMAP, "validate", str(folder)], [*other, *all_files]
    a, b = seconds(ours, directory), seconds(theirs, directory)
    print(f"| {copies} files | {a:.1f} s | {b:.1f} s | {a / b:.3f}, {b / a:.0f} times as fast |")


def grid(directory: Path) -> None:
    """Print what a PDF costs with more and more actions in each of the 192 cells."""
    print("\n| actions in each cell | actions | seconds | ms per action | peak memory |")
    print("| --- | --- | --- | --- | --- |")
    for number in (1, 10, 100):
        actions = "".join(
            f"      - Agree on step {index} with the members\n" for index in range(number)
        )
        periods = "".join(f"      {key}:\n{actions}" for key in canvas.PERIOD_KEYS)
        rows = "".join(f"  {key}:\n    timeline:\n{periods}" for key in canvas.SECTION_KEYS)
        path = directory / f"grid-{number}.yaml"
        path.write_text(f"community:\n  name: Grid\nsections:\n{rows}", "utf-8")
        elapsed, memory = peak([*COPROADMAP, "render", path.name, "-t", "pdf"], directory)
        count = number * len(canvas.PERIOD_KEYS) * len(canvas.SECTION_KEYS)
        each = elapsed * 1000 / count
        print(
            f"| {number} | {count:,} | {elapsed:.1f} | {each:.1f} | {memory:.0f} MiB |", flush=True
        )


if __name__ == "__main__":
    main()
