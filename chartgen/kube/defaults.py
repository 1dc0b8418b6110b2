"""What the API server fills in where an object of a built-in kind says nothing.

Only what an object's author could have written is here, not what a cluster assigns (addresses, uids, times).
Source: ``pkg/apis/*/v1/defaults.go`` of Kubernetes 1.34.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from chartgen.kube.access import Image, get, items

Body = dict[str, Any]


def fill(body: Body, kind: str, pod: Body | None) -> None:
    """Fill in the defaults of a built-in kind, in place; ``pod`` is the pod spec in it."""
    spec = _made(body, "spec") if kind in _SPECS else body
    for key, value in _SPECS.get(kind, {}).items():
        _default(spec, key, value)
    if kind in _OWN:
        _OWN[kind](body, spec)
    if pod is not None:
        fill_pod(pod, alone=kind == "Pod")


def fill_pod(pod: Body, *, alone: bool) -> None:
    """Fill in the defaults of a pod spec; ``alone`` when it is a Pod's own rather than a template's."""
    for key, value in _POD.items():
        _default(pod, key, value)
    if alone:
        _default(pod, "enableServiceLinks", True)
        _default(pod, "serviceAccountName", "default")
    if "serviceAccountName" in pod:
        _default(pod, "serviceAccount", pod["serviceAccountName"])
    for key in ("initContainers", "containers", "ephemeralContainers"):
        for container in _bodies(items(pod, key)):
            _container(container, host_network=pod.get("hostNetwork") is True)
            if alone:
                _requests(container)
    for volume in _bodies(items(pod, "volumes")):
        _volume(volume)


def _container(container: Body, *, host_network: bool) -> None:
    image = Image.parse(str(container.get("image", "")))
    moves = image.tag == "latest" or not (image.tag or image.digest)
    _default(container, "imagePullPolicy", "Always" if moves else "IfNotPresent")
    for key, value in _CONTAINER.items():
        _default(container, key, value)
    for port in _bodies(items(container, "ports")):
        _default(port, "protocol", "TCP")
        if host_network and "containerPort" in port:
            _default(port, "hostPort", port["containerPort"])
    for variable in _bodies(items(container, "env")):
        _references(get(variable, "valueFrom"))
    for probe in _bodies(map(container.get, ("livenessProbe", "readinessProbe", "startupProbe"))):
        _handler(probe)
        for key, value in _PROBE.items():
            _default(probe, key, value)
    for name in ("postStart", "preStop"):
        _handler(get(container, "lifecycle", name))


def _requests(container: Body) -> None:
    """A Pod's requests are its limits where it gives none."""
    limits = get(container, "resources", "limits")
    if isinstance(limits, dict) and limits:
        requests = _made(container["resources"], "requests")
        for key, value in limits.items():
            _default(requests, key, value)


def _references(source: Any) -> None:
    if isinstance(get(source, "fieldRef"), dict):
        _default(source["fieldRef"], "apiVersion", "v1")
    if isinstance(get(source, "resourceFieldRef"), dict):
        _default(source["resourceFieldRef"], "divisor", "0")


def _handler(handler: Any) -> None:
    if isinstance(get(handler, "httpGet"), dict):
        _default(handler["httpGet"], "path", "/")
        _default(handler["httpGet"], "scheme", "HTTP")
    if isinstance(get(handler, "grpc"), dict):
        _default(handler["grpc"], "service", "")


def _volume(volume: Body) -> None:
    if volume.keys() <= {"name"}:
        volume["emptyDir"] = {}
    for source in ("secret", "configMap", "projected", "downwardAPI"):
        if isinstance(volume.get(source), dict):
            _default(volume[source], "defaultMode", 420)
    if isinstance(volume.get("hostPath"), dict):
        _default(volume["hostPath"], "type", "")
    for projected in _bodies(items(volume, "projected", "sources")):
        if isinstance(projected.get("serviceAccountToken"), dict):
            _default(projected["serviceAccountToken"], "expirationSeconds", 3600)
    for item in _bodies((*items(volume, "downwardAPI", "items"), *_downward(volume))):
        _references(item)


def _downward(volume: Body) -> list[Any]:
    return [item for source in items(volume, "projected", "sources") for item in items(source, "downwardAPI", "items")]


def _deployment(body: Body, spec: Body) -> None:
    strategy = _made(spec, "strategy")
    _default(strategy, "type", "RollingUpdate")
    if strategy["type"] == "RollingUpdate":
        rolling = _made(strategy, "rollingUpdate")
        _default(rolling, "maxUnavailable", "25%")
        _default(rolling, "maxSurge", "25%")


