"""The report as JUnit's XML: one suite per file, one failed case per finding that the run fails on.

Elements and attributes are those that readers agree on: https://github.com/testmoapp/junitxml
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from cop_roadmap.diagnostics import Diagnostic
from cop_roadmap.printing import printable
from cop_roadmap.report import Checked, Gates, Report
from cop_roadmap.reporters.locations import relative
from cop_roadmap.reporters.text import plain


def write(report: Report) -> str:
    """Write a report as JUnit's XML."""
    suites = [_suite(report, file) for file in report.files]
    root = ET.Element("testsuites", {"name": "coproadmap", **_sums(suites)})
    root.extend(suites)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(report: Report, file: Checked) -> ET.Element:
    path = printable(relative(file.name, report.root))
    shown = [found for found in file.diagnostics if report.gates.shows(found)]
    cases = list(_failed(shown, report.gates, path)) or [_case(path, path)]
    failures = sum(len(case) for case in cases)
    suite = ET.Element("testsuite", name=path, tests=str(len(cases)), failures=str(failures))
    suite.attrib |= {"errors": "0", "skipped": "0", "time": "0"}
    suite.extend(cases)
    passed = [plain(found) for found in shown if report.gates.lets_pass(found)]
    if passed:
        ET.SubElement(suite, "system-out").text = "\n".join(passed)
    return suite


def _failed(shown: Iterable[Diagnostic], gates: Gates, path: str) -> Iterator[ET.Element]:
    seen: Counter[str] = Counter()
    for found in shown:
        if gates.lets_pass(found):
            continue
        where = f" at {printable(found.path)}" if found.path else ""
        name = f"{path}: {found.rule}{where}"
        seen[name] += 1
        # Of cases with equal names, readers show one only.
        case = _case(path, f"{name} ({seen[name]})" if seen[name] > 1 else name)
        if found.place:
            case.set("line", str(found.place.line))
        message = printable(found.message)
        ET.SubElement(case, "failure", message=message, type=found.rule).text = plain(found)
        yield case


def _case(path: str, name: str) -> ET.Element:
    # A dot in the name of a class would be read as that of a package.
    return ET.Element("testcase", classname="coproadmap", name=name, file=path, time="0")


def _sums(suites: list[ET.Element]) -> dict[str, str]:
    names = ("tests", "failures", "errors", "skipped")
    sums = {name: sum(int(suite.get(name, "0")) for suite in suites) for name in names}
    return {name: str(number) for name, number in sums.items()}
