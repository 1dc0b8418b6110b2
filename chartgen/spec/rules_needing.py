"""Rules about the needs of a workload: that they exist, what they set, and when they are there."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import Workload
from chartgen.spec.needs import facts
from chartgen.spec.phrases import meant
from chartgen.spec.rules_containers import place
from chartgen.spec.scope import Scope

KEY = "needs"


def used_needs(w: Workload) -> set[str]:
    """The names of the needs a workload has, and of those its variables are made of."""
    every = (*w.env, *(e for container in w.containers for e in container.env))
    return {*w.needs, *(e.need for e in every if e.need)}


def need_names(scope: Scope) -> list[str]:
    """The names of all needs, also of those that are broken: who names one of them has named what there is."""
    written = scope.source.document.data.get(KEY, {})
    return list(written) if isinstance(written, dict) else []


def known(scope: Scope) -> Iterator[Problem]:
    """A workload has needs of the spec."""
    names = need_names(scope)
    for index, name in enumerate(scope.own.get(KEY, ()) if scope.workload.name else ()):
        if name not in names:
            yield scope.problem(
                scope.pointer / KEY / index,
                f"there is no need {name!r}{meant(name, names)}",
                hint="" if meant(name, names) else "add it under 'needs' at the top",
                code="no-need",
            )


def variables(scope: Scope) -> Iterator[Problem]:
    """A variable is set once: by a need, or by the workload itself."""
    taken = {
        variable: need.name for need in scope.app.needs if need.name in scope.workload.needs for variable in need.env
    }
    for var in scope.workload.env:
        if var.name in taken:
            yield _twice(scope, scope.at("env", var.name), var.name, taken[var.name])
    for use in scope.workload.secrets:
        for name in use.env:
            if name in taken:
                yield _twice(scope, scope.at("secrets", use.name, "env", name), name, taken[name])


def _twice(scope: Scope, place: Pointer, name: str, need: str) -> Problem:
    return scope.problem(
        place,
        f"the variable {name!r} is already set by the need {need!r}",
        hint=f"remove it here, or give the need's variables other names with needs.{need}.env",
        code="env-twice",
    )


def sources(scope: Scope) -> Iterator[Problem]:
    """Variables are made of what is known about needs there are."""
    w = scope.workload
    places = [(e, scope.at("env", e.name)) for e in w.env]
    places += [(e, place(scope, one, "env", e.name)) for one in w.containers for e in one.env]
    needs = {need.name: need for need in scope.app.needs}
    for e, at in places:
        if e.need in needs:
            known = facts(needs[e.need])
            if e.fact not in known:
                said = f"{e.fact} is not known of the need {e.need!r}"
                yield scope.problem(at / "fact", said, hint=f"known are {', '.join(known)}", code="unknown-fact")
        elif e.need and e.need not in need_names(scope):
            near = meant(e.need, need_names(scope))
            hint = "" if near else "add it under 'needs' at the top"
            yield scope.problem(at / "need", f"there is no need {e.need!r}{near}", hint=hint, code="no-need")


def early(scope: Scope) -> Iterator[Problem]:
    """What runs before the release is there cannot use what the release brings along."""
    run = scope.workload.run
    hooks = set(run.hooks) if run else set()
    used = [need for need in scope.app.needs if need.name in used_needs(scope.workload)]
    # A cluster outlives the release; what a chart installs goes with it.
    absent = {
        need.name: {"pre-install", "post-delete"} if need.chart else {"pre-install"} for need in used if need.made
    }
    others = ", ".join(need.name for need in used if not hooks & absent.get(need.name, set()))
    without = "remove the need" if scope.app.single else f"leave the need out: needs: [{others}]"
    for need in used:
        if hooks & absent.get(need.name, set()):
            what = f"the chart {need.chart.name}" if need.chart else "the cluster"
            other = "run: post-deploy" if "pre-install" in hooks else "run: pre-delete"
            yield scope.problem(
                scope.at("run"),
                f"runs when {what} of the need {need.name!r}, which comes with the release, is not there",
                hint=f"run it while the release is there, with {other}; or {without}",
                code="need-not-there",
            )
