"""Environments: what is laid over what, and that Helm makes of the overlay what the environment says."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.generate.generate import generate
from chartgen.generate.jinja import render
from chartgen.generate.overlays import ABSENT, differences
from chartgen.generate.plan import plan
from chartgen.generate.resolve import resolve
from chartgen.spec.load import read_spec
from chartgen.spec.model import AppSpec
from chartgen.yamlread import read

HEAD = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\nport: 8080\nhealth: /healthz\n"


def spec(text: str) -> AppSpec:
    return read_spec((HEAD + text).encode(), file="app.yaml")


def overlay(text: str) -> Any:
    return read(generate(spec(text)).text("values-staging.yaml") or "").data


def test_an_environment_that_changes_nothing_has_an_empty_file() -> None:
    made = generate(spec("environments: {staging: {replicas: 2}}"))
    assert made.text("values-staging.yaml") == (
        "# Values of the environment staging, laid over values.yaml:\n"
        "#   helm upgrade --install shop . --values values-staging.yaml\n"
        "# Nothing differs.\n{}\n"
    )
    assert "| staging | `values-staging.yaml` | nothing |" in (made.text("README.md") or "")


def test_the_files_of_the_chart_itself_do_not_depend_on_its_environments() -> None:
    with_one = generate(spec("environments: {staging: {replicas: 1, image: a/b:2}}"))
    without = generate(spec(""))
    differing = {path for path in with_one.files if with_one.files[path] != without.files.get(path)}
    assert differing == {"values-staging.yaml", "README.md", "Chart.yaml"}


@pytest.mark.parametrize(
    ("base", "part", "expected"),
    [
        ("replicas: {min: 2, max: 6}", "{max: 9}", {"maxReplicas": 9}),
        ("replicas: {min: 2, max: 6}", "4", {"enabled": False, "minReplicas": 4, "maxReplicas": 8}),
        ("replicas: 3", "{max: 6}", {"enabled": True}),
    ],
)
def test_numbers_of_pods(base: str, part: str, expected: dict[str, Any]) -> None:
    assert overlay(f"{base}\nenvironments: {{staging: {{replicas: {part}}}}}")["autoscaling"] == expected


def test_an_image_is_replaced_as_a_whole_and_its_tag_is_said() -> None:
    said = overlay("environments: {staging: {image: registry.example.com/shop:2.0.0}}")
    assert said == {"image": {"repository": "registry.example.com/shop", "tag": "2.0.0"}}
    digest = "sha256:" + "a" * 64
    assert overlay(f"environments: {{staging: {{image: ghcr.io/acme/shop@{digest}}}}}") == {"image": {"digest": digest}}


def test_the_image_of_one_workload() -> None:
    text = (
        "apiVersion: chartgen/v1\nname: shop\nimage: a/b:1\nworkloads: {web: {}, job: {image: c/d:2}}\n"
        "environments: {staging: {image: a/b:3, workloads: {job: {image: 'c/d:4'}}}}"
    )
    made = generate(read_spec(text.encode(), file="app.yaml"))
    said = read(made.text("values-staging.yaml") or "").data
    assert said == {"image": {"tag": "3"}, "job": {"image": {"tag": "4"}}}


def test_what_is_taken_away_is_null() -> None:
    assert overlay("environments: {staging: {resources: {limits: {}}}}") == {"resources": {"limits": None}}


def test_a_claim_of_another_size() -> None:
    said = overlay("volumes: {/data: 10Gi}\nreplicas: 1\nenvironments: {staging: {volumes: {/data: {class: slow}}}}")
    assert said == {"persistence": {"data": {"storageClass": "slow"}}}


def test_a_remark_goes_with_the_value_it_explains() -> None:
    text = generate(spec("environments: {staging: {replicas: 1}}")).text("values-staging.yaml") or ""
    assert "replicaCount: 1 # chartgen: allow too-few-replicas - the spec asks for it\n" in text


def test_differences_name_the_smallest_part() -> None:
    app = spec("ingress: {host: a.example.com, tls: true}\nresources: {memory: 1Gi}\n"
               "environments: {staging: {ingress: b.example.com, labels: {team: x}}}")  # fmt: skip
    assert [(one.path.dotted, one.old, one.new) for one in differences(app)["staging"]] == [
        ("commonLabels.team", ABSENT, "x"),
        ("ingress.hosts[0].host", "a.example.com", "b.example.com"),
        ("ingress.tls[0].hosts[0]", "a.example.com", "b.example.com"),
        ("httpRoute.hostnames[0]", "a.example.com", "b.example.com"),
    ]
    assert differences(spec("")) == {}


def test_every_key_an_environment_may_have_leaves_the_templates_alone() -> None:
    app = spec(
        "env: {A: x}\nservice: ClusterIP\nnetwork: {from: [a]}\n"
        "environments:\n  staging:\n    env: {A: z}\n    args: [b]\n    command: [c]\n    replicas: {min: 3, max: 9}\n"
        "    resources: {cpu: 1}\n    service: LoadBalancer\n    ingress: {host: a.example.com, gateway: public}\n"
        "    network: {to: [10.0.0.0/8]}\n    identity: {aws: 'arn:aws:iam::111122223333:role/x'}\n"
        "    shutdown: 2m\n    labels: {a: b}\n    annotations: {c: d}\n    monitoring: false\n"
        "    extra: {x: {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}}\n    image: c/d:9\n"
    )
    assert templates(app.environments["staging"]) == templates(app)


def templates(app: AppSpec) -> dict[str, str]:
    chart = resolve(app)
    return {
        file.path: render(file.template, {"chart": chart, "w": file.workload})
        for file in plan(chart)
        if file.path != "Chart.yaml"
    }


def test_the_readme_requires_what_any_environment_needs() -> None:
    made = generate(
        spec(
            "replicas: 2\ningress: shop.example.com\nenvironments:\n  production:\n    replicas: {min: 2, max: 9}\n"
            "    ingress: {tls: {issuer: letsencrypt}}\n  aws: {ingress: {class: alb}}\n"
        )
    )
    text = made.text("README.md") or ""
    requirements = text.partition("## Requirements\n\n")[2].partition("\n\n")[0].splitlines()
    assert requirements[1:5] == [
        "- metrics-server, for autoscaling",
        "- An ingress controller",
        "- The AWS Load Balancer Controller",
        "- cert-manager, for the certificates",
    ]
