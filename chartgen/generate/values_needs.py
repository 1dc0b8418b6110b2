"""The settings of what an application needs: where it is, or how the chart brings it along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartgen.generate import schema as s
from chartgen.generate.needs import NeedView
from chartgen.generate.operators.base import Operator
from chartgen.generate.values_network import target
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import ChartView
from chartgen.spec.model import Fact


def need_blocks(chart: ChartView) -> tuple[Node, ...]:
    """``needs``, and behind it the values of the charts among them."""
    if not chart.needs:
        return ()
    blocks = tuple(block for block in map(_need, chart.needs) if block.children)
    every = Block("needs", blocks, "What the application needs beside itself.")
    return (*([every] if blocks else []), *(_subchart(view) for view in chart.needs if view.need.chart))


def _need(view: NeedView) -> Block:
    return Block(view.key, _operated(view, view.operator) if view.operator else _reached(view))


def _reached(view: NeedView) -> tuple[Node, ...]:
    """Where it is, and the Secret with what it takes to connect."""
    need = view.need
    nodes: list[Node] = []
    if view.host_asked and need.chart:
        doc = f"Host of {view.name}; the Service of the chart {need.chart.name} if empty"
        ci = {} if need.host else {"outside": f"{view.name}.example.internal"}
        nodes.append(Key("host", need.host, doc, s.STRING, ci=ci))
    elif view.host_asked:
        nodes.append(Key("host", need.host, f"Host of {view.name}", s.NAME))
    if view.reached:
        doc = f"Port of {view.name}" if view.port_asked else f"Port of {view.name} that the NetworkPolicy allows"
        nodes.append(Key("port", need.port, doc, s.PORT))
    if Fact.DATABASE in view.asked and Fact.DATABASE not in need.secret_keys:
        nodes.append(Key("database", need.database, "Name of the database", s.NAME))
    if not view.asked.isdisjoint(need.secret_keys):
        nodes.append(Key("existingSecret", need.secret, _secret(view), s.NAME))
    if view.reached:
        nodes.append(_peers(view))
    return tuple(nodes)


def _secret(view: NeedView) -> str:
    keys = [key for fact, key in view.need.secret_keys.items() if fact in view.asked]
    return f"Name of the existing Secret with the key{'s' if len(keys) > 1 else ''} {', '.join(keys)}"


def _peers(view: NeedView) -> Key:
    """Where it runs. One that a chart brings along runs in the release, unless there is another in its place."""
    peers = [target(peer) for peer in view.need.peers]
    which = f"Where what takes the place of {view.name}" if view.need.chart else f"Where {view.name}"
    other: list[Any] = [] if peers else [{"ipBlock": {"cidr": "10.20.0.0/16"}}]
    doc = f"{which} runs, as peers of a NetworkPolicy; at any address if empty"
    return Key("networkPolicyPeers", peers, doc, s.OBJECTS, ci={"outside": other})


def _operated(view: NeedView, operator: Operator) -> tuple[Node, ...]:
    """The cluster that an operator runs."""
    operated = view.need.operator
    assert operated is not None
    doc = f"Name of a Secret with what it takes to connect; that of the {operator.kind} if empty"
    secret = [Key("existingSecret", "", doc, s.STRING, ci={"full": f"{view.name}-replaced"})] if view.asked else []
    if not view.creates:
        exists = Key("existingCluster", operated.existing, f"Name of the {operator.kind} that exists", s.NAME)
        return (*([exists] if view.reached else []), *secret)
    return (
        Key(
            "existingCluster",
            operated.existing,
            f"Name of a {operator.kind} that exists; the chart creates one if empty",
            s.STRING,
            ci={"outside": f"{view.name}-existing", **({"full": ""} if operated.existing else {})},
        ),
        *secret,
        *operator.settings(view.need),
    )


def _subchart(view: NeedView) -> Block:
    """The values of a chart; it has more of its own, which its own schema knows."""
    chart = view.need.chart
    assert chart is not None
    return Block(
        chart.alias,
        (
            Key(
                "enabled",
                chart.enabled,
                f"Install the chart {chart.name}; without it needs.{view.key}.host says what takes its place",
                s.BOOLEAN,
                ci={"outside": False, **({} if chart.enabled else {"full": True})},
            ),
            *(Key(name, value, f"Passed to {chart.name}", _any(value)) for name, value in chart.values.items()),
        ),
        f"Values of the chart {chart.name}.",
        {"additionalProperties": True},
    )


def _any(value: Any) -> Mapping[str, Any]:
    """The schema of a value that another chart will judge."""
    return s.OBJECT if isinstance(value, Mapping) else {}