def _update_strategy(**values: int) -> Callable[[Body, Body], None]:
    def fill_in(body: Body, spec: Body) -> None:
        strategy = _made(spec, "updateStrategy")
        _default(strategy, "type", "RollingUpdate")
        if strategy["type"] == "RollingUpdate":
            for key, value in values.items():
                _default(_made(strategy, "rollingUpdate"), key, value)
        for claim in _bodies(items(spec, "volumeClaimTemplates")):
            _default(claim, "apiVersion", "v1")
            _default(claim, "kind", "PersistentVolumeClaim")
            _default(_made(claim, "spec"), "volumeMode", "Filesystem")

    return fill_in


def _job(body: Body, spec: Body) -> None:
    if "completions" not in spec and "parallelism" not in spec:
        spec["completions"] = 1
    _default(spec, "parallelism", 1)
    _default(spec, "podReplacementPolicy", "Failed" if "podFailurePolicy" in spec else "TerminatingOrFailed")


def _service(body: Body, spec: Body) -> None:
    if spec["type"] in ("ClusterIP", "NodePort", "LoadBalancer"):
        _default(spec, "internalTrafficPolicy", "Cluster")
    if spec["type"] in ("NodePort", "LoadBalancer"):
        _default(spec, "externalTrafficPolicy", "Cluster")
    if spec["type"] == "LoadBalancer":
        _default(spec, "allocateLoadBalancerNodePorts", True)
    for port in _bodies(items(spec, "ports")):
        _default(port, "protocol", "TCP")
        if "port" in port:
            _default(port, "targetPort", port["port"])


def _network_policy(body: Body, spec: Body) -> None:
    _default(spec, "policyTypes", ["Ingress", "Egress"] if spec.get("egress") else ["Ingress"])
    for direction in ("ingress", "egress"):
        for rule in items(spec, direction):
            for port in _bodies(items(rule, "ports")):
                _default(port, "protocol", "TCP")


def _binding(body: Body, spec: Body) -> None:
    group = "rbac.authorization.k8s.io"
    if isinstance(body.get("roleRef"), dict):
        _default(body["roleRef"], "apiGroup", group)
    for subject in _bodies(items(body, "subjects")):
        if subject.get("kind") in ("User", "Group"):
            _default(subject, "apiGroup", group)


def _namespace(body: Body, spec: Body) -> None:
    name = get(body, "metadata", "name")
    if isinstance(name, str):
        _made(body["metadata"], "labels")["kubernetes.io/metadata.name"] = name
    _default(_made(body, "status"), "phase", "Active")


_POD: Body = {
    "restartPolicy": "Always",
    "dnsPolicy": "ClusterFirst",
    "schedulerName": "default-scheduler",
    "terminationGracePeriodSeconds": 30,
    "securityContext": {},
}
_CONTAINER: Body = {
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
    "resources": {},
}
_PROBE: Body = {"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}
_JOB: Body = {"backoffLimit": 6, "completionMode": "NonIndexed", "suspend": False}
_SPECS: dict[str, Body] = {
    "Deployment": {"replicas": 1, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600},
    "StatefulSet": {
        "replicas": 1,
        "revisionHistoryLimit": 10,
        "podManagementPolicy": "OrderedReady",
        "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
    },
    "DaemonSet": {"revisionHistoryLimit": 10},
    "ReplicaSet": {"replicas": 1},
    "ReplicationController": {"replicas": 1},
    "Job": _JOB,
    "CronJob": {
        "concurrencyPolicy": "Allow",
        "suspend": False,
        "successfulJobsHistoryLimit": 3,
        "failedJobsHistoryLimit": 1,
    },
    "Service": {"type": "ClusterIP", "sessionAffinity": "None"},
    "PersistentVolumeClaim": {"volumeMode": "Filesystem"},
    "PersistentVolume": {"persistentVolumeReclaimPolicy": "Retain", "volumeMode": "Filesystem"},
    "HorizontalPodAutoscaler": {"minReplicas": 1},
    "NetworkPolicy": {},
    "Namespace": {"finalizers": ["kubernetes"]},
    "Pod": {},
}
_OWN: dict[str, Callable[[Body, Body], None]] = {
    "Deployment": _deployment,
    "StatefulSet": _update_strategy(partition=0),
    "DaemonSet": _update_strategy(maxSurge=0, maxUnavailable=1),
    "Job": _job,
    "Service": _service,
    "NetworkPolicy": _network_policy,
    "RoleBinding": _binding,
    "ClusterRoleBinding": _binding,
    "Namespace": _namespace,
    "Secret": lambda body, spec: _default(body, "type", "Opaque"),
}


def _default(body: Body, key: str, value: Any) -> None:
    if key not in body:
        body[key] = dict(value) if isinstance(value, dict) else list(value) if isinstance(value, list) else value


def _made(body: Body, key: str) -> Body:
    """The mapping at a key, made when there is none."""
    if not isinstance(body.get(key), dict):
        body[key] = {}
    made: Body = body[key]
    return made


def _bodies(values: Iterable[Any]) -> list[Body]:
    return [value for value in values if isinstance(value, dict)]
