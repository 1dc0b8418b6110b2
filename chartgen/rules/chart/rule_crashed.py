"""Bugs of chartgen's own rules."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import LintRule, Profile


class RuleCrashed(LintRule):
    """A rule of chartgen failed on this chart.

    ## Why
    This is a bug in chartgen, not in the chart. What the rule would have said is unknown, so the run ends with exit
    code 2; all other rules were run.
    """

    id = "rule-crashed"
    severity = Severity.ERROR
    profile = Profile.BASELINE
