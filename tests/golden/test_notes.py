"""What Helm prints after an installation."""

from __future__ import annotations

import pytest

from chartgen.engine.api import Rendered
from tests.golden.charts import Helm, chart


def notes(helm: Helm, name: str, *sets: str) -> str:
    answer = helm.answer(chart(name), sets=sets)
    assert isinstance(answer, Rendered), answer
    return answer.files["templates/NOTES.txt"]


def test_where_the_application_is(helm: Helm) -> None:
    assert notes(helm, "minimal") == (
        "shop 1.4.2 is deployed as release r1 in namespace apps.\n"
        "\n"
        "Wait until its pods are ready:\n"
        "  kubectl --namespace apps rollout status deployment/r1-shop\n"
        "Then open:\n"
        "  http://shop.example.com/\n"
        "Requests are let in from these namespaces only (networkPolicy.ingressNamespaces):\n"
        "  ingress-nginx\n"
        "\n"
        "If Prometheus selects its monitors and rules by label, that label belongs in monitoring.labels.\n"
        "\n"
        "Test the release with:\n"
        "  helm test r1 --namespace apps\n"
    )


@pytest.mark.parametrize(
    ("name", "sets", "line"),
    [
        ("shop", (), "  https://shop.example.com/"),
        ("gateway", (), "  www.quotes.example.com"),
        ("minimal", ("ingress.enabled=false",), "  kubectl --namespace apps port-forward service/r1-shop 8080:80"),
        (
            "minimal",
            ("ingress.enabled=false", "service.type=LoadBalancer"),
            "  kubectl --namespace apps get service/r1-shop --watch",
        ),
        ("worker", (), "  kubectl --namespace apps rollout status deployment/r1-mailer"),
        ("eks", (), "stream-2: wait until its pods are ready:"),
    ],
)
def test_next_steps(name: str, sets: tuple[str, ...], line: str, helm: Helm) -> None:
    assert line in notes(helm, name, *sets).splitlines()


def test_what_is_off_is_not_mentioned(helm: Helm) -> None:
    text = notes(helm, "minimal", "monitoring.enabled=false", "networkPolicy.enabled=false")
    assert "Prometheus" not in text
    assert "networkPolicy" not in text
    assert "helm test" not in notes(helm, "worker")


def test_a_cron_job_says_when_it_runs(helm: Helm) -> None:
    head = "nightly 2.0.0 is deployed as release r1 in namespace apps.\n\n"
    tail = (
        "Start a run now with:\n"
        "  kubectl --namespace apps create job --from=cronjob/r1-nightly r1-nightly-now\n"
        "\n"
        "If Prometheus selects its monitors and rules by label, that label belongs in monitoring.labels.\n"
    )
    on = "It runs by the schedule 30 3 * * * in the time zone Europe/Berlin.\n"
    assert notes(helm, "nightly") == head + on + tail
    off = "It runs by the schedule 30 3 * * *, once suspend is false.\n"
    assert notes(helm, "nightly", "suspend=true", "timeZone=") == head + off + tail


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("store", ["Wait until its pods are ready:", "  kubectl --namespace apps rollout status statefulset/r1-store"]),
        ("agent", ["Wait until its pods are ready:", "  kubectl --namespace apps rollout status daemonset/r1-agent"]),
        (
            "migrate",
            [
                "See how its Job did:",
                (
                    "  kubectl --namespace apps logs --prefix --tail=-1 --selector "
                    "app.kubernetes.io/instance=r1,app.kubernetes.io/component=migrate"
                ),
            ],
        ),
        ("kinds", ["report: runs by the schedule 0 3 * * * in the time zone Europe/Berlin.", "Start a run now with:"]),
    ],
)
def test_every_kind_has_a_next_step(name: str, lines: list[str], helm: Helm) -> None:
    text = notes(helm, name).splitlines()
    at = text.index(lines[0])
    assert text[at - 1] == ""
    assert text[at : at + len(lines)] == lines
