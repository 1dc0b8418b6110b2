"""OpenShift constraints that let everything through."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class PrivilegedOpenshiftConstraints(ObjectRule):
    """A SecurityContextConstraints object allows privileged containers.

    ## Why
    Whoever may use such constraints can start a container with every right on its node. OpenShift brings constraints
    for each need (`anyuid`, `hostnetwork-v2`, `privileged`): binding the one that a program needs is easier to review
    than a set of its own that allows everything.

    ## Bad
    ```yaml
    apiVersion: security.openshift.io/v1
    kind: SecurityContextConstraints
    metadata:
      name: agent
    allowPrivilegedContainer: true # here
    runAsUser:
      type: RunAsAny
    seLinuxContext:
      type: RunAsAny
    ```

    ## Good
    ```yaml
    apiVersion: security.openshift.io/v1
    kind: SecurityContextConstraints
    metadata:
      name: agent
    allowPrivilegedContainer: false
    allowHostDirVolumePlugin: true
    runAsUser:
      type: MustRunAsRange
    seLinuxContext:
      type: MustRunAs
    ```
    """

    id = "privileged-openshift-constraints"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"SecurityContextConstraints"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find ``allowPrivilegedContainer: true``."""
        if obj.body.get("allowPrivilegedContainer") is True:
            yield self.fault(
                Place.on(obj, Pointer(("allowPrivilegedContainer",))),
                "lets whoever may use it run privileged containers",
                help="set allowPrivilegedContainer: false and allow what the program needs",
                fix=Fix(
                    "allow no privileged containers",
                    (SetField(Pointer(("allowPrivilegedContainer",)), False),),
                    safe=False,
                ),
            )
