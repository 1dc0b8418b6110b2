"""What ``chartgen lint`` does once its command line is understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chartgen.cli.asked import Asked, shown
from chartgen.cli.circumstances import given_values, render_options
from chartgen.cli.kubernetes import kube_versions, schema_files, unknown
from chartgen.cli.outputs import outputs
from chartgen.cli.terminal import Terminal, given
from chartgen.errors import CannotDo

if TYPE_CHECKING:
    from chartgen.cli.policies import PolicyFiles
    from chartgen.cli.subjects import Subjects
    from chartgen.engine.api import Engine
    from chartgen.findings import Report
    from chartgen.lint.remember import Memory
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
    fail_on: str = "",
    exit_zero: bool = False,
    profile: str = "",
    compat: str = "",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    since: str | None = None,
    policy: Sequence[str] = (),
    config: str | None = None,
    no_config: bool = False,
    baseline: str | None = None,
    update_baseline: bool = False,
    kube_version: Sequence[str] = (),
    schema_location: Sequence[str] = (),
    api_versions: Sequence[str] = (),
    namespace: str = "default",
    release: str = "release-name",
    engine: str = "auto",
    jobs: int | None = None,
    shard: str | None = None,
    cache: bool = True,
    fix: bool = False,
    unsafe: bool = False,
    diff: bool = False,
    dependency_update: bool = False,
) -> int:
    """Lint the charts below some paths, write the report and give the exit code.

    The defaults are those of the command line; what is empty may be said by a policy file. Raises CannotDo,
    BadSettings and EngineError.
    """
    import time

    from chartgen.cli.policies import PolicyFiles
    from chartgen.cli.subjects import subjects
    from chartgen.lint.run import Settings
    from chartgen.policy.build import Wishes
    from chartgen.report import FORMATS, render_report
    from chartgen.report.summary import of_report

    if fix or unsafe or diff:
        from chartgen.cli.fixing import check_options, fix_charts

        check_options(fix=fix, unsafe=unsafe, diff=diff, shown=bool(format_name or output or statistics))
    wanted = outputs(output, format_name, FORMATS)
    policies = PolicyFiles(
        Wishes(profile, compat, tuple(_names(select)), tuple(_names(ignore)), bool(policy)),
        only=config,
        use=not no_config,
        named=paths if since is None and shard is None else None,
        custom=policy,
        today=time.strftime("%Y-%m-%d"),
    )
    versions = kube_versions(kube_version)
    settings = Settings(
        values=given_values(values),
        set_values=tuple(set_values),
        options=render_options(versions[0] if versions else None, api_versions, namespace, release),
        kube_versions=versions,
        schemas=schema_files(schema_location),
        fixes=any(one.format in _WITH_EDITS for one in wanted),
    )
    found = _included(subjects(paths), paths, policies, out)
    if since is not None:
        all_of_them = len(found.charts) + len(found.manifests)
        shared = (*values, *(one.file for one in policies.configs if one.file), *policies.custom_files)
        found = found.changed_since(since, shared=shared)
        out.detail(f"{len(found.charts) + len(found.manifests)} of {all_of_them} have changed since {since}")
    if shard is not None:
        found = found.shard(*_shard(shard))
    if dependency_update:
        _fetch_dependencies(found, engine, out)
    report = _judged(found, policies, settings, engine, jobs, cache=cache)
    for note in (*policies.notes, *unknown(versions, policies.configs)):
        out.note(note)
    report = _without_known(report, policies, baseline, out, update=update_baseline)
    if fix or diff:
        asked = Asked(policies, settings)
        outcome = fix_charts(report, found, out, asked=asked, engine=engine, jobs=jobs, unsafe=unsafe, write=not diff)
        if diff:
            out.result(outcome.diff)
            return 2 if report.crashed else int(bool(outcome.diff))
        if outcome.written:
            report = _judged(found, policies, settings, engine, jobs, cache=cache)
            report = _without_known(report, policies, baseline, out, update=update_baseline)
    texts = [
        (render_report(report, one.format, color=one.color(out), statistics=statistics), one.file) for one in wanted
    ]
    out.results(texts)
    for name in (*report.charts, *report.files):
        out.detail(f"linted {name}")
    shown = any(text and one.format == "text" and one.file == "-" for one, (text, _) in zip(wanted, texts, strict=True))
    if since is not None and not report.charts and not report.files:
        out.summary(f"no charts changed since {since}", set_apart=shown)
    elif shard is not None and not report.charts and not report.files:
        out.summary(f"no charts in shard {shard}", set_apart=shown)
    else:
        out.summary(of_report(report, fixable=not fix), set_apart=shown)
    if report.crashed:
        return 2
    return int(not exit_zero and _fails(report, [fail_on] if fail_on else [one.fail_on for one in policies.configs]))


def _fetch_dependencies(found: Subjects, engine: str, out: Terminal) -> None:
    """Put what charts lack into their ``charts/``. A chart that cannot be read is left to the report."""
    from chartgen.engine.fetching import fetch
    from chartgen.errors import InvalidInput

    for path in found.charts:
        try:
            names = fetch(path, engine=engine) if path.is_dir() else ()
        except InvalidInput:
            continue
        if names:
            out.note(f"fetched {', '.join(names)} into {path / 'charts'}")


_WITH_EDITS = ("json", "sarif")
"""Formats that tell programs how findings can be fixed."""


def _fails(report: Report, thresholds: Sequence[str]) -> bool:
    """Whether anything is as bad as the strictest of some thresholds, each of which may be empty or ``never``."""
    from chartgen.findings import Severity

    named = {name or "error" for name in thresholds} - {"never"}
    return any(report.worst_at_least(Severity(name)) for name in named)


def _included(found: Subjects, paths: Sequence[str], policies: PolicyFiles, out: Terminal) -> Subjects:
    """What was found without what policy files exclude; what the user named himself is never excluded."""
    named = {given(path).absolute() for path in paths}
    charts = []
    for chart in found.charts:
        if policies.leave_out(chart) and chart.absolute() not in named:
            out.detail(f"left out {chart}, as {policies.config(chart).file} says")
        else:
            charts.append(chart)
    if found.charts and not charts and not found.manifests:
        raise CannotDo("every chart there is left out by a policy file", hint="see 'exclude' in it, or name one")
    return found._replace(charts=tuple(charts))


def _judged(
    found: Subjects, policies: PolicyFiles, settings: Settings, engine: str, jobs: int | None, *, cache: bool
) -> Report:
    """The findings of charts, which take Helm, and of plain manifests, which do not."""
    from pathlib import Path

    here = Path()
    reports = []
    if found.charts:
        from chartgen.engine.choose import open_engine, uses_library
        from chartgen.lint.together import Together, processes_for

        asked = Asked(policies, settings)
        processes = processes_for(len(found.charts), jobs) if uses_library(engine) else 1
        with open_engine(engine, jobs=1 if processes > 1 else jobs) as helm:
            together = Together(
                found.charts,
                read=asked.read,
                settings=asked.under,
                engine=lambda: open_engine(engine, jobs=1),
                memory=_memory(helm) if cache else None,
                processes=processes,
            )
            reports.append(together.lint(helm))
    elif found.manifests and (settings.values or settings.set_values):
        raise CannotDo("manifests are rendered already: --values and --set mean nothing", hint="name a chart")
    if len(reports) == 1 and not found.manifests:
        return reports[0]
    from chartgen.lint.manifests import joined, lint_manifests

    if found.manifests:
        reports.append(lint_manifests(found.manifests, settings=Asked(policies, settings).under(here)))
    return joined(reports)


def _memory(engine: Engine) -> Memory | None:
    """What earlier runs found, where this user has a place for it."""
    from chartgen.cli.cache import cache_folder, stamp
    from chartgen.lint.remember import Memory

    folder = cache_folder()
    return None if folder is None else Memory(folder, stamp(engine))


def _without_known(
    report: Report, policies: PolicyFiles, baseline: str | None, out: Terminal, *, update: bool
) -> Report:
    """The report without what the baselines hold, of which ``--update-baseline`` writes one."""
    if update and not baseline:
        raise CannotDo("--update-baseline needs to know where", hint="add --baseline FILE")
    named = [one.baseline and shown(policies.folder(one) / one.baseline) for one in policies.configs]
    files = [baseline] if baseline else [file for file in dict.fromkeys(named) if file]
    if not files:
        return report
    from chartgen.cli.terminal import read_input
    from chartgen.lint.baseline import baseline_of, read_baseline, without_known

    if update:
        out.result(baseline_of(report), files[0])
        out.note(f"wrote {files[0]}")
    for file in files:
        text = read_input(file, missing="--update-baseline writes it").decode("utf-8", "replace")
        report, gone = without_known(report, read_baseline(text, file=file), file=file)
        if gone:
            out.note(f"{gone} of the findings in {file} are gone; --update-baseline forgets them")
    return report


def _shard(text: str) -> tuple[int, int]:
    """Which part of how many: ``2/5``. Raises CannotDo."""
    part, _, parts = text.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise CannotDo(f"{text!r} is no part of a whole", hint="write --shard 2/5 for the second of five")
    return int(part), int(parts)


def _names(given: Sequence[str]) -> list[str]:
    """Rule names of a repeatable option, each of which may hold several between commas."""
    names = [name.strip() for one in given for name in one.split(",")]
    if "" in names:
        raise CannotDo(
            "a rule's name is empty in --select or --ignore", hint="write --ignore RULE or --ignore RULE,RULE"
        )
    return names
