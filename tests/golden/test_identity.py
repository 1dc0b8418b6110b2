"""Who the pods are in a cloud: what the objects say, and what README tells the people of that cloud."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.api import Rendered
from chartgen.engine.objects import parse
from chartgen.generate.generate import generate
from chartgen.spec.load import read_spec
from chartgen.yamlread import read
from tests.golden.charts import Helm

ROLE = "arn:aws:iam::111122223333:role/shop"
CLIENT = "11111111-2222-3333-4444-555555555555"
GOOGLE = "shop@acme-prod.iam.gserviceaccount.com"


def made(identity: str, more: str = "") -> Chart:
    text = f"apiVersion: chartgen/v1\nname: shop\nimage: a/b:1\nidentity: {{{identity}}}\n{more}"
    return generate(read_spec(text.encode(), file="app.yaml"))


def objects(helm: Helm, chart: Chart) -> dict[str, Any]:
    answer = helm.answer(chart)
    assert isinstance(answer, Rendered), answer
    return {o.kind: o.body for o in parse(answer.files).objects}


@pytest.mark.parametrize(
    ("identity", "annotations", "labels"),
    [
        (f"aws: '{ROLE}'", {"eks.amazonaws.com/role-arn": ROLE}, {}),
        (f"aws: {{role: '{ROLE}', mode: pod-identity}}", {}, {}),
        (f"gcp: {GOOGLE}", {"iam.gke.io/gcp-service-account": GOOGLE}, {}),
        (
            f"azure: {CLIENT}",
            {"azure.workload.identity/client-id": CLIENT},
            {"azure.workload.identity/use": "true"},
        ),
    ],
)
def test_what_the_cloud_looks_for(
    helm: Helm, identity: str, annotations: dict[str, str], labels: dict[str, str]
) -> None:
    found = objects(helm, made(identity))
    assert found["ServiceAccount"]["metadata"].get("annotations", {}) == annotations
    pod = found["Deployment"]["spec"]["template"]["metadata"]
    assert {key: value for key, value in pod["labels"].items() if "azure" in key} == labels
    assert found["ServiceAccount"]["automountServiceAccountToken"] is False


@pytest.mark.parametrize(
    ("identity", "addresses"),
    [
        (f"aws: '{ROLE}'", []),
        (f"aws: {{role: '{ROLE}', mode: pod-identity}}", ["169.254.170.23/32", "fd00:ec2::23/128"]),
        (f"gcp: {GOOGLE}", ["169.254.169.252/32", "169.254.169.254/32"]),
        (f"azure: {CLIENT}", []),
    ],
)
def test_restricted_pods_still_reach_what_gives_them_credentials(identity: str, addresses: list[str]) -> None:
    values = read(made(identity, "network: {to: [10.0.0.0/8]}\n").text("values.yaml") or "").data
    rules = values["networkPolicy"]["egress"]["rules"]
    assert [rule["to"][0]["ipBlock"]["cidr"] for rule in rules] == ["10.0.0.0/8", *addresses]
    assert read(made(identity).text("values.yaml") or "").data["networkPolicy"]["egress"]["rules"] == []


@pytest.mark.parametrize(
    ("identity", "lines"),
    [
        (
            f"aws: '{ROLE}'",
            [
                f"| `{ROLE}` | `system:serviceaccount:shop:shop` |",
                "eksctl create iamserviceaccount --cluster $CLUSTER --namespace shop --name shop \\",
                '          "${local.issuer}:sub" = "system:serviceaccount:shop:shop"',
            ],
        ),
        (
            f"aws: {{role: '{ROLE}', mode: pod-identity}}",
            [
                "eksctl create podidentityassociation --cluster $CLUSTER --namespace shop \\",
                f"  --service-account-name shop --role-arn {ROLE}",
                'resource "aws_eks_pod_identity_association" "shop" {',
            ],
        ),
        (
            f"gcp: {GOOGLE}",
            [
                f"gcloud iam service-accounts add-iam-policy-binding {GOOGLE} \\",
                '  --member "serviceAccount:$PROJECT.svc.id.goog[shop/shop]"',
            ],
        ),
        (
            f"azure: {CLIENT}",
            ["  --subject system:serviceaccount:shop:shop --audiences api://AzureADTokenExchange"],
        ),
    ],
)
def test_readme_says_what_to_do_there(identity: str, lines: list[str]) -> None:
    readme = (made(identity).text("README.md") or "").splitlines()
    assert "## Cloud identity" in readme
    assert [line for line in lines if line not in readme] == []


def test_a_chart_whose_pods_are_nobody_says_nothing_of_it() -> None:
    text = "apiVersion: chartgen/v1\nname: shop\nimage: a/b:1\n"
    assert "Cloud identity" not in (generate(read_spec(text.encode(), file="app.yaml")).text("README.md") or "")
