"""Pods that run as an account nobody makes."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.rules.references._outside import OutsideOptions, is_missing, rendered


class ServiceAccountMissing(PodRule):
    """A pod runs as a ServiceAccount of the release that the chart does not render.

    ## Why
    No pod is created: `serviceaccount "..." not found` stands in the events of the ReplicaSet, and the Deployment
    waits. Usually `serviceAccount.create` is false and the template names the account all the same. Accounts whose
    names do not carry the release's may be somebody else's.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          serviceAccountName: {{ .Release.Name }}-web # here
          containers: []
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          serviceAccountName: {{ .Release.Name }}-web
          containers: []
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: {{ .Release.Name }}-web
    ```

    ## Options
    - `outside` (default true): accounts that the chart does not render are missed only when their name carries the
      release's. Otherwise every account but `default` must be rendered.
    """

    id = "service-account-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("serviceAccount", "serviceAccountName")
    options: OutsideOptions = OutsideOptions()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look the account up among the rendered ones."""
        for field in ("serviceAccountName", "serviceAccount"):
            name = text(pod.body, field)
            if not name:
                continue
            if name != "default" and is_missing("ServiceAccount", name, namespace(obj, ctx), ctx, self.options):
                yield self.fault(
                    Place.on(obj, pod.at(field)),
                    f"runs as ServiceAccount {name!r}, which the chart does not render",
                    help=rendered("ServiceAccount", ctx),
                )
            return
