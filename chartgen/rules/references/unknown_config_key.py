"""Keys that a ConfigMap or Secret of the chart does not have."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, items, mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import find, named, namespace
from chartgen.rules.references._later import WRITES_KEYS, may_write
from chartgen.tuples import NamedTuple

_KEY_REFS = (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret"))
_VOLUMES = (("configMap", "name", "ConfigMap"), ("secret", "secretName", "Secret"))


class Options(NamedTuple):
    """Which objects are looked into."""

    empty: bool = False


class UnknownConfigKey(PodRule):
    """A container asks for a key that the chart's ConfigMap or Secret does not have.

    ## Why
    The pod hangs in `CreateContainerConfigError` (an environment variable) or `ContainerCreating` (a volume). Only
    ConfigMaps and Secrets that the chart itself renders, with something in them, are looked into, but no Secret into
    which a role of the chart lets a program write; `optional: true` is respected.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      log-level: info
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: app
    spec:
      containers:
        - name: app
          image: example/app:1.2.0
          env:
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: app
                  key: logLevel # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      log-level: info
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: app
    spec:
      containers:
        - name: app
          image: example/app:1.2.0
          env:
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: app
                  key: log-level
    ```

    ## Options
    - `empty` (default false): objects that are rendered with nothing in them, to be filled by somebody, are looked into
      as well.
    """

    id = "unknown-config-key"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("configMapKeyRef", "secretKeyRef", "items")
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up every key of environment variables and volumes in the object it comes from."""
        where = namespace(obj, ctx)
        for pointer, kind, name, key in _references(pod):
            source = find(kind, name, where, ctx)
            if source is None:
                continue
            keys = frozenset(key for part in ("data", "stringData", "binaryData") for key in mapping(source.body, part))
            if key not in keys and (keys or self.options.empty) and not self._is_filled_later(source, ctx):
                yield self.fault(
                    Place.on(obj, pointer),
                    f"asks for key {key!r} of {source.ref}, which has no such key",
                    help=f"its keys: {named(keys)}",
                )

    def _is_filled_later(self, source: RenderedObject, ctx: ScenarioContext) -> bool:
        """Whether a program of the release may add keys, as Jobs do that make tokens and certificates."""
        judged_so = source.kind != "Secret" or self.options.empty
        return not judged_so and may_write("secrets", WRITES_KEYS, ctx, source.name)


def _references(pod: PodSpec) -> Iterator[tuple[Pointer, str, str, str]]:
    """Each key that must exist: its place, and the kind, name and key it asks for."""
    for container in pod.containers:
        for index, variable in enumerate(items(container.body, "env")):
            for field, kind in _KEY_REFS:
                ref = mapping(variable, "valueFrom", field)
                if ref and ref.get("optional") is not True:
                    pointer = container.at("env", index, "valueFrom", field, "key")
                    yield pointer, kind, text(ref, "name"), text(ref, "key")
    for index, volume in enumerate(items(pod.body, "volumes")):
        for field, name, kind in _VOLUMES:
            yield from _items(pod.at("volumes", index, field), mapping(volume, field), name, kind)
        for number in range(len(items(volume, "projected", "sources"))):
            for field, _, kind in _VOLUMES:
                at = pod.at("volumes", index, "projected", "sources", number, field)
                yield from _items(at, mapping(get(volume, "projected", "sources", number), field), "name", kind)


def _items(at: Pointer, source: object, name: str, kind: str) -> Iterator[tuple[Pointer, str, str, str]]:
    if get(source, "optional") is not True:
        for number, item in enumerate(items(source, "items")):
            yield at / "items" / number / "key", kind, text(source, name), text(item, "key")
