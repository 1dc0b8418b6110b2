"""Plain manifests: what somebody has rendered already, or applies as it is, judged without a chart.

The rules about objects, and about objects together, see them as they see a rendered chart; rules about the chart's own
files have nothing to look at and do not run, and an allowance is never called unused, since it may be for one of those.
Every place is exact, because what is judged is what is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from chartgen.chart.model import Chart
from chartgen.engine.api import Options
from chartgen.engine.objects import Parsed, parse_file
from chartgen.errors import CannotDo
from chartgen.findings import Finding, Related, Report
from chartgen.kube.releases import RECENT, minor_version, releases
from chartgen.lint.allowed import UNUSED
from chartgen.lint.drafts import Draft, Spot
from chartgen.lint.excuses import excuses
from chartgen.lint.finish import findings, sources
from chartgen.lint.judge import Judge
from chartgen.lint.places import Places
from chartgen.lint.run import Settings
from chartgen.lint.subject import Subject
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ScenarioContext

_APP_SPEC = re.compile(r"^apiVersion:\s*['\"]?chartgen/", re.MULTILINE)


def lint_manifests(files: Mapping[str, bytes], *, settings: Settings = Settings()) -> Report:
    """Lint the manifests in some files, by the name the user knows each by, as one set of objects.

    Comments and annotations allow what they allow in a chart. Objects are taken to be in the namespace that they name,
    when all that name one name the same. Raises CannotDo for a rule that does not exist, and for an app spec.
    """
    judge = Judge(settings.policy._replace(ignore=(*settings.policy.ignore, UNUSED)))
    subject = Subject(Chart(dict(files)))
    parsed = _parsed(files)
    chart = ChartContext(Chart({}), _options(parsed, settings.options))
    chart.schemas, chart.is_asked = settings.schemas, bool(settings.kube_versions)
    subject.versions = releases(filter(None, map(minor_version, settings.kube_versions))) or releases(RECENT)
    ctx = ScenarioContext(chart, "", parsed=parsed, versions=subject.versions)
    subject.objects = len(parsed.objects)
    subject.rendered.update(files)
    for draft in judge.scenario(ctx):
        subject.add(draft, "")
    for obj in parsed.objects:
        for excuse in excuses(obj):
            subject.excuses.setdefault(excuse.identity, excuse)
    kept, allowed = findings(subject, judge, _AsWritten(subject, {}))
    return Report(
        _sorted(map(_of_file, kept)),
        _sorted(map(_of_file, allowed)),
        objects=subject.objects,
        crashed=judge.crashed,
        sources=sources(subject, (*kept, *allowed)),
        files=tuple(files),
    )


def joined(reports: Sequence[Report]) -> Report:
    """Several reports as one: charts and plain manifests of one run."""
    return Report(
        _sorted(finding for report in reports for finding in report.findings),
        _sorted(finding for report in reports for finding in report.suppressed),
        charts=tuple(chart for report in reports for chart in report.charts),
        scenarios=sum(report.scenarios for report in reports),
        objects=sum(report.objects for report in reports),
        crashed=any(report.crashed for report in reports),
        sources={file: text for report in reports for file, text in report.sources.items()},
        files=tuple(file for report in reports for file in report.files),
    )


class _AsWritten(Places):
    """The places of manifests: where they are read is where they are written."""

    def location(self, spot: Spot, scenarios: Sequence[str]) -> Location:
        """The place itself."""
        return spot.location

    def related(self, draft: Draft, primary: Location) -> tuple[Related, ...]:
        """The other places of a draft."""
        return tuple(Related(spot.location, message) for spot, message in draft.related)

    def given(self, draft: Draft, primary: Location) -> tuple[Related, ...]:
        """No values are behind them."""
        return ()


def _parsed(files: Mapping[str, bytes]) -> Parsed:
    """The documents of all files, in the order the files were given."""
    found = []
    for name, content in files.items():
        text = content.decode("utf-8-sig", "surrogateescape")
        if _APP_SPEC.search(text):
            raise CannotDo(f"{name!r} is an app spec", hint=f"'chartgen validate {name}' judges it")
        found.append(parse_file(name, text, scenario=""))
    return Parsed(
        tuple(obj for one in found for obj in one.objects),
        tuple(bad for one in found for bad in one.bad),
        tuple(duplicate for one in found for duplicate in one.duplicates),
    )


def _options(parsed: Parsed, options: Options) -> Options:
    """The circumstances, in the one namespace that the objects name, unless the user named another."""
    named = {obj.namespace for obj in parsed.objects if obj.namespace}
    if len(named) == 1 and options.namespace == Options().namespace:
        return options._replace(namespace=named.pop())
    return options


def _of_file(finding: Finding) -> Finding:
    """The finding with its file in the place of a chart, so that equal objects of two files are told apart."""
    return finding._replace(chart=finding.primary.file or "")


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: finding.sort_key))
