"""JUnit's XML, which nearly every CI system shows as test results.

A chart is a test suite and a finding a test case in it: a failure, or for an info a test that passed and has something
to say, or for what somebody has allowed one that was skipped. A chart without findings is one test that passed. Names
hold no line numbers, so that a CI system knows a finding again after an edit.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from chartgen.findings import Finding, Report, Severity
from chartgen.report.grouping import by_subject
from chartgen.report.style import clean, one_line


def report(report: Report) -> str:
    """An XML document with a suite for each chart and each plain manifest."""
    root = Element("testsuites", name="chartgen")
    groups = by_subject(report, (*report.findings, *report.suppressed))
    for name, found in groups.items():
        suite = SubElement(root, "testsuite", name=clean(name) or "chartgen")
        for finding in found:
            _case(suite, finding)
        if not found:
            SubElement(suite, "testcase", name="no findings", classname=clean(name), time="0")
        _count(suite)
    _count(root)
    indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{tostring(root, encoding='unicode')}\n"


def _case(suite: Element, finding: Finding) -> None:
    where = finding.primary
    name = f"{finding.rule}: {one_line(finding.message)}"
    case = SubElement(suite, "testcase", name=name, classname=suite.get("name", ""), time="0")
    if where.file:
        case.set("file", clean(where.file))
    if where.line is not None:
        case.set("line", str(where.line))
    if finding.suppressed:
        SubElement(case, "skipped", message=f"allowed: {one_line(finding.suppressed.reason)}")
    elif finding.severity is Severity.INFO:
        SubElement(case, "system-out").text = _text(finding)
    else:
        failure = SubElement(case, "failure", message=one_line(finding.message), type=finding.severity.value)
        failure.text = _text(finding)


def _text(finding: Finding) -> str:
    """All that is known, for the page of a single test."""
    lines = [f"{finding.severity.value}[{finding.rule}]: {finding.message}"]
    if str(finding.primary):
        lines.append(f"at {finding.primary}")
    lines += [f"note: {related.location}: {related.message}" for related in finding.related]
    if finding.scenarios:
        lines.append(f"values: {', '.join(finding.scenarios)}")
    if finding.help:
        lines.append(f"help: {finding.help}")
    return clean("\n".join(lines))


def _count(element: Element) -> None:
    element.set("tests", str(len(element.findall(".//testcase"))))
    element.set("failures", str(len(element.findall(".//failure"))))
    element.set("errors", "0")
    element.set("skipped", str(len(element.findall(".//skipped"))))
