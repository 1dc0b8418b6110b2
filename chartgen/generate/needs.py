"""What the templates print about needs: where they are, what they are called, and how workloads are told.

No init container waits for a need. As long as a Secret is not there the kubelet holds the container back, and a server
that does not answer yet is what readiness is for; it may go away later, too, when no init container helps.
"""

from __future__ import annotations

from dataclasses import dataclass

from chartgen.generate import names
from chartgen.generate.operators.base import Operator
from chartgen.generate.operators.known import OPERATORS
from chartgen.spec.model import AppSpec, EnvVar, Fact, Need, Workload
from chartgen.spec.needs import KINDS


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need. ``values`` is where its settings begin, ``helper`` the prefix of its named templates.

    ``asked`` is what workloads are told about it; ``reached`` whether any may connect to it.
    """

    need: Need
    key: str
    values: str
    helper: str
    asked: frozenset[Fact]
    reached: bool

    @property
    def name(self) -> str:
        """Its name in the spec."""
        return self.need.name

    @property
    def operator(self) -> Operator | None:
        """Who runs its cluster."""
        return OPERATORS[self.need.kind] if self.need.operator else None

    @property
    def room(self) -> int:
        """How much of a cluster's name is left for that of the release."""
        return self.operator.longest - 1 - len(self.name) if self.operator else 0

    @property
    def host_asked(self) -> bool:
        """Whether a workload is told the host, by itself or in something longer, and not by the Secret."""
        told = self.asked - set(self.need.secret_keys)
        return not told.isdisjoint((Fact.HOST, Fact.ADDRESS, Fact.URL))

    @property
    def port_asked(self) -> bool:
        """Whether a workload is told the port, as ``host_asked``; without that only the NetworkPolicy has it."""
        told = self.asked - set(self.need.secret_keys)
        return not told.isdisjoint((Fact.PORT, Fact.ADDRESS, Fact.URL))

    @property
    def creates(self) -> bool:
        """Whether the chart can make a cluster for it."""
        return self.need.operator is not None and bool(self.need.operator.storage)

    @property
    def plain_alias(self) -> bool:
        """Whether a Go template reaches the values of its chart with a dot."""
        return self.need.chart is not None and "-" not in self.need.chart.alias

    @property
    def suffix_format(self) -> str:
        """The name of the Service of its chart, with ``%s`` for that of its objects."""
        return f"%s{self.need.chart.suffix}" if self.need.chart else ""


@dataclass(frozen=True, slots=True)
class NeedEnv:
    """A variable with a ``fact`` about a need; ``secret_key`` is where its Secret has it, empty for a setting."""

    name: str
    view: NeedView
    fact: Fact
    secret_key: str

    @property
    def format(self) -> str:
        """How an address or a URL is made of host and port."""
        scheme = KINDS[self.view.need.kind].scheme
        return f"{scheme}://%s:%d" if self.fact is Fact.URL else "%s:%d"


def need_views(spec: AppSpec) -> tuple[NeedView, ...]:
    """The needs of an application."""
    keys = names.keys(need.name for need in spec.needs)
    had = {name for w in spec.workloads for name in w.needs}
    asked = {(e.need, Fact(e.fact)) for w in spec.workloads for e in _made_of_needs(w)}
    asked |= {(need.name, fact) for need in spec.needs if need.name in had for fact in need.env.values()}
    reached = {name for w in spec.workloads for name in _reached(w)}
    return tuple(
        NeedView(
            need=need,
            key=keys[need.name],
            values=f".Values.needs.{keys[need.name]}",
            helper=f"{spec.name}.needs.{keys[need.name]}",
            asked=frozenset(fact for name, fact in asked if name == need.name),
            reached=need.name in reached,
        )
        for need in spec.needs
    )


def told(w: Workload, views: tuple[NeedView, ...]) -> tuple[NeedEnv, ...]:
    """The variables that say how a workload connects to its needs."""
    return tuple(
        variable(name, view, fact) for view in views if view.name in w.needs for name, fact in view.need.env.items()
    )


def variable(name: str, view: NeedView, fact: Fact) -> NeedEnv:
    """A variable that says something about a need."""
    return NeedEnv(name, view, fact, view.need.secret_keys.get(fact, ""))


def reached(w: Workload, views: tuple[NeedView, ...]) -> tuple[NeedView, ...]:
    """The needs a workload may connect to: those it has or knows of, and those that ``network.to`` names."""
    named = _reached(w)
    return tuple(view for view in views if view.name in named)


def _reached(w: Workload) -> set[str]:
    return {*w.needs, *(e.need for e in _made_of_needs(w)), *(peer.need for peer in w.network.to or ())}


def _made_of_needs(w: Workload) -> list[EnvVar]:
    every = (*w.env, *(e for container in w.containers for e in container.env))
    return [e for e in every if e.need]


def dependency(view: NeedView) -> dict[str, str]:
    """An entry of the ``dependencies`` in Chart.yaml."""
    chart = view.need.chart
    if chart is None:
        return {}
    alias = {"alias": chart.alias} if chart.alias != chart.name else {}
    where = {"name": chart.name, "repository": chart.repository, "version": chart.version}
    return {**where, **alias, "condition": f"{chart.alias}.enabled"}
