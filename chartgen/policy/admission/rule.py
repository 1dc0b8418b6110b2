"""A ValidatingAdmissionPolicy as a rule of lint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.admitted import admitted
from chartgen.kube.kinds import resource_of
from chartgen.policy.admission.compile import Compiled
from chartgen.policy.admission.evaluate import Decision, Evaluation
from chartgen.policy.admission.matching import matches
from chartgen.policy.admission.model import AdmissionPolicy, Binding
from chartgen.policy.admission.params import UNSTATED, ParamError, params_for
from chartgen.policy.admission.world import World
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext, ScenarioRule

_SEVERITIES = {"Deny": Severity.ERROR, "Warn": Severity.WARNING, "Audit": Severity.INFO}


class AdmissionRule(ScenarioRule):
    """Judges the objects of a scenario by one policy; made by ``admission_rule``.

    ``world`` gives what surrounds the objects of a scenario, ``documents`` are those of the policy files.
    """

    profile = Profile.BASELINE

    def __init__(
        self,
        compiled: Compiled,
        bindings: tuple[Binding, ...],
        world: Callable[[ScenarioContext], World],
        documents: tuple[Mapping[str, Any], ...],
    ) -> None:
        super().__init__()
        self._compiled = compiled
        self._bindings = bindings
        self._world = world
        self._documents = documents
        self._seen: dict[tuple[object, ...], tuple[Fault, ...]] = {}
        self._chart: object = None

    def check(self, ctx: ScenarioContext) -> Iterator[Fault]:
        """Yield a fault for each reason the API server would have to refuse, warn about or record an object.

        An object that several scenarios share is judged once.
        """
        if self._chart is not ctx.chart:
            self._chart = ctx.chart
            self._seen.clear()
        world = self._world(ctx)
        for obj in ctx.objects:
            request = world.request(obj)
            if matches(self._compiled.policy.match, request):
                key = (obj, request.resource.identity, request.namespace, str(request.namespace_labels))
                if key not in self._seen:
                    self._seen[key] = tuple(dict.fromkeys(self._faults(obj, world)))
                yield from self._seen[key]

    def _faults(self, obj: RenderedObject, world: World) -> Iterator[Fault]:
        request = world.request(obj)
        for binding in self._bindings:
            if not matches(binding.match, request, empty=True):
                continue
            severity = min((_SEVERITIES[action] for action in binding.actions), key=lambda one: one.rank)
            for decision in self._decisions(binding, obj, world):
                yield self._fault(obj, decision, severity)

    def _decisions(self, binding: Binding, obj: RenderedObject, world: World) -> Iterator[Decision]:
        policy = self._compiled.policy
        namespace = world.request(obj).namespace
        if policy.param_kind and not binding.stated:
            yield Decision(UNSTATED, unknown=True)
            return
        kind = resource_of(*policy.param_kind, world.resources) if policy.param_kind else None
        try:
            params = params_for(policy, binding, kind, namespace, self._documents)
        except ParamError as error:
            if policy.fails:
                yield Decision(f"failed to configure binding: {error}")
            return
        for param in params:
            given = world.offered(obj)
            if kind is not None:
                given = {**given, "params": None if param is None else admitted(param, kind, namespace)}
            yield from Evaluation(self._compiled, given).decisions()

    def _fault(self, obj: RenderedObject, decision: Decision, severity: Severity) -> Fault:
        policy = self._compiled.policy
        if decision.unknown:
            return self.fault(
                Place.on(obj),
                f"policy {policy.name!r} was not judged: {decision.message}",
                help="judge it in a cluster, with 'kubectl apply --dry-run=server'",
                severity=Severity.INFO,
            )
        return self.fault(
            Place.on(obj, decision.pointer), decision.message, help=_help(policy, decision), severity=severity
        )


def _help(policy: AdmissionPolicy, decision: Decision) -> str:
    where = f"policy {policy.name!r} ({policy.location.file}:{policy.location.line})"
    if decision.program is None:
        return f"{where} cannot be evaluated"
    asked = " ".join(decision.program.expression.split())
    shown = asked if len(asked) <= 200 else asked[:197] + "..."
    return f"{where} asks for: {shown}"


def admission_rule(
    compiled: Compiled,
    bindings: tuple[Binding, ...],
    world: Callable[[ScenarioContext], World],
    documents: tuple[Mapping[str, Any], ...],
) -> AdmissionRule:
    """The rule a policy is, whose id is the policy's name. A policy without bindings is in force everywhere."""
    policy = compiled.policy
    stated = bindings or (Binding(policy.name, policy.name, policy.location, stated=False),)
    severity = min((_SEVERITIES[one] for binding in stated for one in binding.actions), key=lambda one: one.rank)
    kind = type("NamedAdmissionRule", (AdmissionRule,), {"id": policy.name, "severity": severity})
    rule: AdmissionRule = kind(compiled, stated, world, documents)
    return rule
