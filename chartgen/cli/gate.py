"""``chartgen gate``: whether the charts of a repository that have changed may be released as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chartgen.cli.options import ColorOption, Debug, GateFormatOption, GateOutputs, Quiet, Verbose, terminal
from chartgen.cli.rendering import EngineOption, Jobs
from chartgen.errors import CannotDo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chartgen.cli.policies import PolicyFiles
    from chartgen.cli.terminal import Terminal
    from chartgen.engine.api import Engine
    from chartgen.lint.remember import Store
    from chartgen.release.gate import Lint

EXAMPLE = "chartgen gate charts-output --against HEAD"


def command(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Charts, or folders of charts.  [default: .]")
    ] = None,
    against: Annotated[
        str,
        typer.Option(
            "--against", metavar="REF", help="The commit that charts have changed since, such as origin/main."
        ),
    ] = "",
    skip: Annotated[
        list[str] | None,
        typer.Option(
            "--skip", metavar="CHECK", help="Leave a check out; repeatable.", autocompletion=lambda: list(_checks())
        ),
    ] = None,
    format_name: GateFormatOption = None,
    output: GateOutputs = None,
    config: Annotated[
        str | None,
        typer.Option("--config", metavar="FILE", help="The policy file.  [default: the nearest .chartgen.yaml above]"),
    ] = None,
    engine: EngineOption = "auto",
    jobs: Jobs = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Remember nothing, and nothing of before.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Say whether charts that have changed may be released as they are.

    Whether the version was raised, and by enough for what has changed; whether a changelog tells of it, linting finds
    nothing new, and what is made from values.yaml still is what would be made. Exits with 1 when one may not.
    """
    from chartgen.cli.cache import cache_folder, stamp
    from chartgen.cli.outputs import STDOUT, outputs
    from chartgen.cli.releasing import held_of, included, policy_files, relative
    from chartgen.cli.terminal import given
    from chartgen.engine.choose import open_engine
    from chartgen.release.gate import Settings, gate, is_below
    from chartgen.release.recall import Recalled
    from chartgen.report.gate import FORMATS, render_gate
    from chartgen.report.gate.text import summary

    out = terminal(ctx)
    wanted = outputs(output or (), format_name, FORMATS)
    if not against:
        raise CannotDo("--against names no commit", hint="name the branch that is merged into: --against origin/main")
    skipped = _skipped(skip or ())
    root, folders, without = _place(paths or ["."], out)
    policies = policy_files(paths or (), config)
    folders = included(root, folders, paths or (), policies, out) if folders else ()
    places = [relative(given(path).resolve(), root) for path in paths or ["."]]
    settings = Settings(lambda folder: policies.config(root / folder).release, skipped)
    with open_engine(engine, jobs=jobs) as helm:
        store = None if no_cache else cache_folder()
        named = stamp(helm) if store is not None else ""
        linting = _linting(helm, policies, root, store, named)
        memory = Recalled(store, named) if store is not None else None
        report = gate(
            root, folders, named=places, against=against, engine=helm, settings=settings, lint=linting, memory=memory
        )
    for place, error in without.items():
        if not any(is_below(one.folder, relative(given(place).resolve(), root)) for one in report.charts):
            raise error
    out.results([(render_gate(report, one.format, color=one.color(out)), one.file) for one in wanted])
    for gated in report.charts:
        for note in dict.fromkeys(gated.notes):
            out.note(f"{gated.chart}: {note}")
    held = held_of(root, policies, out)
    for gated in report.charts:
        held(gated.folder)
    shown = any(one.format == "text" and one.file == STDOUT for one in wanted) and bool(report.charts)
    out.summary(summary(report), set_apart=shown)
    if report.crashed:
        raise typer.Exit(2)
    raise typer.Exit(int(not report.passes))


def _place(paths: Sequence[str], out: Terminal) -> tuple[Path, tuple[str, ...], Mapping[str, CannotDo]]:
    """The repository, the charts in it, and the paths that hold none, with what is wrong if they never did."""
    from chartgen.chart.git import own_repository
    from chartgen.chart.read import find_charts
    from chartgen.cli.releasing import place
    from chartgen.cli.terminal import given

    without: dict[str, CannotDo] = {}
    for path in paths:
        try:
            find_charts([given(path)])
        except CannotDo as error:
            without[path] = error
    holding = [path for path in paths if path not in without]
    if not holding:
        absolute = given(paths[0]).resolve()
        return own_repository(next(one for one in (absolute, *absolute.parents) if one.is_dir())), (), without
    root, folders, history = place(holding, out)
    if history is None:
        raise CannotDo(f"{str(root)!r} is not in a git repository", hint="it is compared with its history there")
    return root, folders, without


def _checks() -> Sequence[str]:
    from chartgen.gates import CHECKS

    return tuple(CHECKS)


def _skipped(names: Sequence[str]) -> frozenset[str]:
    """The checks to leave out. Raises CannotDo for one that there is not."""
    from chartgen.nearest import nearest

    for name in names:
        if name not in _checks():
            close = nearest(name, _checks())
            guess = f" (did you mean {close!r}?)" if close else ""
            raise CannotDo(f"no check is called {name!r}{guess}", hint=f"the checks are {', '.join(_checks())}")
    return frozenset(names)


def _linting(helm: Engine, policies: PolicyFiles, root: Path, store: Store | None, named: str) -> Lint:
    """Linting under the policy file of each chart, as ``chartgen lint`` would."""
    from chartgen.cli.asked import Asked
    from chartgen.lint.remember import Memory
    from chartgen.lint.run import Settings
    from chartgen.release.gatelint import linting

    asked = Asked(policies, Settings())
    return linting(
        helm,
        settings=lambda place: asked.under(root / place),
        threshold=lambda place: policies.config(root / place).fail_on,
        memory=Memory(store, named) if store is not None else None,
    )
