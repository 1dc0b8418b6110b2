"""Entries of ConfigMaps and Secrets that Kubernetes refuses."""

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import get, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext

_FORM = r"[-._a-zA-Z0-9]+"
_CURE = "use letters, digits, '-', '_' and '.', at most 253 of them"


class InvalidDataKey(ObjectRule):
    """A ConfigMap or Secret has an entry whose name Kubernetes does not allow, or has it twice.

    ## Why
    The API server refuses the object: `a valid config key must consist of alphanumeric characters, '-', '_' or '.'`
    (ValidateConfigMap, ValidateSecret, IsConfigMapKey). A path like `conf/app.yaml` is no key: `.Files.Glob` gives
    paths, of which `AsConfig` takes the last part. A key must not be `.`, nor begin with `..`, and one in `data` must
    not be in `binaryData` too.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      conf/app.yaml: "debug: false" # here
      logo.png: none # here
    binaryData:
      logo.png: bm9uZQ==
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
    data:
      app.yaml: "debug: false"
    binaryData:
      logo.png: bm9uZQ==
    ```
    """

    id = "invalid-data-key"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"ConfigMap", "Secret"})
    keys = ("data", "stringData", "binaryData")

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the names of all entries."""
        if obj.api_version != "v1":
            return
        fields = ("data", "binaryData") if obj.kind == "ConfigMap" else ("data", "stringData")
        for field in fields:
            for key in mapping(obj.body, field):
                if isinstance(key, str) and not _is_allowed(key):
                    place = Place.on(obj, Pointer((field, key)), key=True)
                    yield self.fault(place, f"{field} has the key {key!r}", help=_CURE)
        if obj.kind == "ConfigMap":
            for key in mapping(obj.body, "data"):
                if key in mapping(obj.body, "binaryData") and get(obj.body, "data", key) is not None:
                    place = Place.on(obj, Pointer(("data", key)), key=True)
                    yield self.fault(place, f"the key {key!r} is in data and in binaryData", help="remove one")


def _is_allowed(key: str) -> bool:
    return len(key) <= 253 and bool(re.fullmatch(_FORM, key)) and key != "." and not key.startswith("..")
