"""What other tools say of small manifests, each as the tool itself answered, and what ``--compat`` says of them."""

from __future__ import annotations

import pytest

from chartgen.lint.manifests import lint_manifests
from chartgen.lint.run import Settings
from chartgen.policy.build import Wishes, build
from chartgen.policy.config import Config


def reports(tool: str, check: str, manifest: str) -> bool:
    """Whether anything is found under a check of a tool."""
    policy = build(Config(), Wishes(compat=tool, select=(check,)))
    return bool(lint_manifests({"m.yaml": manifest.encode()}, settings=Settings(policy=policy)).findings)


def workload(
    container: str = "{image: 'app:1'}", *, kind: str = "Deployment", pod: str = "", api: str = "apps/v1"
) -> str:
    """A workload of one container, with more of its pod behind it."""
    return f"""\
apiVersion: {api}
kind: {kind}
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{container}]{", " + pod if pod else ""}}}
"""


def scaler(target: str) -> str:
    """A Deployment and an autoscaler of it."""
    return f"""\
{workload()}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: web}}
spec: {{maxReplicas: 3, scaleTargetRef: {target}}}
"""


def service(spec: str) -> str:
    """A Service alone."""
    return f"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {spec}\n"


def policy(spec: str) -> str:
    """A Deployment and a NetworkPolicy."""
    head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web}"
    return f"{workload()}---\n{head}\nspec: {spec}\n"


def two_labels(spec: str) -> str:
    """A Deployment whose pods have two labels, and a NetworkPolicy."""
    return policy(spec).replace("labels: {app: web}", "labels: {app: web, b: c}", 1)


BOTH = "ingress: [{}], egress: [{}], policyTypes: [Ingress, Egress]}"


def role(kind: str) -> str:
    """A role that may run commands in pods."""
    rules = "[{apiGroups: [''], resources: [pods/exec], verbs: [create]}]"
    return f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: web}}\nrules: {rules}\n"


def binding(kind: str) -> str:
    """A binding of all rights."""
    to = "{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}"
    return f"""\
apiVersion: rbac.authorization.k8s.io/v1
kind: {kind}
metadata: {{name: web}}
roleRef: {to}
subjects: [{{kind: ServiceAccount, name: web, namespace: web}}]
"""


def served(more: str) -> str:
    """A Deployment and a Service that selects its pods."""
    return f"{workload()}---\n{service('{' + more + 'selector: {app: web}}')}"


RECREATED = served("publishNotReadyAddresses: true, ").replace("spec:\n", "spec:\n  strategy: {type: Recreate}\n", 1)

ELSEWHERE = (
    served("")
    .replace("{name: web}", "{name: web, namespace: a}", 1)
    .replace("{name: web}", "{name: web, namespace: b}")
)

EPHEMERAL = "ephemeralContainers: [{name: debug, image: 'app:latest'}]"

PRIVILEGED = "ephemeralContainers: [{name: debug, securityContext: {privileged: true}}]"

SIDECAR = "{restartPolicy: Always, livenessProbe: {tcpSocket: {port: 1}}}"

CRON_JOB = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: web}
spec:
  schedule: 0 0 * * *
  jobTemplate: {spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{image: 'app:1'}]}}}}
