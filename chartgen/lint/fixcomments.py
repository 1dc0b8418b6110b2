"""Comments that allow something in vain are taken out, and nothing else of what stands around them."""

from __future__ import annotations

import re

from chartgen.chart.model import Chart
from chartgen.findings import Finding
from chartgen.fixes import Fix, ReplaceText
from chartgen.lint.suppress import ALLOW, allowances
from chartgen.location import Location

_IDLE = frozenset({"unused-suppression"})


def comment_removal(finding: Finding, where: Location, chart: Chart) -> Fix | None:
    """The fix of a finding about an allowance that does nothing; ``where`` is it in the chart's own files.

    A comment that allows several rules, of which others may be needed, stays.
    """
    if finding.rule not in _IDLE or not where.file or where.line is None:
        return None
    text = chart.text(where.file)
    lines = (text or "").split("\n")
    if where.line > len(lines):
        return None
    line = lines[where.line - 1].removesuffix("\r")
    match = re.search(ALLOW, line)
    here = [one for one in allowances(where.file, text or "") if one.line == where.line]
    if match is None or len(here) != 1:
        return None
    rest = line[: match.start()] + line[match.end() :]
    if not rest.strip():
        place = where._replace(column=1, end_line=where.line + 1, end_column=1)
    else:
        start = len(line[: match.start()].rstrip()) if not line[match.end() :].strip() else match.start()
        place = where._replace(column=start + 1, end_line=where.line, end_column=match.end() + 1)
    return Fix("remove the allowance that is not needed", (ReplaceText(place, ""),))
