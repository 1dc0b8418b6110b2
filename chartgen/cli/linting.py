"""What ``chartgen lint`` does once its command line is understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chartgen.cli.circumstances import given_values, render_options
from chartgen.cli.outputs import outputs
from chartgen.cli.terminal import Terminal
from chartgen.errors import CannotDo, ChartgenError

if TYPE_CHECKING:
    from pathlib import Path

    from chartgen.chart.model import Chart
    from chartgen.cli.subjects import Subjects
    from chartgen.findings import Report
    from chartgen.lint.run import Settings


def lint_paths(
    out: Terminal,
    paths: Sequence[str],
    *,
    values: Sequence[str] = (),
    set_values: Sequence[str] = (),
    format_name: str | None = None,
    output: Sequence[str] = (),
    statistics: bool = False,
    fail_on: str = "error",
    exit_zero: bool = False,
    profile: str = "recommended",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    since: str | None = None,
    kube_version: str | None = None,
    api_versions: Sequence[str] = (),
    namespace: str = "default",
    release: str = "release-name",
    engine: str = "auto",
    jobs: int | None = None,
) -> int:
    """Lint the charts below some paths, write the report and give the exit code.

    The defaults are those of the command line. Raises CannotDo and EngineError.
    """
    from chartgen.cli.subjects import subjects
    from chartgen.findings import Severity
    from chartgen.lint.run import Settings
    from chartgen.policy.model import Policy
    from chartgen.report import FORMATS, render_report
    from chartgen.report.summary import of_report
    from chartgen.rules.base import Profile

    wanted = outputs(output, format_name, FORMATS)
    settings = Settings(
        policy=Policy(Profile(profile), tuple(_names(select)), tuple(_names(ignore))),
        values=given_values(values),
        set_values=tuple(set_values),
        options=render_options(kube_version, api_versions, namespace, release),
    )
    found = subjects(paths)
    if since is not None:
        all_of_them = len(found.charts) + len(found.manifests)
        found = found.changed_since(since, shared=values)
        out.detail(f"{len(found.charts) + len(found.manifests)} of {all_of_them} have changed since {since}")
    report = _judged(found, settings, engine, jobs)
    texts = [
        (render_report(report, one.format, color=one.color(out), statistics=statistics), one.file) for one in wanted
    ]
    out.results(texts)
    for name in (*report.charts, *report.files):
        out.detail(f"linted {name}")
    shown = any(text and one.format == "text" and one.file == "-" for one, (text, _) in zip(wanted, texts, strict=True))
    nothing = since is not None and not report.charts and not report.files
    out.summary(f"no charts changed since {since}" if nothing else of_report(report), set_apart=shown)
    if report.crashed:
        return 2
    return int(fail_on != "never" and not exit_zero and report.worst_at_least(Severity(fail_on)))


def _judged(found: Subjects, settings: Settings, engine: str, jobs: int | None) -> Report:
    """The findings of charts, which take Helm, and of plain manifests, which do not."""
    reports = []
    if found.charts:
        from chartgen.engine.choose import open_engine
        from chartgen.lint.run import lint

        with open_engine(engine, jobs=jobs) as helm:
            reports.append(lint(map(_read, found.charts), engine=helm, settings=settings))
    elif found.manifests and (settings.values or settings.set_values):
        raise CannotDo("manifests are rendered already: --values and --set mean nothing", hint="name a chart")
    if len(reports) == 1 and not found.manifests:
        return reports[0]
    from chartgen.lint.manifests import joined, lint_manifests

    if found.manifests:
        reports.append(lint_manifests(found.manifests, settings=settings))
    return joined(reports)


def _read(path: Path) -> Chart | ChartgenError:
    """A chart, or the error that says why it cannot be read."""
    from chartgen.chart.read import read_chart

    try:
        return read_chart(path)
    except ChartgenError as error:
        return error


def _names(given: Sequence[str]) -> list[str]:
    """Rule names of a repeatable option, each of which may hold several between commas."""
    names = [name.strip() for one in given for name in one.split(",")]
    if "" in names:
        raise CannotDo(
            "a rule's name is empty in --select or --ignore", hint="write --ignore RULE or --ignore RULE,RULE"
        )
    return names