"""

KUBE_SCORE = [
    ("container-image-tag", "a tag", workload(), False),
    ("container-image-tag", "no image", workload("{name: web}"), True),
    ("container-image-tag", "an empty tag", workload("{image: 'app:'}"), True),
    ("container-image-tag", "capitals", workload("{image: 'app:LATEST'}"), False),
    ("container-image-tag", "an ephemeral container", workload(pod=EPHEMERAL), False),
    ("container-image-tag", "a DaemonSet", workload("{image: app}", kind="DaemonSet"), True),
    ("container-image-tag", "a ReplicaSet", workload("{image: app}", kind="ReplicaSet"), False),
    ("container-cpu-requests-equal-limits", "0 and none", workload("{resources: {requests: {cpu: 0m}}}"), False),
    ("container-cpu-requests-equal-limits", "a limit only", workload("{resources: {limits: {cpu: 1}}}"), True),
    (
        "container-ephemeral-storage-request-equals-limit",
        "a request of 0",
        workload("{resources: {requests: {ephemeral-storage: 0}, limits: {ephemeral-storage: 1Gi}}}"),
        False,
    ),
    ("container-ports-check", "a long name", workload("{ports: [{name: sixteenletters16, containerPort: 1}]}"), True),
    ("container-ports-check", "a port of 0", workload("{ports: [{containerPort: 0}]}"), True),
    ("container-ports-check", "a Service", service("{ports: [{name: sixteenletters16, port: 0}]}"), False),
    (
        "container-security-context-user-group-id",
        "null, and the pod's own",
        workload("{securityContext: {runAsUser: null}}", pod="securityContext: {runAsUser: 10000, runAsGroup: 10000}"),
        False,
    ),
    (
        "deployment-pod-selector-labels-match-template-metadata-labels",
        "no selector",
        workload().replace("  selector: {matchLabels: {app: web}}\n", ""),
        True,
    ),
    (
        "statefulset-pod-selector-labels-match-template-metadata-labels",
        "a Deployment without a selector",
        workload().replace("  selector: {matchLabels: {app: web}}\n", ""),
        False,
    ),
    (
        "horizontalpodautoscaler-has-target",
        "all said",
        scaler("{apiVersion: apps/v1, kind: Deployment, name: web}"),
        False,
    ),
    ("horizontalpodautoscaler-has-target", "no apiVersion", scaler("{kind: Deployment, name: web}"), True),
    ("service-targets-pod", "an outside name", service("{type: ExternalName, selector: {app: web}}"), False),
    ("service-targets-pod", "a cluster's own", service("{selector: {app: web}}"), True),
    ("pod-networkpolicy", "no podSelector", policy("{policyTypes: [Ingress, Egress]}"), False),
    ("pod-networkpolicy", "one direction", policy("{podSelector: {}, policyTypes: [Ingress]}"), True),
    ("deployment-replicas", "a Service", served(""), True),
    ("deployment-replicas", "a Service that does not wait", served("publishNotReadyAddresses: true, "), True),
    ("deployment-replicas", "no Service", workload(), False),
    ("deployment-strategy", "a Service that does not wait", RECREATED, True),
    ("pod-probes", "a Service that does not wait", served("publishNotReadyAddresses: true, "), True),
    ("pod-probes", "a Service of another namespace", ELSEWHERE, False),
    ("stable-version", "today's", workload(), False),
    ("stable-version", "an old one", workload(api="apps/v1beta2"), True),
    ("stable-version", "one that had no successor in 1.18", workload(api="batch/v1beta1", kind="CronJob"), False),
]

POLARIS = [
    ("tagNotSpecified", "an empty tag", workload("{image: 'app:'}"), True),
    ("tagNotSpecified", "capitals", workload("{image: 'app:LATEST'}"), False),
    ("tagNotSpecified", "a registry's port", workload("{image: 'registry:5000/app'}"), False),
    ("cpuLimitsMissing", "0", workload("{resources: {limits: {cpu: 0}}}"), False),
    ("cpuLimitsMissing", "none", workload("{resources: {requests: {cpu: 1}}}"), True),
    ("memoryRequestsMissing", "0", workload("{resources: {requests: {memory: 0Mi}}}"), False),
    ("hostProcess", "a container", workload("{securityContext: {windowsOptions: {hostProcess: true}}}"), True),
    (
        "hostProcess",
        "an init container",
        workload(pod="initContainers: [{securityContext: {windowsOptions: {hostProcess: true}}}]"),
        False,
    ),
    (
        "procMount",
        "an init container",
        workload(pod="initContainers: [{securityContext: {procMount: Unmasked}}]"),
        False,
    ),
    ("runAsPrivileged", "an ephemeral container", workload(pod=PRIVILEGED), False),
    ("missingNetworkPolicy", "one label", policy("{podSelector: {matchLabels: {app: web}}, " + BOTH), False),
    ("missingNetworkPolicy", "one of two", policy("{podSelector: {matchLabels: {app: web, b: c}}, " + BOTH), False),
    ("missingNetworkPolicy", "two labels", two_labels("{podSelector: {matchLabels: {app: web, b: c}}, " + BOTH), True),
    ("missingNetworkPolicy", "every pod", policy("{podSelector: {}, " + BOTH), True),
    ("rolePodExecAttach", "a Role", role("Role"), True),
    ("rolePodExecAttach", "a ClusterRole", role("ClusterRole"), False),
    ("clusterrolePodExecAttach", "a Role", role("Role"), False),
    ("clusterrolePodExecAttach", "a ClusterRole", role("ClusterRole"), True),
    ("clusterrolebindingClusterAdmin", "a ClusterRoleBinding", binding("ClusterRoleBinding"), True),
    ("clusterrolebindingClusterAdmin", "a RoleBinding", binding("RoleBinding"), False),
    ("rolebindingClusterAdminClusterRole", "a RoleBinding", binding("RoleBinding"), True),
]

CHECKOV = [
    ("CKV_K8S_30", "none", workload(), True),
    ("CKV_K8S_30", "an empty one", workload("{securityContext: {}}"), False),
    ("CKV_K8S_30", "null", workload("{securityContext: null}"), True),
    ("CKV_K8S_29", "an empty one of the pod", workload(pod="securityContext: {}"), False),
    ("CKV_K8S_29", "a DeploymentConfig", workload(kind="DeploymentConfig", api="apps.openshift.io/v1"), False),
    ("CKV_K8S_20", "a DeploymentConfig", workload(kind="DeploymentConfig", api="apps.openshift.io/v1"), True),
    ("CKV_K8S_13", "0", workload("{resources: {limits: {memory: '0'}}}"), False),
    ("CKV_K8S_14", "an empty tag", workload("{image: 'app:'}"), True),
    ("CKV_K8S_14", "no image", workload("{name: web}"), True),
    ("CKV_K8S_16", "an ephemeral container", workload(pod=PRIVILEGED), False),
    ("CKV2_K8S_6", "a Deployment", workload(), True),
    ("CKV2_K8S_6", "a CronJob", CRON_JOB, False),
]


KUBE_LINTER = [
    ("privileged-container", "an ephemeral container", workload(pod=PRIVILEGED), True),
    ("liveness-port", "a container", workload("{livenessProbe: {tcpSocket: {port: 1}}}"), True),
    ("liveness-port", "a sidecar", workload(pod=f"initContainers: [{SIDECAR}]"), False),
    ("dangling-horizontalpodautoscaler", "no apiVersion", scaler("{kind: Deployment, name: web}"), True),
    ("latest-tag", "an empty tag", workload("{image: 'app:'}"), False),
    ("schema-validation", "an unknown field", workload("{name: web, image: 'app:1', imagePolicy: Always}"), True),
    ("schema-validation", "a field of another type", workload("{name: web, image: 'app:1', stdin: 5}"), True),
    ("schema-validation", "a whole object", workload("{name: web, image: 'app:1'}"), False),
]


def named(rows: list[tuple[str, str, str, bool]]) -> list[object]:
    """The rows with names that tell them apart."""
    return [pytest.param(check, manifest, said, id=f"{check}: {what}") for check, what, manifest, said in rows]


@pytest.mark.parametrize(("check", "manifest", "said"), named(KUBE_SCORE))
def test_kube_score(check: str, manifest: str, said: bool) -> None:
    assert reports("kube-score", check, manifest) is said


@pytest.mark.parametrize(("check", "manifest", "said"), named(POLARIS))
def test_polaris(check: str, manifest: str, said: bool) -> None:
    assert reports("polaris", check, manifest) is said


@pytest.mark.parametrize(("check", "manifest", "said"), named(CHECKOV))
def test_checkov(check: str, manifest: str, said: bool) -> None:
    assert reports("checkov", check, manifest) is said


@pytest.mark.parametrize(("check", "manifest", "said"), named(KUBE_LINTER))
def test_kube_linter(check: str, manifest: str, said: bool) -> None:
    assert reports("kube-linter", check, manifest) is said
