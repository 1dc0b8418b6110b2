"""Hooks that use what is not there yet, or not any more."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.rules.release._hooks import events, weight

Use = tuple[str, str, Pointer]


class HookObjectMissing(PodRule):
    """A hook uses an object of the chart that does not exist when the hook runs.

    ## Why
    `pre-install` hooks run before anything else of the release is created, `post-delete` hooks when all of it is gone.
    A ConfigMap, a Secret, a claim or a ServiceAccount that is an ordinary object is not there, and the hook waits for
    it until the time is up. It has to be a hook itself, with a smaller weight.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-install,pre-upgrade
    spec:
      template:
        spec:
          restartPolicy: Never
          serviceAccountName: migrate # here
          containers:
            - name: migrate
              image: example/web:1.2.0
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: migrate
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-install,pre-upgrade
    spec:
      template:
        spec:
          restartPolicy: Never
          serviceAccountName: migrate
          containers:
            - name: migrate
              image: example/web:1.2.0
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-install,pre-upgrade
        helm.sh/hook-weight: "-1"
    ```
    """

    id = "hook-object-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Job", "Pod"})
    keys = ("helm.sh/hook",)

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up everything the pod needs among the chart's own objects; what is optional may be missing."""
        runs = events(obj) & {"pre-install", "post-delete"}
        reported: set[tuple[str, str]] = set()
        for kind, name, at in _uses(pod) if runs else ():
            used = [one for one in ctx.by_kind.get(kind, ()) if one.name == name and _beside(one, obj, ctx)]
            for event in sorted(runs, reverse=True) if used and (kind, name) not in reported else ():
                if any(_is_there(one, obj, event) for one in used):
                    continue
                reported.add((kind, name))
                later = event == "pre-install" and any(event in events(one) for one in used)
                when = "is created after it" if event == "pre-install" else "is gone when it runs"
                yield self.fault(
                    Place.on(obj, at),
                    f"the {event} hook uses {kind}/{name}, which {when}",
                    help="give it a smaller weight" if later else f"make it a {event} hook too, with a smaller weight",
                    related=((Place.on(used[0], Pointer(("metadata", "name"))), f"{kind}/{name} is here"),),
                )
                break


def _beside(one: RenderedObject, other: RenderedObject, ctx: ScenarioContext) -> bool:
    return namespace(one, ctx) == namespace(other, ctx)


def _is_there(one: RenderedObject, hook: RenderedObject, event: str) -> bool:
    """Whether an object exists when a hook runs: an earlier hook, or one kept from an earlier event."""
    if event == "post-delete" and (events(one) or one.annotations.get("helm.sh/resource-policy") == "keep"):
        return True  # hooks are not deleted with the release
    # Of the same weight the name decides, and of the same name the kind: pods and Jobs come after what they use.
    # Source: hookByWeight in Helm's pkg/action/hooks.go.
    return event in events(one) and (weight(one), one.name) <= (weight(hook), hook.name)


def _uses(pod: PodSpec) -> Iterator[Use]:
    account = text(pod.body, "serviceAccountName")
    if account and account != "default":
        yield "ServiceAccount", account, pod.at("serviceAccountName")
    for index, volume in enumerate(items(pod.body, "volumes")):
        for key, name_key, kind in (
            ("configMap", "name", "ConfigMap"),
            ("secret", "secretName", "Secret"),
            ("persistentVolumeClaim", "claimName", "PersistentVolumeClaim"),
        ):
            if get(volume, key, "optional") is not True and text(volume, key, name_key):
                yield kind, text(volume, key, name_key), pod.at("volumes", index, key, name_key)
    for container in pod.containers:
        for index, source in enumerate(items(container.body, "envFrom")):
            for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
                if get(source, key, "optional") is not True and text(source, key, "name"):
                    yield kind, text(source, key, "name"), container.at("envFrom", index, key, "name")
        for index, variable in enumerate(items(container.body, "env")):
            for key, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
                ref = get(variable, "valueFrom", key)
                if get(ref, "optional") is not True and text(ref, "name"):
                    yield kind, text(ref, "name"), container.at("env", index, "valueFrom", key, "name")
