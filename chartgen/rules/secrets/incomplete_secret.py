"""Secrets that lack what their type promises."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class IncompleteSecret(ObjectRule):
    """A Secret lacks an entry that its type demands.

    ## Why
    The API server refuses the object: `data[tls.key]: Required value` (ValidateSecret). No schema says so. An entry may
    be empty, but it must be there, in `data` or in `stringData`.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    type: kubernetes.io/tls
    stringData: # here
      cert.pem: {{ .Values.certificate | quote }}
      tls.key: {{ .Values.key | quote }}
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    type: kubernetes.io/tls
    stringData:
      tls.crt: {{ .Values.certificate | quote }}
      tls.key: {{ .Values.key | quote }}
    ```
    """

    id = "incomplete-secret"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    kinds = frozenset({"Secret"})
    keys = ("type",)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look for each entry; the values are nobody's business."""
        kind = text(obj.body, "type")
        needed = _NEEDED.get(kind, ())
        if obj.api_version != "v1" or not needed:
            return
        data = {**mapping(obj.body, "data"), **mapping(obj.body, "stringData")}
        missing = [key for key in needed if key not in data]
        if kind == _BASIC and len(missing) < len(needed):
            return  # one of the two is enough
        field = "stringData" if "stringData" in obj.body else "data"
        for key in missing:
            yield self.fault(
                Place.on(obj, Pointer((field, key))),
                f"is of type {kind} and has no {key}",
                help=f"set {key} in {field}",
            )


_BASIC = "kubernetes.io/basic-auth"
_NEEDED = {
    "kubernetes.io/tls": ("tls.crt", "tls.key"),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
    "kubernetes.io/dockercfg": (".dockercfg",),
    "kubernetes.io/ssh-auth": ("ssh-privatekey",),
    _BASIC: ("username", "password"),
}
"""The entries that a Secret of each type must have."""
