"""Pods that go on with the old configuration after an upgrade."""

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items, text
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import find, namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What is read once."""

    volumes: bool = False


class ConfigWithoutChecksum(PodRule):
    """A pod reads a ConfigMap or Secret of the chart once, and nothing restarts it when that changes.

    ## Why
    Environment variables and `subPath` mounts are read when a container starts. An upgrade that changes only the
    ConfigMap leaves the pods as they are: they run with the old settings until something else restarts them. A checksum
    of the file in an annotation of the pod template makes every change a rollout.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        metadata: # here
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              envFrom:
                - configMapRef:
                    name: web
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      LOG_LEVEL: info
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        metadata:
          annotations:
            checksum/config: {{ .Values.settings | toYaml | sha256sum }}
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              envFrom:
                - configMapRef:
                    name: web
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      LOG_LEVEL: info
    ```
    ```yaml
    # values.yaml
    settings: {}
    ```

    ## Options
    - `volumes` (default false): volumes count too, whose files change in a running pod, but which few programs read
      again.
    """

    id = "config-without-checksum"
    severity = Severity.INFO
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Deployment", "StatefulSet", "DaemonSet"})
    hooks = False
    keys = ("configMap", "configMapKeyRef", "configMapRef", "secret", "secretKeyRef", "secretRef")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find rendered objects that are read once, in a pod without any checksum or a controller's annotation."""
        told = [*pod.annotations.items(), *obj.annotations.items()]
        if any(_RELOADS.search(key) or _DIGEST.search(str(value)) for key, value in told):
            return
        for kind, name in self._read_once(pod):
            source = find(kind, name, namespace(obj, ctx), ctx) if name else None
            if source is not None and _is_of_same_chart(source, obj) and not source.hooks and not _is_fixed(source):
                yield self.fault(
                    Place.on(obj, pod.labels_pointer.parent / "annotations", key=True),
                    f"reads {source.ref} when it starts, and is not restarted when that changes",
                    help="add an annotation checksum/config to the pod template, with include ... | sha256sum",
                    related=((Place.on(source, key=True), "what it reads"),),
                )
                return

    def _read_once(self, pod: PodSpec) -> Iterator[tuple[str, str]]:
        """The kind and name of each object that is read when a container starts."""
        for container in pod.containers:
            for source in items(container.body, "envFrom"):
                for field, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
                    yield kind, text(source, field, "name")
            for variable in items(container.body, "env"):
                for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
                    yield kind, text(variable, "valueFrom", field, "name")
        parts = [mount for one in pod.containers for mount in items(one.body, "volumeMounts") if get(mount, "subPath")]
        copied = {text(mount, "name") for mount in parts}
        for volume in items(pod.body, "volumes"):
            if self.options.volumes or text(volume, "name") in copied:
                yield "ConfigMap", text(volume, "configMap", "name")
                yield "Secret", text(volume, "secret", "secretName")


def _is_of_same_chart(source: RenderedObject, obj: RenderedObject) -> bool:
    """Whether a template can take the checksum of another; that of a subchart's is out of its reach."""
    return source.source.split("templates/")[0] == obj.source.split("templates/")[0]


def _is_fixed(source: RenderedObject) -> bool:
    return source.body.get("immutable") is True


_RELOADS = re.compile(r"checksum|sha256|hash|reload|rollme|timestamp|restarted", re.IGNORECASE)
"""Annotations with which a chart, or a controller such as Reloader, restarts pods."""

_DIGEST = re.compile(r"^[0-9a-f]{32,64}$")
