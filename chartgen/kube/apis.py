"""Which releases of Kubernetes serve an API version: those that are deprecated, no longer served, or not yet.

Sources: kubernetes.io, "Deprecated API Migration Guide"; for the deprecations of old versions the API lifecycle notes
(``+k8s:prerelease-lifecycle-gen``) in k8s.io/api; for what came and went since 1.25 the carried schemas, which are
those of everything a release can serve.
"""

from chartgen.kube.releases import CARRIED, NEWEST, OLDEST, minor_version
from chartgen.kube.schemas import is_builtin, kubernetes
from chartgen.tuples import NamedTuple


class OldApi(NamedTuple):
    """The life of one API version of one kind; releases are minor versions of Kubernetes 1.

    ``replacement`` is the apiVersion to use instead, or ``""`` when the kind is gone. ``removed`` is None for a version
    that is still served.
    """

    api_version: str
    kind: str
    deprecated: int
    removed: int | None
    replacement: str

    def gone_in(self, versions: int) -> int:
        """Those of some releases that no longer serve it."""
        return versions >> self.removed << self.removed if self.removed is not None else 0

    def deprecated_in(self, versions: int) -> int:
        """Those of some releases that still serve it and call it deprecated."""
        return (versions >> self.deprecated << self.deprecated) & ~self.gone_in(versions)


def old_api(api_version: str, kind: str) -> OldApi | None:
    """What became of an API version of a kind, or None when it is current or not known here."""
    return _OLD.get((api_version, kind)) or _vanished(api_version, kind)


def _vanished(api_version: str, kind: str) -> OldApi | None:
    served = served_in(api_version, kind)
    last = served.bit_length() - 1
    if not served or last >= NEWEST:
        return None
    return OldApi(api_version, kind, last + 1, last + 1, successor(api_version, kind))


def served_in(api_version: str, kind: str) -> int:
    """The carried releases that can serve a kind of Kubernetes' own; none for other kinds."""
    if not is_builtin(api_version.rpartition("/")[0]):
        return 0
    entry = kubernetes().entry(api_version, kind)
    return int(entry["in"]) if entry else 0


def answers(api: str, version: str) -> bool:
    """Whether a cluster of a Kubernetes version answers for a kind of Kubernetes' own (``group/version/Kind``) when
    templates ask for it by ``.Capabilities.APIVersions.Has``. Without a cluster Helm knows no kinds.
    """
    api_version, _, kind = api.rpartition("/")
    minor = minor_version(version)
    return minor is not None and bool(served_in(api_version, kind) >> minor & 1)


def not_yet_in(api_version: str, kind: str, versions: int) -> int:
    """Those of some releases that do not serve a kind of Kubernetes' own yet, as far as releases are carried."""
    served = served_in(api_version, kind)
    first = (served & -served).bit_length() - 1
    return versions & CARRIED & ((1 << first) - 1) if first > OLDEST else 0


def successor(api_version: str, kind: str) -> str:
    """The apiVersion of the group that serves a kind in the newest release, stable before beta, or ``""``."""
    group = api_version.rpartition("/")[0]
    now = [
        version
        for version, kinds in kubernetes().header["kinds"].items()
        if version.rpartition("/")[0] == group and kind in kinds and kinds[kind]["in"] >> NEWEST & 1
    ]
    return min(now, key=lambda version: ("alpha" in version, "beta" in version, version), default="")


def predecessor(api_version: str, kind: str, versions: int) -> str:
    """An apiVersion of the group that serves a kind in all of some releases, or ``""``."""
    group = api_version.rpartition("/")[0]
    found = [
        version
        for version, kinds in kubernetes().header["kinds"].items()
        if version.rpartition("/")[0] == group and kind in kinds and versions & ~kinds[kind]["in"] == 0
    ]
    return min(found, key=lambda version: ("alpha" in version, "beta" in version, version), default="")


def kinds_of(api_version: str) -> tuple[str, ...]:
    """The kinds that some carried release serves in an API version of Kubernetes' own."""
    return tuple(kubernetes().header["kinds"].get(api_version, ()))


def versions_of(kind: str) -> tuple[str, ...]:
    """The API versions in which the newest release serves a kind."""
    kinds = kubernetes().header["kinds"]
    return tuple(version for version, known in kinds.items() if kind in known and known[kind]["in"] >> NEWEST & 1)


