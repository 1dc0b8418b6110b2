"""The fields of Kubernetes' own kinds that hold one of a few words, which the API server judges in its code.

Source: the functions of k8s.io/kubernetes 1.34 named beside each, below ``pkg/apis/<group>/validation``. A word that an
older release does not know is left in: what is told here is refused by all of them. What other rules judge is left out:
the restartPolicy of pods, whenUnsatisfiable, a role's reference.
"""

from chartgen.rules.schema._reach import EACH

_Path = tuple[str, ...]
_Words = tuple[str, ...]

_ACCESS_MODES = ("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")
_VOLUME_MODES = ("Filesystem", "Block")
_PROTOCOLS = ("TCP", "UDP", "SCTP")
_SECCOMP = ("RuntimeDefault", "Unconfined", "Localhost")
_ROLLING = ("RollingUpdate", "OnDelete")

_EPHEMERAL = ("volumes", EACH, "ephemeral", "volumeClaimTemplate", "spec")

IN_PODS: dict[_Path, _Words] = {
    ("dnsPolicy",): ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),  # validateDNSPolicy
    ("preemptionPolicy",): ("PreemptLowerPriority", "Never"),  # ValidatePreemptionPolicy
    ("tolerations", EACH, "operator"): ("Equal", "Exists", "Lt", "Gt"),  # ValidateTolerations
    ("tolerations", EACH, "effect"): ("NoSchedule", "PreferNoSchedule", "NoExecute"),  # validateTaintEffect
    ("securityContext", "fsGroupChangePolicy"): ("Always", "OnRootMismatch"),  # validateFSGroupChangePolicy
    ("securityContext", "seccompProfile", "type"): _SECCOMP,  # validateSeccompProfileType
    ("volumes", EACH, "hostPath", "type"): (  # validateHostPathType
        *("DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"),
    ),
    (*_EPHEMERAL, "accessModes", EACH): _ACCESS_MODES,
    (*_EPHEMERAL, "volumeMode"): _VOLUME_MODES,
    ("containers", EACH, "imagePullPolicy"): ("Always", "IfNotPresent", "Never"),  # validatePullPolicy
    ("containers", EACH, "terminationMessagePolicy"): ("File", "FallbackToLogsOnError"),  # validateContainerCommon
    ("containers", EACH, "ports", EACH, "protocol"): _PROTOCOLS,  # validateContainerPorts
    ("containers", EACH, "securityContext", "seccompProfile", "type"): _SECCOMP,
    ("containers", EACH, "volumeMounts", EACH, "mountPropagation"): (  # validateMountPropagation
        *("None", "HostToContainer", "Bidirectional"),
    ),
    **{
        ("containers", EACH, *hook, "httpGet", "scheme"): ("HTTP", "HTTPS")  # validateHTTPGetAction
        for hook in (
            *(("startupProbe",), ("readinessProbe",), ("livenessProbe",)),
            *(("lifecycle", "postStart"), ("lifecycle", "preStop")),
        )
    },
}
"""What a pod spec holds: paths in it, and the words."""

_JOB: dict[_Path, _Words] = {
    ("spec", "completionMode"): ("NonIndexed", "Indexed"),  # validateJobSpec
    ("spec", "podReplacementPolicy"): ("TerminatingOrFailed", "Failed"),  # validatePodReplacementPolicy
}
_WEBHOOKS: dict[_Path, _Words] = {  # validateValidatingWebhook, validateMutatingWebhook, validateRuleWithOperations
    ("webhooks", EACH, "failurePolicy"): ("Fail", "Ignore"),
    ("webhooks", EACH, "matchPolicy"): ("Equivalent", "Exact"),
    ("webhooks", EACH, "reinvocationPolicy"): ("Never", "IfNeeded"),
    ("webhooks", EACH, "rules", EACH, "scope"): ("*", "Namespaced", "Cluster"),
    ("webhooks", EACH, "rules", EACH, "operations", EACH): ("*", "CREATE", "UPDATE", "DELETE", "CONNECT"),
}
_SUBJECTS: dict[_Path, _Words] = {("subjects", EACH, "kind"): ("ServiceAccount", "User", "Group")}

