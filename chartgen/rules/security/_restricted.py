"""The base of the rules that Pod Security `restricted` and hardening guides ask of every Linux container."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import Container, PodSpec
from chartgen.rules.base import Fault, PodRule, ScenarioContext


class HardeningRule(PodRule):
    """Looks at one container at a time.

    Windows pods are passed over, where these settings mean nothing, and so are pods that run on ``helm test`` only.
    """

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Hand each container of the pod to ``check_container``."""
        if not pod.is_windows and not obj.hooks & {"test", "test-success", "test-failure"}:
            for container in pod.containers:
                yield from self.check_container(obj, pod, container)

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Yield a fault for each thing wrong with a container."""
        raise NotImplementedError
