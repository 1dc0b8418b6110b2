"""``chartgen bump``: the next version of charts, in all files that say it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from chartgen.cli.options import ColorOption, Debug, Quiet, Verbose, terminal
from chartgen.cli.rendering import EngineOption
from chartgen.errors import CannotDo

if TYPE_CHECKING:
    from chartgen.release.bump import Bumped
    from chartgen.release.plan import Wanted

EXAMPLE = "chartgen bump charts-output/podinfo --dry-run"
LEVELS = ("auto", "major", "minor", "patch")


def command(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[auto|major|minor|patch] [CHART]...",
            help="How much to raise the version: auto is what 'chartgen diff' requires since the last release; and the "
            "charts, or folders of charts.  [default: auto .]",
        ),
    ] = None,
    pre: Annotated[str, typer.Option("--pre", metavar="NAME", help="Make it a pre-release: rc.1, then rc.2.")] = "",
    version: Annotated[str, typer.Option("--set", metavar="VERSION", help="Release exactly this version.")] = "",
    app_version: Annotated[
        str,
        typer.Option(
            "--app-version", metavar="VERSION", help="Deploy this version of the application: appVersion, image tags."
        ),
    ] = "",
    against: Annotated[
        str,
        typer.Option(
            "--against",
            metavar="REF",
            help="The last release: a commit, or a package as 'chartgen diff' takes it, {name} being the chart's.  "
            "[default: its tag, or the commit that set the version]",
        ),
    ] = "",
    allow_breaking: Annotated[
        str,
        typer.Option(
            "--allow-breaking", metavar="REASON", help="Release a version below what is required, for this reason."
        ),
    ] = "",
    commits: Annotated[bool, typer.Option("--commits", help="List the commits in the changelog, too.")] = False,
    changelog: Annotated[bool, typer.Option("--changelog", help="Begin a CHANGELOG.md where there is none.")] = False,
    changes: Annotated[
        bool, typer.Option("--artifacthub-changes", help="Begin the annotation artifacthub.io/changes, too.")
    ] = False,
    spec: Annotated[
        str, typer.Option("--spec", metavar="FILE", help="The app spec of a generated chart.  [default: looked for]")
    ] = "",
    no_spec: Annotated[
        bool, typer.Option("--no-spec", help="Edit a generated chart itself, and not its spec.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show the edits as a diff.")] = False,
    commit: Annotated[bool, typer.Option("--commit", help="Commit the edits, and nothing else.")] = False,
    tag: Annotated[bool, typer.Option("--tag", help="With --commit: tag it NAME-VERSION for each chart.")] = False,
    config: Annotated[
        str | None,
        typer.Option("--config", metavar="FILE", help="The policy file.  [default: the nearest .chartgen.yaml above]"),
    ] = None,
    format_name: Annotated[
        Literal["text", "json"], typer.Option("--format", help="How the result is written.")
    ] = "text",
    engine: EngineOption = "auto",
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Raise the versions of charts by what their changes require.

    In all files that say the version: Chart.yaml, README, the changelog, Chart.lock and Chart.yaml of charts that
    depend on it, and of a chart that was generated its app spec. Exits with 1 for a version below what is required.
    """
    import time

    from chartgen.cli.releasing import held_of, included, place, policy_files
    from chartgen.engine.choose import open_engine
    from chartgen.release.apply import apply, check, publish
    from chartgen.release.bump import Asked, Bump
    from chartgen.release.workspace import Workspace

    out = terminal(ctx)
    level, paths = _split(what or [])
    wanted = _wanted(level, pre, version, allow_breaking)
    if dry_run and (commit or tag):
        raise CannotDo("--dry-run writes nothing that could be committed", hint="leave out --commit and --tag")
    if spec and no_spec:
        raise CannotDo("--spec and --no-spec exclude each other")
    root, folders, history = place(paths, out)
    policies = policy_files(paths, config)
    folders = included(root, folders, paths, policies, out)
    if spec and len(folders) > 1:
        raise CannotDo("--spec is that of one chart", hint="name the chart")
    asked = Asked(
        wanted,
        app_version=app_version,
        against=against,
        commits=commits,
        changelog=changelog,
        changes=changes,
        spec=spec,
        use_spec=not no_spec,
        day=time.strftime("%Y-%m-%d"),
    )
    work = Workspace(root)
    with open_engine(engine, jobs=2) as helm:
        bump = Bump(
            work, engine=helm, asked=asked, held=held_of(root, policies, out), history=history, engine_name=engine
        )
        bumped = bump.run(folders)
    edits = work.edits
    check(root, bumped, edits, commit=commit, tag=tag)
    if edits and not dry_run:
        apply(root, edits)
        if commit:
            made = publish(root, bumped, edits, tag=tag, reason=allow_breaking)
            out.detail(f"committed as {made[:12]}")
    shown = _json(bumped, list(edits)) if format_name == "json" else _text(bumped)
    out.result("".join(edit.diff(path) for path, edit in edits.items()) if dry_run and format_name == "text" else shown)
    if dry_run and format_name == "text":
        out.note(shown.rstrip("\n"))
    for one in bumped:
        for note in dict.fromkeys(one.notes):
            out.note(f"{one.plan.chart}: {note}")
    raised = sum(one.plan.raises for one in bumped)
    out.note(_summary(raised, len(edits), dry_run=dry_run))
    if any(one.found.crashed for one in bumped):
        raise typer.Exit(2)


