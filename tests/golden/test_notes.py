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
