"""What the keys of a workload's kind mean, short, long or left out."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.spec.load import read_spec
from chartgen.spec.model import Kind, Replicas, Run, Schedule, Stateful, Workload
from chartgen.yamlwrite import dump


def workload(**keys: Any) -> Workload:
    """The one workload of a spec with these keys."""
    head = {"apiVersion": "chartgen/v1", "name": "shop", "image": "ghcr.io/acme/shop:1.4.2"}
    (found,) = read_spec(dump({**head, **keys}).encode(), file="app.yaml").workloads
    return found


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ({}, Kind.DEPLOYMENT),
        ({"kind": "Deployment"}, Kind.DEPLOYMENT),
        ({"kind": "StatefulSet"}, Kind.STATEFUL_SET),
        ({"kind": "DaemonSet"}, Kind.DAEMON_SET),
        ({"schedule": "@daily"}, Kind.CRON_JOB),
        ({"run": "once"}, Kind.JOB),
        ({"kind": "Job"}, Kind.JOB),
    ],
)
def test_the_kind_is_said_or_follows(keys: dict[str, Any], kind: Kind) -> None:
    assert workload(**keys).kind is kind


def test_a_cron_job() -> None:
    found = workload(schedule="0 3 * * *")
    assert found.schedule == Schedule("0 3 * * *", "", "Forbid", 300, 3, 1, suspend=False)
    assert found.run == Run((), 2, 0, None, 1, 1)
    assert (found.stateful, found.service, found.metrics, found.replicas) == (None, None, None, Replicas(1, 1))
    full = workload(
        schedule="@hourly", timezone="Asia/Tokyo", concurrency="Allow", deadline="1h", history={"failed": 0},
        suspend=True, backoff=0, timeout="90m", completions=5, parallelism=5,
    )  # fmt: skip
    assert full.schedule == Schedule("@hourly", "Asia/Tokyo", "Allow", 3600, 3, 0, suspend=True)
    assert full.run == Run((), 0, 5400, None, 5, 5)


@pytest.mark.parametrize(
    ("run", "hooks", "ttl"),
    [
        ("pre-deploy", ("pre-install", "pre-upgrade"), 86400),
        ("post-deploy", ("post-install", "post-upgrade"), 86400),
        ("pre-delete", ("pre-delete",), 86400),
        (["post-upgrade", "post-rollback"], ("post-upgrade", "post-rollback"), 86400),
        ("once", (), None),
    ],
)
def test_a_job(run: Any, hooks: tuple[str, ...], ttl: int | None) -> None:
    assert workload(run=run).run == Run(hooks, 2, 0, ttl)


def test_a_job_that_runs_once_may_be_removed_after_a_while() -> None:
    found = workload(run="once", ttl="2h").run
    assert found is not None
    assert found.ttl == 7200


def test_a_stateful_set_has_no_copies_unasked() -> None:
    assert workload(port=8080, health="/").replicas == Replicas(2, 2)
    found = workload(kind="StatefulSet", port=8080, health="/")
    assert (found.replicas, found.stateful, found.run) == (Replicas(1, 1), Stateful(ordered=False), None)
    assert workload(kind="StatefulSet", ordered=True).stateful == Stateful(ordered=True)
    assert workload(kind="DaemonSet", port=8080, health="/").replicas == Replicas(1, 1)
