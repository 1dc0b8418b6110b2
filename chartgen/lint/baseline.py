"""Adopting the linter where much is found already: what a baseline holds is known and does not count.

A baseline is a JSON file of fingerprints, which survive edits, each with how often it was found and, for whoever reads
the file, what it says. What is found more often than that is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from chartgen.errors import CannotDo
from chartgen.findings import Finding, Report, Suppression
from chartgen.location import Location

if TYPE_CHECKING:
    from json import JSONDecodeError

VERSION = 1


def read_baseline(text: str, *, file: str) -> Counter[str]:
    """How often each fingerprint was found when the baseline was made. Raises CannotDo for what is no baseline."""
    import json

    try:
        data = json.loads(text)
        version = data["version"]
        counts = Counter({entry["fingerprint"]: int(entry["count"]) for entry in data["findings"]})
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        why = (
            _no_json(error) if isinstance(error, json.JSONDecodeError) else "it lacks a version, or a list of findings"
        )
        raise CannotDo(f"{file!r} is no baseline: {why}", hint="--update-baseline writes one") from None
    if version != VERSION:
        raise CannotDo(f"{file!r} is a baseline of version {version}, this chartgen reads {VERSION}")
    return counts


def _no_json(error: JSONDecodeError) -> str:
    return f"it is not JSON, line {error.lineno}, column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}"


def baseline_of(report: Report) -> str:
    """The baseline of what a report holds, sorted, so that two of them compare line by line."""
    import json

    found: dict[str, tuple[Finding, int]] = {}
    for finding in report.findings:
        first, count = found.get(finding.fingerprint, (finding, 0))
        found[finding.fingerprint] = (first, count + 1)
    entries = [
        {
            "fingerprint": fingerprint,
            "count": count,
            "rule": finding.rule,
            "chart": finding.chart,
            "message": finding.message,
        }
        for fingerprint, (finding, count) in found.items()
    ]
    entries.sort(key=lambda entry: [str(entry[key]) for key in ("chart", "rule", "message", "fingerprint")])
    return json.dumps({"version": VERSION, "findings": entries}, indent=1, ensure_ascii=False) + "\n"


def without_known(report: Report, known: Mapping[str, int], *, file: str) -> tuple[Report, int]:
    """The report with what the baseline holds set apart, and how many of the baseline's findings are gone."""
    left = Counter(known)
    kept: list[Finding] = []
    apart: list[Finding] = []
    for finding in report.findings:
        if left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
            apart.append(finding._replace(suppressed=Suppression(Location(file), "known", "baseline")))
        else:
            kept.append(finding)
    suppressed = sorted((*report.suppressed, *apart), key=lambda finding: finding.sort_key)
    return report._replace(findings=tuple(kept), suppressed=tuple(suppressed)), sum(left.values())
