"""The settings of KEDA's autoscaler and of the one that only recommends."""

from __future__ import annotations

from typing import Any

from chartgen.generate import scaling
from chartgen.generate import schema as s
from chartgen.generate.values_scale import guarded
from chartgen.generate.valuetree import Block, Key
from chartgen.generate.view import WorkloadView

_AUTHENTICATION = s.closed(
    podIdentity=s.OBJECT,
    secretTargetRef=s.OBJECTS,
    configMapTargetRef=s.OBJECTS,
    env=s.OBJECTS,
    filePath=s.STRING,
    hashiCorpVault=s.OBJECT,
    azureKeyVault=s.OBJECT,
    gcpSecretManager=s.OBJECT,
    awsSecretManager=s.OBJECT,
    boundServiceAccountToken=s.OBJECTS,
    oauth2=s.OBJECT,
    azureServicePrincipal=s.OBJECT,
)
"""What a TriggerAuthentication takes."""

TRIGGER: s.Schema = {
    **s.closed(
        type=s.NAME,
        metricType={"enum": ["AverageValue", "Value", "Utilization"]},
        useCachedMetrics=s.BOOLEAN,
        metadata=s.STRINGS,
        authentication=_AUTHENTICATION,
        authenticationRef=s.closed(
            name=s.NAME, kind={"enum": ["TriggerAuthentication", "ClusterTriggerAuthentication"]}
        ),
    ),
    "required": ["type", "metadata"],
}
"""One of KEDA's triggers, whose name is the key it stands under; it becomes part of an object's name."""

_TRIGGERS: s.Schema = {
    "type": "object",
    "propertyNames": {"maxLength": 60, "pattern": "^[a-z]([-a-z0-9]*[a-z0-9])?$"},
    "additionalProperties": TRIGGER,
}

SAMPLE_SECRET: dict[str, Any] = {
    "type": "redis",
    "metadata": {"address": "redis:6379", "listName": "sample", "listLength": "5"},
    "authentication": {"secretTargetRef": [{"parameter": "password", "name": "redis", "key": "password"}]},
}
SAMPLE_HOURS: dict[str, Any] = {
    "type": "cron",
    "metadata": {"timezone": "UTC", "start": "0 8 * * *", "end": "0 18 * * *", "desiredReplicas": "3"},
}


def keda(w: WorkloadView) -> Block:
    """KEDA's ScaledObject. Off where the spec gives one number, with triggers that can be switched on."""
    wanted = w.workload.replicas
    most = wanted.max if wanted.autoscaled else max(2 * wanted.min, 4)
    triggers = scaling.triggers(wanted)
    spare = scaling.fallback(wanted)
    return Block(
        "keda",
        (
            Key("enabled", wanted.autoscaled,
                "Create a ScaledObject, by which KEDA sets the number of pods through an autoscaler of its own",
                s.BOOLEAN, ci={"full": True, "minimal": False}),
            Key("minReplicas", wanted.min, "Minimum number of pods; 0 for none while no trigger is active", s.COUNT,
                ci={"full": guarded(wanted.min, most)}),
            Key("maxReplicas", most, "Maximum number of pods", s.POSITIVE),
            Key("pollingInterval", wanted.polling, "Seconds between two looks at the triggers", s.POSITIVE),
            Key("cooldownPeriod", wanted.cooldown,
                "Seconds after the last active trigger before the last pod is removed, if minReplicas is 0",
                s.COUNT),
            Key("fallback", spare,
                "Number of pods while the triggers cannot be read; as many as there are if empty",
                s.closed(failureThreshold=s.COUNT, replicas=s.COUNT, behavior=s.STRING),
                ci={"full": spare or {"failureThreshold": 3, "replicas": max(wanted.min, 1)}},
                example="" if spare else "failureThreshold: 3\nreplicas: 2"),
            Key("behavior", scaling.behavior(wanted), "Scaling behavior: how fast pods are added and removed",
                s.closed(scaleUp=s.OBJECT, scaleDown=s.OBJECT)),
            Key("triggers", triggers,
                "What the number of pods follows, each under a name of your choice: the type and the metadata of one "
                "of KEDA's scalers, and an authentication, which becomes a TriggerAuthentication",
                _TRIGGERS, ci=_samples(triggers)),
            Key("annotations", {}, "Annotations of the ScaledObject", s.STRINGS,
                ci={"full": {"autoscaling.keda.sh/paused": "true"}}, example='autoscaling.keda.sh/paused: "true"'),
        ),
    )  # fmt: skip


def _samples(triggers: dict[str, Any]) -> dict[str, Any]:
    """Further triggers of a scenario, where those of the spec all have an authentication, or none has one."""
    proved = ["authentication" in trigger for trigger in triggers.values()]
    more = {} if any(proved) else {"sample": SAMPLE_SECRET}
    more |= {} if not all(proved) else {"hours": SAMPLE_HOURS}
    return {"full": more} if more else {}


def recommendations() -> Block:
    """The VerticalPodAutoscaler, which would restart pods in any mode but the one it has."""
    return Block(
        "verticalPodAutoscaler",
        (
            Key("enabled", True,
                "Create a VerticalPodAutoscaler that recommends requests in its status and changes no pod",
                s.BOOLEAN, ci={"minimal": False}),
        ),
    )  # fmt: skip
