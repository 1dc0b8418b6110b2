"""What the API calls the objects of a kind: its resource, and whether it lives in a namespace.

Source: ``kubectl api-resources`` of Kubernetes 1.34 and the resource names of widespread custom resources.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from chartgen.kube.access import get, items, text
from chartgen.tuples import NamedTuple


class Resource(NamedTuple):
    """A kind as the API serves it; ``group`` is empty for the core group.

    ``definition`` is its CustomResourceDefinition, where there is one.
    """

    group: str
    version: str
    kind: str
    plural: str
    namespaced: bool
    definition: Mapping[str, Any] | None = None

    @property
    def identity(self) -> tuple[str, str, str, str, bool]:
        """All of it but the definition."""
        return (self.group, self.version, self.kind, self.plural, self.namespaced)


_NAMESPACED = """
core: ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota
core: Secret Service ServiceAccount
apps: ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet
autoscaling: HorizontalPodAutoscaler
batch: CronJob Job
coordination.k8s.io: Lease
discovery.k8s.io: EndpointSlice
events.k8s.io: Event
extensions: Ingress
networking.k8s.io: Ingress NetworkPolicy
policy: PodDisruptionBudget
rbac.authorization.k8s.io: Role RoleBinding
resource.k8s.io: ResourceClaim ResourceClaimTemplate
storage.k8s.io: CSIStorageCapacity
gateway.networking.k8s.io: Gateway GRPCRoute HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute BackendTLSPolicy
monitoring.coreos.com: ServiceMonitor PodMonitor PrometheusRule Probe Alertmanager Prometheus ThanosRuler
cert-manager.io: Certificate CertificateRequest Issuer
external-secrets.io: ExternalSecret SecretStore PushSecret
keda.sh: ScaledObject ScaledJob TriggerAuthentication
argoproj.io: Application ApplicationSet AppProject Rollout Workflow
autoscaling.k8s.io: VerticalPodAutoscaler
postgresql.cnpg.io: Backup Cluster Database ImageCatalog Pooler ScheduledBackup
"""

_CLUSTER_WIDE = """
core: Namespace Node PersistentVolume
admissionregistration.k8s.io: MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration
admissionregistration.k8s.io: ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration
apiextensions.k8s.io: CustomResourceDefinition
apiregistration.k8s.io: APIService
certificates.k8s.io: CertificateSigningRequest ClusterTrustBundle
flowcontrol.apiserver.k8s.io: FlowSchema PriorityLevelConfiguration
networking.k8s.io: IngressClass IPAddress ServiceCIDR
node.k8s.io: RuntimeClass
policy: PodSecurityPolicy
rbac.authorization.k8s.io: ClusterRole ClusterRoleBinding
resource.k8s.io: DeviceClass ResourceSlice
scheduling.k8s.io: PriorityClass
storage.k8s.io: CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass
gateway.networking.k8s.io: GatewayClass
cert-manager.io: ClusterIssuer
postgresql.cnpg.io: ClusterImageCatalog
external-secrets.io: ClusterExternalSecret ClusterSecretStore
keda.sh: ClusterTriggerAuthentication
"""


def split_api_version(api_version: str) -> tuple[str, str]:
    """The group (empty for core) and the version in an ``apiVersion``."""
    group, _, version = api_version.rpartition("/")
    return group, version


def plural_of(kind: str) -> str:
    """The resource of a kind as its authors form it, by the rules of English: lower case, in the plural."""
    name = kind.lower()
    if name == "endpoints":
        return name
    if name.endswith(("s", "x", "ch", "sh")):
        return name + "es"
    return name[:-1] + "ies" if re.search(r"[^aeiou]y\Z", name) else name + "s"


def resource_of(api_version: str, kind: str, defined: Mapping[tuple[str, str], Resource] | None = None) -> Resource:
    """The resource of a kind: one that is ``defined`` (see ``definitions``), a built-in one, or a guess.

    A kind nobody knows is taken to live in a namespace.
    """
    group, version = split_api_version(api_version)
    known = (defined or {}).get((group, kind)) or _builtin().get((group, kind))
    if known is None:
        return Resource(group, version, kind, plural_of(kind), True)
    return known._replace(version=version)


def definitions(objects: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Resource]:
    """The resources that CustomResourceDefinitions among objects define, by group and kind."""
    found = {}
    for body in objects:
        if body.get("kind") == "CustomResourceDefinition":
            group, kind = text(body, "spec", "group"), text(body, "spec", "names", "kind")
            plural = text(body, "spec", "names", "plural") or plural_of(kind)
            version = text(get(items(body, "spec", "versions"), 0), "name")
            namespaced = text(body, "spec", "scope") != "Cluster"
            found[group, kind] = Resource(group, version, kind, plural, namespaced, body)
    return found


@cache
def _builtin() -> dict[tuple[str, str], Resource]:
    found = {}
    for table, namespaced in ((_NAMESPACED, True), (_CLUSTER_WIDE, False)):
        for line in table.strip().splitlines():
            name, _, kinds = line.partition(":")
            group = "" if name == "core" else name
            for kind in kinds.split():
                found[group, kind] = Resource(group, "", kind, plural_of(kind), namespaced)
    return found
