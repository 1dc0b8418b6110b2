"""The base of the rules that Pod Security `restricted` and hardening guides ask of every Linux container."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import Container, PodSpec, text
from chartgen.rules.base import Fault, PodRule, ScenarioContext

_TESTS = frozenset({"test", "test-success", "test-failure"})


class HardeningRule(PodRule):
    """Looks at one container at a time.

    Windows pods are passed over, where these settings mean nothing, and so are pods that run on ``helm test`` only,
    unless the option ``all_pods`` wants them. Under the option ``pod_security`` the pods are those that the admission
    controller judges: all but the ones whose ``os.name`` is windows, where it ``exempts_windows``.
    """

    exempts_windows: ClassVar[bool] = True

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Hand each container of the pod to ``check_container``."""
        if self.judges(obj, pod):
            for container in pod.containers:
                yield from self.check_container(obj, pod, container)

    def judges(self, obj: RenderedObject, pod: PodSpec) -> bool:
        """Whether the pods of an object are looked at."""
        if getattr(self.options, "pod_security", ""):
            return not self.exempts_windows or text(pod.body, "os", "name") != "windows"
        return bool(self.options.all_pods) or not (pod.is_windows or obj.hooks & _TESTS)

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Yield a fault for each thing wrong with a container."""
        raise NotImplementedError


def has_user_namespace(pod: PodSpec) -> bool:
    """Whether root in the pod is nobody on the node (``hostUsers: false``)."""
    return pod.body.get("hostUsers") is False
