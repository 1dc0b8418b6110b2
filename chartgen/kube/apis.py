"""API versions Kubernetes has deprecated or no longer serves.

Source: kubernetes.io, "Deprecated API Migration Guide", and for the deprecations of old versions the API lifecycle
notes (``+k8s:prerelease-lifecycle-gen``) in k8s.io/api.
"""

import re
from typing import NamedTuple


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

    def is_removed_in(self, minor: int) -> bool:
        """Whether Kubernetes 1.``minor`` no longer serves it."""
        return self.removed is not None and minor >= self.removed


def old_api(api_version: str, kind: str) -> OldApi | None:
    """What became of an API version of a kind, or None when it is current or not known here."""
    return _OLD.get((api_version, kind))


def minor_version(kube_version: str) -> int | None:
    """The minor version in ``v1.34.2-eks-1``; None for what is no version of Kubernetes 1.

    >>> minor_version("v1.34.2-eks-1")
    34
    """
    match = re.match(r"v?1\.([0-9]+)(?:[.+-]|\Z)", kube_version)
    return int(match[1]) if match else None


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