_TABLE = """
extensions/v1beta1                    9 16 apps/v1 Deployment DaemonSet ReplicaSet
extensions/v1beta1                    9 16 networking.k8s.io/v1 NetworkPolicy
extensions/v1beta1                   10 16 - PodSecurityPolicy
extensions/v1beta1                   14 22 networking.k8s.io/v1 Ingress
apps/v1beta1                          9 16 apps/v1 Deployment StatefulSet ReplicaSet
apps/v1beta2                          9 16 apps/v1 Deployment StatefulSet DaemonSet ReplicaSet
scheduling.k8s.io/v1alpha1           14 17 scheduling.k8s.io/v1 PriorityClass
admissionregistration.k8s.io/v1beta1 16 22 admissionregistration.k8s.io/v1 MutatingWebhookConfiguration
admissionregistration.k8s.io/v1beta1 16 22 admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration
apiextensions.k8s.io/v1beta1         16 22 apiextensions.k8s.io/v1 CustomResourceDefinition
apiregistration.k8s.io/v1beta1       10 22 apiregistration.k8s.io/v1 APIService
authentication.k8s.io/v1beta1         6 22 authentication.k8s.io/v1 TokenReview
authorization.k8s.io/v1beta1          6 22 authorization.k8s.io/v1 SubjectAccessReview SelfSubjectAccessReview
authorization.k8s.io/v1beta1          6 22 authorization.k8s.io/v1 LocalSubjectAccessReview SelfSubjectRulesReview
certificates.k8s.io/v1beta1          19 22 certificates.k8s.io/v1 CertificateSigningRequest
coordination.k8s.io/v1beta1          14 22 coordination.k8s.io/v1 Lease
networking.k8s.io/v1beta1            19 22 networking.k8s.io/v1 Ingress IngressClass
rbac.authorization.k8s.io/v1alpha1   17 22 rbac.authorization.k8s.io/v1 Role ClusterRole RoleBinding ClusterRoleBinding
rbac.authorization.k8s.io/v1beta1    17 22 rbac.authorization.k8s.io/v1 Role ClusterRole RoleBinding ClusterRoleBinding
scheduling.k8s.io/v1beta1            14 22 scheduling.k8s.io/v1 PriorityClass
storage.k8s.io/v1beta1                6 22 storage.k8s.io/v1 StorageClass
storage.k8s.io/v1beta1               13 22 storage.k8s.io/v1 VolumeAttachment
storage.k8s.io/v1beta1               17 22 storage.k8s.io/v1 CSINode
storage.k8s.io/v1beta1               19 22 storage.k8s.io/v1 CSIDriver
autoscaling/v2beta1                  22 25 autoscaling/v2 HorizontalPodAutoscaler
batch/v1beta1                        21 25 batch/v1 CronJob
discovery.k8s.io/v1beta1             21 25 discovery.k8s.io/v1 EndpointSlice
events.k8s.io/v1beta1                19 25 events.k8s.io/v1 Event
node.k8s.io/v1beta1                  22 25 node.k8s.io/v1 RuntimeClass
policy/v1beta1                       21 25 policy/v1 PodDisruptionBudget
policy/v1beta1                       21 25 - PodSecurityPolicy
autoscaling/v2beta2                  23 26 autoscaling/v2 HorizontalPodAutoscaler
flowcontrol.apiserver.k8s.io/v1beta1 23 26 flowcontrol.apiserver.k8s.io/v1 FlowSchema PriorityLevelConfiguration
storage.k8s.io/v1beta1               24 27 storage.k8s.io/v1 CSIStorageCapacity
flowcontrol.apiserver.k8s.io/v1beta2 26 29 flowcontrol.apiserver.k8s.io/v1 FlowSchema PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta3 29 32 flowcontrol.apiserver.k8s.io/v1 FlowSchema PriorityLevelConfiguration
v1                                   19  - - ComponentStatus
v1                                   33  - discovery.k8s.io/v1 Endpoints
"""
"""apiVersion, deprecated in 1.x, removed in 1.x (- when still served), replacement (- when none), kinds."""


def _old_apis() -> dict[tuple[str, str], OldApi]:
    found = {}
    for line in _TABLE.split("\n"):
        if line:
            version, deprecated, removed, replacement, *kinds = line.split()
            for kind in kinds:
                found[version, kind] = OldApi(
                    version,
                    kind,
                    int(deprecated),
                    None if removed == "-" else int(removed),
                    "" if replacement == "-" else replacement,
                )
    return found


_OLD = _old_apis()