def _split(what: list[str]) -> tuple[str, list[str]]:
    """The level, if the first word is one and no folder, and the charts. Raises CannotDo for a level after a chart."""
    for word in what[1:]:
        if word in LEVELS and not Path(word).exists():
            named = " ".join(one for one in what if one not in LEVELS)
            raise CannotDo(f"{word!r} is no chart", hint=f"one level, and first: chartgen bump {word} {named}".rstrip())
    if what and what[0] in LEVELS and not Path(what[0], "Chart.yaml").exists():
        return what[0], what[1:] or ["."]
    return "auto", what or ["."]


def _wanted(level: str, pre: str, version: str, allow_breaking: str) -> Wanted:
    from chartgen.changes import Level
    from chartgen.release.plan import Wanted

    if version and (level != "auto" or pre):
        raise CannotDo("--set names the whole version", hint=f"leave out {'--pre' if pre else repr(level)}")
    return Wanted(None if level == "auto" else Level(level), pre, version, allow_breaking.strip())


def _text(bumped: tuple[Bumped, ...]) -> str:
    """A line for each chart, and why below it."""
    lines = []
    for one in bumped:
        made = one.plan
        step = f"{made.declared} -> {made.next}" if made.raises else f"{made.declared} stays"
        since = f"{made.required.value} since {made.released}" + f" ({one.since})" * bool(one.since)
        lines.append(f"{made.chart} {step}: {since if made.released else 'no earlier release'}")
        lines += [f"  {reason}" for reason in made.because[:MOST_REASONS]]
        if len(made.because) > MOST_REASONS:
            lines.append(f"  and {len(made.because) - MOST_REASONS} more, which 'chartgen diff' lists")
    return "".join(f"{line}\n" for line in lines)


MOST_REASONS = 5
"""Reasons that are shown for each chart."""


def _json(bumped: tuple[Bumped, ...], files: list[str]) -> str:
    from chartgen.report.json import dump, head

    charts = [
        {
            "chart": one.plan.chart,
            "path": one.folder or ".",
            "released": one.plan.released or None,
            "since": one.since or None,
            "declared": one.plan.declared,
            "next": one.plan.next,
            "required": one.plan.required.value,
            "enough": one.plan.enough,
            "because": list(one.plan.because),
            "notes": list(one.notes),
            "tag": one.tag,
        }
        for one in bumped
    ]
    return dump({**head("bump"), "charts": charts, "files": files})


def _summary(charts: int, files: int, *, dry_run: bool) -> str:
    from chartgen.report.summary import counted

    if not charts:
        return "nothing to release"
    return f"{'would raise' if dry_run else 'raised'} {counted(charts, 'chart')} in {counted(files, 'file')}"
