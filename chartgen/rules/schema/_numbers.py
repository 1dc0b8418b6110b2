"""The bounds of numbers in Kubernetes' own kinds that the API server judges in its code.

Source: the functions of k8s.io/kubernetes 1.34 named beside each, below ``pkg/apis/<group>/validation``. What other
rules judge is left out: ports, and the numbers of probes. So is a pod's terminationGracePeriodSeconds: a negative one
is taken for 1.
"""

from chartgen.rules.schema._reach import EACH

_Path = tuple[str, ...]
_Bounds = tuple[int, int | None]

_NOT_NEGATIVE: _Bounds = (0, None)
_IDS: _Bounds = (0, 2**31 - 1)
_PORTS: _Bounds = (1, 65535)
_WEIGHTS: _Bounds = (1, 100)
MODES: _Bounds = (0, 0o777)
"""What the mode of a file may be."""

_PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
_HANDLERS = ("httpGet", "tcpSocket", "grpc")
_HOOKS = (
    ("startupProbe",),
    ("readinessProbe",),
    ("livenessProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)

IN_PODS: dict[_Path, _Bounds] = {
    ("activeDeadlineSeconds",): (1, 2**31 - 1),  # ValidatePodSpec
    ("securityContext", "runAsUser"): _IDS,  # validatePodSpecSecurityContext
    ("securityContext", "runAsGroup"): _IDS,
    ("securityContext", "fsGroup"): _IDS,
    ("securityContext", "supplementalGroups", EACH): _IDS,
    ("containers", EACH, "securityContext", "runAsUser"): _IDS,  # ValidateSecurityContext
    ("containers", EACH, "securityContext", "runAsGroup"): _IDS,
    **{
        ("affinity", kind, _PREFERRED, EACH, "weight"): _WEIGHTS
        for kind in ("nodeAffinity", "podAffinity", "podAntiAffinity")
    },
    **{("containers", EACH, *hook, handler, "port"): _PORTS for hook in _HOOKS for handler in _HANDLERS},
    **{
        ("volumes", EACH, source, "defaultMode"): MODES
        for source in ("configMap", "secret", "projected", "downwardAPI")
    },
    **{("volumes", EACH, source, "items", EACH, "mode"): MODES for source in ("configMap", "secret", "downwardAPI")},
    **{
        ("volumes", EACH, "projected", "sources", EACH, source, "items", EACH, "mode"): MODES
        for source in ("configMap", "secret", "downwardAPI")
    },
    ("volumes", EACH, "projected", "sources", EACH, "serviceAccountToken", "expirationSeconds"): (600, 2**32),
}
"""What a pod spec holds: paths in it, and the least and the largest number."""

_CONTROLLER: dict[_Path, _Bounds] = {
    ("spec", "replicas"): _NOT_NEGATIVE,
    ("spec", "minReadySeconds"): _NOT_NEGATIVE,
}
_JOB: dict[_Path, _Bounds] = {  # validateJobSpec
    ("spec", field): _NOT_NEGATIVE
    for field in (
        *("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit"),
        *("ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes"),
    )
}
_SCALING: dict[_Path, _Bounds] = {  # validateScalingRules, validateScalingPolicy
    ("stabilizationWindowSeconds",): (0, 3600),
    ("policies", EACH, "value"): (1, None),
    ("policies", EACH, "periodSeconds"): (1, 1800),
}

IN_OBJECTS: dict[str, dict[_Path, _Bounds]] = {
    "Deployment": {  # ValidateDeploymentSpec
        **_CONTROLLER,
        ("spec", "revisionHistoryLimit"): _NOT_NEGATIVE,
        ("spec", "progressDeadlineSeconds"): _NOT_NEGATIVE,
    },
    "StatefulSet": {**_CONTROLLER, ("spec", "ordinals", "start"): _NOT_NEGATIVE},  # ValidateStatefulSetSpec
    "DaemonSet": {  # ValidateDaemonSetSpec
        ("spec", "minReadySeconds"): _NOT_NEGATIVE,
        ("spec", "revisionHistoryLimit"): _NOT_NEGATIVE,
    },
    "ReplicaSet": _CONTROLLER,  # ValidateReplicaSetSpec
    "Job": _JOB,
    "CronJob": {  # validateCronJobSpec
        ("spec", "startingDeadlineSeconds"): _NOT_NEGATIVE,
        ("spec", "successfulJobsHistoryLimit"): _NOT_NEGATIVE,
        ("spec", "failedJobsHistoryLimit"): _NOT_NEGATIVE,
        **{("spec", "jobTemplate", *path): bounds for path, bounds in _JOB.items()},
    },
    "HorizontalPodAutoscaler": {  # validateHorizontalPodAutoscalerSpec
        ("spec", "maxReplicas"): (1, None),
        ("spec", "minReplicas"): _NOT_NEGATIVE,
        ("spec", "targetCPUUtilizationPercentage"): (1, None),
        **{
            ("spec", "behavior", way, *path): bounds
            for way in ("scaleUp", "scaleDown")
            for path, bounds in _SCALING.items()
        },
    },
    "PodDisruptionBudget": {  # ValidatePodDisruptionBudgetSpec
        ("spec", "minAvailable"): _NOT_NEGATIVE,
        ("spec", "maxUnavailable"): _NOT_NEGATIVE,
    },
    "ValidatingWebhookConfiguration": {("webhooks", EACH, "timeoutSeconds"): (1, 30)},  # validateValidatingWebhook
    "MutatingWebhookConfiguration": {("webhooks", EACH, "timeoutSeconds"): (1, 30)},  # validateMutatingWebhook
    "PriorityClass": {("value",): (-(2**31), 10**9)},  # ValidatePriorityClass
}
"""What objects hold beside their pod specs: for each kind the paths, and the least and the largest number."""

COUNTS: dict[str, tuple[_Path, ...]] = {  # ValidatePositiveIntOrPercent
    "PodDisruptionBudget": (("spec", "minAvailable"), ("spec", "maxUnavailable")),
    "Deployment": (
        ("spec", "strategy", "rollingUpdate", "maxSurge"),
        ("spec", "strategy", "rollingUpdate", "maxUnavailable"),
    ),
    "DaemonSet": (
        *(
            ("spec", "updateStrategy", "rollingUpdate", "maxSurge"),
            ("spec", "updateStrategy", "rollingUpdate", "maxUnavailable"),
        ),
    ),
}
"""What is a number of pods or a percentage of them: a number in quotes is neither."""


def _keys() -> tuple[str, ...]:
    tables = (IN_PODS, *IN_OBJECTS.values(), *COUNTS.values())
    return tuple(sorted({[part for part in path if part != EACH][-1] for table in tables for path in table}))


KEYS = _keys()
"""The names of all these fields."""
