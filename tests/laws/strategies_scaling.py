"""Draws what a spec may say about how many pods there are."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

VARIABLE = "RABBITMQ_URL"
"""A variable that some triggers read, which their workload must have."""


def _object(optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=optional)


def _filled(optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _object(optional).filter(bool)


_targets = st.sampled_from([{}, {"cpu": 80}, {"memory": 75}, {"cpu": 0, "memory": 60}])
_metrics = st.dictionaries(
    st.sampled_from(["http_requests_per_second", "sqs.age:max", "s0|queue/depth", "Load"]),
    st.sampled_from(
        [
            100,
            "500m",
            {"average": 30},
            {"external": True, "average": 2.5, "labels": {"queue": "{{ orders }}", "on": True}},
            {"external": True, "value": "1k"},
            {"object": {"kind": "Ingress", "name": "shop"}, "value": 10},
            {"object": {"kind": "Widget", "name": "shop", "apiVersion": "example.com/v1"}, "average": 1},
        ]
    ),
    min_size=1,
    max_size=2,
)
_pace = {
    "window": st.sampled_from([0, 60, "1m30s", "1h"]),
    "percent": st.integers(1, 400),
    "pods": st.integers(1, 50),
    "every": st.sampled_from([15, "2m", 1800]),
    "select": st.sampled_from(["Max", "Min", "Disabled"]),
}
_behavior = _filled({"scaleUp": _filled(_pace), "scaleDown": _filled(_pace)})

_options = st.sampled_from([{"activationValue": 5}, {"unsafeSsl": False, "note": "{{ .Values.x }} # {}"}])
_from_secret = {"secret": "keda-secret", "keys": {"host": "a.b"}}
_average = st.integers(1, 1000)
_triggers = st.dictionaries(
    st.sampled_from(["orders", "a", "on", "night-1", "every-thing-that-there-is"]),
    st.one_of(
        st.builds(
            lambda scaler, auth: {"rabbitmq": scaler, "auth": auth},
            st.fixed_dictionaries({"queue": st.just("orders")}, optional={"average": _average, "options": _options}),
            st.sampled_from([{"env": {"host": VARIABLE}}, _from_secret, {"existing": "keda-rabbitmq"}]),
        ),
        st.builds(
            lambda scaler, auth: {"sqs": scaler, "auth": auth},
            st.sampled_from(
                [
                    {"queue": "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"},
                    {"queue": "orders", "region": "eu-west-1", "average": 3},
                ]
            ),
            st.sampled_from(["aws", {"identity": "aws", "id": "arn:aws:iam::111122223333:role/keda"}]),
        ),
        st.sampled_from(
            [
                {"kafka": {"servers": "kafka:9092", "group": "shop", "options": {"sasl": "plaintext"}},
                 "auth": {"secret": "kafka", "keys": ["username", "password"]}},
                {"redis": {"address": "redis:6379", "list": "{{ jobs }}", "average": 9}},
                {"servicebus": {"namespace": "acme", "queue": "orders"}, "auth": "azure"},
                {"servicebus": {"topic": "a", "subscription": "b"}, "auth": {"existing": "bus", "cluster": True}},
                {"pubsub": {"subscription": "orders"}, "auth": "gcp"},
                {"cron": {"start": "0 8 * * 1-5", "end": "0 18 * * MON-FRI", "replicas": 5}},
                {"cron": {"start": "0 8 * * *", "end": "0 9 * * *", "timezone": "Europe/Berlin", "replicas": 5}},
                {"prometheus": {"server": "http://prometheus:9090", "query": "sum(x{a=\"b\"})", "value": 0.5}},
                {"prometheus": {"server": "https://p/{{ x }}", "query": "{{ x }}", "average": 1000000}},
                {"scaler": {"type": "nats-jetstream", "metadata": {"stream": "a: b", "lagThreshold": 10}}},
            ]
        ),
    ),
    min_size=1,
    max_size=3,
)  # fmt: skip

_bounds = st.tuples(st.integers(1, 4), st.integers(0, 6)).map(lambda drawn: {"min": drawn[0], "max": sum(drawn)})
_wide = st.tuples(st.integers(0, 4), st.integers(5, 12)).map(lambda drawn: {"min": drawn[0], "max": drawn[1]})


def _merged(*drawn: dict[str, Any]) -> dict[str, Any]:
    return {key: value for part in drawn for key, value in part.items()}


_more = _object({"behavior": _behavior, "metrics": _metrics})
_kedas = _object(
    {
        "behavior": _behavior,
        "polling": st.sampled_from([1, "1m"]),
        "cooldown": st.sampled_from([0, "10m"]),
        "fallback": st.sampled_from([1, 0, {"replicas": 2}, {"replicas": 3, "failures": 5}]),
    }
)
_watched = st.builds(_merged, _wide, _targets, _kedas, st.fixed_dictionaries({"triggers": _triggers}))

unwatched = st.one_of(st.integers(1, 5), st.builds(_merged, _bounds, _targets, _more))
"""How many pods there are where KEDA has no part in it."""

replicas = st.one_of(unwatched, unwatched, _watched)
"""How many pods there are."""


def elsewhere(workload: dict[str, Any]) -> st.SearchStrategy[Any]:
    """How many there are in an environment: by the same autoscaler."""
    said = workload.get("replicas")
    if not (isinstance(said, dict) and "triggers" in said):
        return unwatched
    return st.one_of(st.integers(5, 9), st.builds(_merged, _wide, _targets, _kedas))


def with_variable(workload: dict[str, Any]) -> dict[str, Any]:
    """A workload that has the variable its triggers read."""
    said = workload.get("replicas")
    if not (isinstance(said, dict) and VARIABLE in str(said.get("triggers"))):
        return workload
    return {**workload, "env": {**workload.get("env", {}), VARIABLE: "amqp://rabbitmq"}}
