"""The resources of Kubernetes' own API groups (``kubectl api-resources`` of Kubernetes 1.30 to 1.36)."""

from __future__ import annotations

_TABLE = """
-                              bindings configmaps endpoints events limitranges persistentvolumeclaims pods podtemplates
-                              replicationcontrollers resourcequotas secrets serviceaccounts services
-                              / componentstatuses namespaces nodes persistentvolumes
admissionregistration.k8s.io   / mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations
admissionregistration.k8s.io   / validatingadmissionpolicies validatingadmissionpolicybindings
admissionregistration.k8s.io   / validatingwebhookconfigurations
apiextensions.k8s.io           / customresourcedefinitions
apiregistration.k8s.io         / apiservices
apps                           controllerrevisions daemonsets deployments replicasets statefulsets
authentication.k8s.io          / selfsubjectreviews tokenreviews
authorization.k8s.io           localsubjectaccessreviews / selfsubjectaccessreviews selfsubjectrulesreviews
authorization.k8s.io           / subjectaccessreviews
autoscaling                    horizontalpodautoscalers
batch                          cronjobs jobs
certificates.k8s.io            / certificatesigningrequests clustertrustbundles
coordination.k8s.io            leasecandidates leases
discovery.k8s.io               endpointslices
events.k8s.io                  events
flowcontrol.apiserver.k8s.io   / flowschemas prioritylevelconfigurations
networking.k8s.io              ingresses networkpolicies / ingressclasses ipaddresses servicecidrs
node.k8s.io                    / runtimeclasses
policy                         poddisruptionbudgets
rbac.authorization.k8s.io      rolebindings roles / clusterrolebindings clusterroles
resource.k8s.io                resourceclaims resourceclaimtemplates / deviceclasses resourceslices
scheduling.k8s.io              / priorityclasses
storage.k8s.io                 csistoragecapacities / csidrivers csinodes storageclasses volumeattachments
storage.k8s.io                 / volumeattributesclasses
"""
"""A line a group, ``-`` for the core: what belongs to a namespace, then ``/`` and what does not."""


def _read() -> tuple[dict[str, frozenset[str]], frozenset[tuple[str, str]]]:
    known: dict[str, frozenset[str]] = {}
    cluster = set()
    for line in _TABLE.strip().splitlines():
        group, *words = line.split()
        group = "" if group == "-" else group
        names = [word for word in words if word != "/"]
        known[group] = known.get(group, frozenset()) | frozenset(names)
        cluster |= {(name, group) for name in (words[words.index("/") + 1 :] if "/" in words else ())}
    return known, frozenset(cluster)


RESOURCES, CLUSTER_WIDE = _read()
"""Group -> its resources; and those, with their group, that belong to no namespace."""


def group_of(resource: str) -> str | None:
    """The one group that has a resource, the core aside; None where none or several have it."""
    groups = [group for group, names in RESOURCES.items() if group and resource in names]
    return groups[0] if len(groups) == 1 else None