IN_OBJECTS: dict[str, dict[_Path, _Words]] = {
    "Service": {  # validateService, validateServicePort
        ("spec", "type"): ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
        ("spec", "sessionAffinity"): ("None", "ClientIP"),
        ("spec", "externalTrafficPolicy"): ("Cluster", "Local"),
        ("spec", "internalTrafficPolicy"): ("Cluster", "Local"),
        ("spec", "ipFamilyPolicy"): ("SingleStack", "PreferDualStack", "RequireDualStack"),
        ("spec", "ipFamilies", EACH): ("IPv4", "IPv6"),
        ("spec", "ports", EACH, "protocol"): _PROTOCOLS,
    },
    "Deployment": {("spec", "strategy", "type"): ("RollingUpdate", "Recreate")},  # ValidateDeploymentStrategy
    "DaemonSet": {("spec", "updateStrategy", "type"): _ROLLING},  # ValidateDaemonSetUpdateStrategy
    "StatefulSet": {  # ValidateStatefulSetSpec
        ("spec", "updateStrategy", "type"): _ROLLING,
        ("spec", "podManagementPolicy"): ("OrderedReady", "Parallel"),
        ("spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"): ("Retain", "Delete"),
        ("spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"): ("Retain", "Delete"),
        ("spec", "volumeClaimTemplates", EACH, "spec", "accessModes", EACH): _ACCESS_MODES,
        ("spec", "volumeClaimTemplates", EACH, "spec", "volumeMode"): _VOLUME_MODES,
    },
    "Job": _JOB,
    "CronJob": {
        ("spec", "concurrencyPolicy"): ("Allow", "Forbid", "Replace"),  # validateConcurrencyPolicy
        **{("spec", "jobTemplate", *path): words for path, words in _JOB.items()},
    },
    "PersistentVolumeClaim": {  # ValidatePersistentVolumeClaimSpec
        ("spec", "accessModes", EACH): _ACCESS_MODES,
        ("spec", "volumeMode"): _VOLUME_MODES,
    },
    "PersistentVolume": {  # ValidatePersistentVolumeSpec
        ("spec", "accessModes", EACH): _ACCESS_MODES,
        ("spec", "volumeMode"): _VOLUME_MODES,
        ("spec", "persistentVolumeReclaimPolicy"): ("Retain", "Delete", "Recycle"),
    },
    "StorageClass": {  # validateReclaimPolicy, validateVolumeBindingMode
        ("reclaimPolicy",): ("Delete", "Retain"),
        ("volumeBindingMode",): ("Immediate", "WaitForFirstConsumer"),
    },
    "Ingress": {  # validateHTTPIngressPath
        ("spec", "rules", EACH, "http", "paths", EACH, "pathType"): ("Exact", "Prefix", "ImplementationSpecific"),
    },
    "NetworkPolicy": {  # ValidateNetworkPolicySpec, ValidateNetworkPolicyPort
        ("spec", "policyTypes", EACH): ("Ingress", "Egress"),
        ("spec", "ingress", EACH, "ports", EACH, "protocol"): _PROTOCOLS,
        ("spec", "egress", EACH, "ports", EACH, "protocol"): _PROTOCOLS,
    },
    "HorizontalPodAutoscaler": {  # validateMetricSpec, validateMetricTarget, validateScalingRules
        ("spec", "metrics", EACH, "type"): ("Resource", "ContainerResource", "Pods", "Object", "External"),
        **{
            ("spec", "metrics", EACH, source, "target", "type"): ("Utilization", "Value", "AverageValue")
            for source in ("resource", "containerResource", "pods", "object", "external")
        },
        **{("spec", "behavior", way, "selectPolicy"): ("Max", "Min", "Disabled") for way in ("scaleUp", "scaleDown")},
        **{
            ("spec", "behavior", way, "policies", EACH, "type"): ("Pods", "Percent") for way in ("scaleUp", "scaleDown")
        },
    },
    "PodDisruptionBudget": {  # ValidatePodDisruptionBudgetSpec
        ("spec", "unhealthyPodEvictionPolicy"): ("IfHealthyBudget", "AlwaysAllow"),
    },
    "PriorityClass": {("preemptionPolicy",): ("PreemptLowerPriority", "Never")},  # ValidatePriorityClass
    "ValidatingWebhookConfiguration": _WEBHOOKS,
    "MutatingWebhookConfiguration": _WEBHOOKS,
    "RoleBinding": _SUBJECTS,  # ValidateRoleBindingSubject
    "ClusterRoleBinding": _SUBJECTS,
}
"""What objects hold beside their pod specs: for each kind the paths, and the words."""


def _keys() -> tuple[str, ...]:
    tables = (IN_PODS, *IN_OBJECTS.values())
    return tuple(sorted({[part for part in path if part != EACH][-1] for table in tables for path in table}))


KEYS = _keys()
"""The names of all these fields."""
