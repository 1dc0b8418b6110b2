"""What ``chartgen diff`` does once its command line is understood."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.cli.circumstances import given_values, render_options
from chartgen.cli.outputs import STDOUT, outputs
from chartgen.cli.terminal import Terminal
from chartgen.errors import CannotDo


def diff_charts(
    out: Terminal,
    old: str,
    new: str,
    *,
    values: Sequence[str] = (),
    set_values: Sequence[str] = (),
    format_name: str | None = None,
    output: Sequence[str] = (),
    fail_on: str = "never",
    upgrade: bool = False,
    switches: bool | None = None,
    kube_version: str | None = None,
    api_versions: Sequence[str] = (),
    namespace: str = "default",
    release: str = "release-name",
    engine: str = "auto",
    plain_http: bool = False,
) -> int:
    """Compare two charts, write the report and give the exit code.

    Raises CannotDo for what cannot be done, InvalidInput for a chart or a values file that cannot be read.
    """
    from chartgen.changes import Level
    from chartgen.cli.releasing import held_for
    from chartgen.diff.run import diff
    from chartgen.engine.choose import open_engine
    from chartgen.lint.scenarios import GivenScenario
    from chartgen.release.requirement import with_levels, with_versions
    from chartgen.release.source import chart_of
    from chartgen.report.diff import FORMATS, render_diff
    from chartgen.report.diff.text import verdict
    from chartgen.report.upgrade import FORMATS as UPGRADE_FORMATS
    from chartgen.report.upgrade import render_upgrade

    if upgrade and format_name not in (None, *UPGRADE_FORMATS):
        raise CannotDo(f"--upgrade cannot be written as {format_name}", hint=f"use {' or '.join(UPGRADE_FORMATS)}")
    wanted = outputs(output, format_name, UPGRADE_FORMATS if upgrade else FORMATS)
    render = render_upgrade if upgrade else render_diff
    options = render_options(kube_version, tuple(api_versions), namespace, release)
    named = given_values(values)
    asked = [GivenScenario.of(named, tuple(set_values))] if named or set_values else []
    before = chart_of(old, like=new, engine=engine, plain_http=plain_http)
    after = chart_of(new, like=old, engine=engine, plain_http=plain_http)
    held = held_for(new, out=out)
    looked_behind = held.switches if switches is None else switches
    with open_engine(engine, jobs=2) as helm:
        found = diff(
            before, after, engine=helm, given=asked, options=options, with_upgrade=upgrade, with_switches=looked_behind
        )
    found = with_versions(with_levels(found, held.levels))
    out.results([(render(found, one.format, color=one.color(out)), one.file) for one in wanted])
    if not any(one.format == "text" and one.file == STDOUT for one in wanted):
        out.note(verdict(found))
    if found.crashed:
        return 2
    return 1 if fail_on != "never" and found.required.at_least(Level(fail_on)) else 0
