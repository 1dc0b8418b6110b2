"""README.md of a chart: what the application needs beside itself, and how it is brought about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chartgen.generate.needs import NeedView
from chartgen.generate.view import ChartView
from chartgen.spec.operators import OPERATORS


def needs(chart: ChartView) -> str:
    """Where each need comes from and which variables say so; ``""`` for a chart without needs."""
    if not chart.needs:
        return ""
    rows = ["| Need | Kind | Comes from | Variables |", "|------|------|------------|-----------|"]
    rows += [
        f"| `{view.name}` | {view.need.kind} | {_origin(view)} | {', '.join(f'`{name}`' for name in view.need.env)} |"
        for view in chart.needs
    ]
    parts = ["The pods are told where they find what they need, in environment variables:", "\n".join(rows)]
    return "\n\n".join((*parts, *_clusters(chart.needs), *_charts(chart), *_secrets(chart.needs)))


def _origin(view: NeedView) -> str:
    where = f"`needs.{view.key}`"
    if view.need.chart:
        return f"the chart {view.need.chart.name}, or outside: {where}"
    if view.need.operator:
        return f"{OPERATORS[view.need.kind].name}: {where}"
    return f"outside: {where}"


def _clusters(views: Sequence[NeedView]) -> Iterator[str]:
    told: set[str] = set()
    for view in views:
        operator = view.operator
        if operator is None or not view.creates or operator.kind in told:
            continue
        told.add(operator.kind)
        yield (
            f"A {operator.kind} that the chart has made outlives the release, with its {operator.kept}. To use one "
            f"that exists instead, set `needs.{view.key}.existingCluster`. {operator.more.format(key=view.key)}"
        )


def _charts(chart: ChartView) -> Iterator[str]:
    if not chart.dependencies:
        return
    view = chart.dependencies[0]
    alias = view.need.chart.alias if view.need.chart else ""
    names = ", ".join(f"{one.need.chart.name} {one.need.chart.version}" for one in chart.dependencies if one.need.chart)
    yield (
        f"`helm dependency update` fetches {names} into `charts/`, and Chart.lock then says what it got. Helm refuses "
        "a chart that lacks what it depends on, even where that is switched off. "
        f"With `{alias}.enabled: false` what is at `needs.{view.key}.host` takes the place of {view.name}."
    )


def _secrets(views: Sequence[NeedView]) -> Iterator[str]:
    """How the Secret of one outside is made; whoever has a store for them has another way."""
    view = next((one for one in views if one.need.secret), None)
    if view is None:
        return
    given = " \\\n  ".join(f"--from-literal={key}=..." for key in view.need.secret_keys.values())
    yield (
        f"A Secret such as `{view.need.secret}` holds what is secret about a need:\n\n```console\n"
        f"kubectl create secret generic {view.need.secret} --namespace $NAMESPACE \\\n  {given}\n```"
    )


def requirements(chart: ChartView) -> Iterator[str]:
    """What has to be there before the chart is installed."""
    for name in dict.fromkeys(OPERATORS[view.need.kind].name for view in chart.needs if view.need.operator):
        yield f"- The {name}" if name.endswith("Operator") else f"- {name}, the operator"
    for view in chart.needs:
        if view.need.operator and view.operator and not view.creates:
            yield f"- The {view.operator.kind} `{view.need.operator.existing}` in the namespace of the release"
        if view.need.secret:
            keys = [f"`{key}`" for key in view.need.secret_keys.values()]
            listed = f"the keys {', '.join(keys[:-1])} and {keys[-1]}" if len(keys) > 1 else f"the key {keys[0]}"
            yield f"- The Secret `{view.need.secret}` in the namespace of the release, with {listed}"
