"""Labels and annotations whose names Kubernetes refuses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import is_dns_subdomain, is_label_name, mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class InvalidMetadataKey(ObjectRule):
    """A label or an annotation has a name that Kubernetes does not allow.

    ## Why
    The API refuses the object. The name is at most 63 letters, digits, dashes, underscores and dots, with a letter or
    digit at both ends; in front of it may stand a DNS name and one slash.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels:
        team/sub/owner: web # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      labels:
        team.example.com/sub-owner: web
    ```
    """

    id = "invalid-metadata-key"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Check the labels and annotations of the object and of the pods it makes."""
        places = [Pointer(("metadata",))]
        pod = ctx.pod(obj)
        if pod is not None and obj.kind != "Pod":
            places.append(pod.labels_pointer.parent)
        for metadata in places:
            for what in ("labels", "annotations"):
                for key in mapping(obj.body, *metadata.parts, what):
                    if wrong := _fault(key, in_any_case=what == "annotations"):
                        yield self.fault(
                            Place.on(obj, metadata / what / key, key=True),
                            f"the {what[:-1]} {key!r} {wrong}",
                            help="use letters, digits, '-', '_' and '.', with at most a DNS name and '/' in front",
                        )


@lru_cache(maxsize=1024)  # most objects have the same keys
def _fault(key: str, *, in_any_case: bool) -> str:
    """What is wrong with a key, or ``""``. The API lowers the case of annotations' prefixes before it looks."""
    prefix, slash, name = key.rpartition("/")
    if slash and not is_dns_subdomain(prefix.lower() if in_any_case else prefix):
        return "has a prefix that is no DNS name"
    if not name:
        return "has no name"
    if len(name) > 63:
        return f"has a name of {len(name)} characters"
    return "" if is_label_name(name) else "has characters that are not allowed"
