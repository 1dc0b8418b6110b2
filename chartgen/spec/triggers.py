"""What KEDA watches: from a spec's ``triggers`` to the words of its scalers.

Source: https://keda.sh/docs/latest/scalers/ and the ``keda:"..."`` tags in KEDA's pkg/scalers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chartgen.spec.model_scaling import Auth, Trigger
from chartgen.spec.units import number, text, texts


@dataclass(frozen=True, slots=True)
class Scaler:
    """A kind of trigger: KEDA's ``type``, what our keys are called there, what is always said, and how many messages
    (or the like) a pod may have unless the spec says; 0 where that is no question.
    """

    type: str
    keys: Mapping[str, str]
    needed: tuple[str, ...]
    always: Mapping[str, str]
    usual: int = 0


SCALERS = {
    "rabbitmq": Scaler(
        "rabbitmq", {"queue": "queueName", "average": "value"}, ("queue",), {"mode": "QueueLength"}, usual=20
    ),
    "sqs": Scaler(
        "aws-sqs-queue",
        {"queue": "queueURL", "region": "awsRegion", "average": "queueLength"},
        ("queue",),
        {},
        usual=5,
    ),
    "kafka": Scaler(
        "kafka",
        {"servers": "bootstrapServers", "group": "consumerGroup", "topic": "topic", "average": "lagThreshold"},
        ("servers", "group"),
        {},
        usual=10,
    ),
    "redis": Scaler(
        "redis", {"address": "address", "list": "listName", "average": "listLength"}, ("list",), {}, usual=5
    ),
    "servicebus": Scaler(
        "azure-servicebus",
        {
            "namespace": "namespace",
            "queue": "queueName",
            "topic": "topicName",
            "subscription": "subscriptionName",
            "average": "messageCount",
        },
        (),
        {},
        usual=5,
    ),
    "pubsub": Scaler(
        "gcp-pubsub",
        {"subscription": "subscriptionName", "average": "value"},
        ("subscription",),
        {"mode": "SubscriptionSize"},
        usual=10,
    ),
    "cron": Scaler(
        "cron",
        {"timezone": "timezone", "start": "start", "end": "end", "replicas": "desiredReplicas"},
        ("start", "end", "replicas"),
        {},
    ),
    "prometheus": Scaler(
        "prometheus",
        {"server": "serverAddress", "query": "query", "average": "threshold", "value": "threshold"},
        ("server", "query"),
        {},
    ),
}
"""The kinds a spec has words for, by their keys."""

KINDS = (*SCALERS, "scaler")
"""The keys of a trigger that say what is watched; ``scaler`` takes KEDA's own words."""


_SQS = re.compile(r"https://sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/[0-9]{12}/\S+")


def trigger(name: str, given: Mapping[str, Any]) -> Trigger:
    """A trigger. Where several kinds are given the first counts, and what is missing is left out; rules see to that."""
    auth = authentication(given["auth"]) if "auth" in given else None
    kind = next((key for key in KINDS if key in given), "scaler")
    said: Mapping[str, Any] = given.get(kind, {})
    if kind == "scaler":
        return Trigger(name, said.get("type", ""), texts(said.get("metadata", {})), auth=auth)
    scaler = SCALERS[kind]
    usual: dict[str, Any] = {"average": scaler.usual} if scaler.usual else {}
    if kind == "cron":
        usual["timezone"] = "UTC"
    elif kind == "sqs" and (region := sqs_region(said)):
        usual["region"] = region
    told = {**usual, **said}
    metadata = {theirs: _text(told[ours]) for ours, theirs in scaler.keys.items() if ours in told}
    whole = "value" in said and "average" not in said
    return Trigger(name, scaler.type, {**scaler.always, **metadata, **texts(said.get("options", {}))}, whole, auth)


def sqs_region(given: Mapping[str, Any]) -> str:
    """The region a queue's URL says; ``""`` when there is none in it."""
    found = _SQS.fullmatch(given.get("queue", ""))
    return found[1] if found else ""


def _text(value: Any) -> str:
    return text(value) if isinstance(value, str) else number(value)


def authentication(value: str | Mapping[str, Any]) -> Auth:
    """Who KEDA is; a text is its identity in a cloud."""
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"identity": value}
    keys: Any = given.get("keys", {})
    return Auth(
        identity=given.get("identity", ""),
        id=given.get("id", ""),
        env=dict(given.get("env", {})),
        secret=given.get("secret", ""),
        keys=dict(keys) if isinstance(keys, Mapping) else {key: key for key in keys},
        existing=given.get("existing", ""),
        cluster=given.get("cluster", False),
    )
