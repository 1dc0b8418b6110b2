"""What pods may do with the cluster's API: the roles, who is bound to them, and who gets a token."""

from __future__ import annotations

from typing import Any

import pytest

from chartgen.engine.api import Failure, Rendered
from chartgen.engine.objects import parse
from chartgen.generate.generate import generate
from chartgen.generate.resolve import resolve
from chartgen.spec.load import read_spec
from tests.golden.charts import Helm


def rules(permissions: str) -> list[dict[str, Any]]:
    """The rules of the Role a spec with these permissions gets."""
    text = f"apiVersion: chartgen/v1\nname: shop\nimage: a/b:1\npermissions: {{{permissions}}}\n"
    return list(resolve(read_spec(text.encode(), file="app.yaml")).workloads[0].role)


@pytest.mark.parametrize(
    ("permissions", "expected"),
    [
        ("pods: read", [(("",), ["pods"], None, ["get", "list", "watch"])]),
        ("pods: read, services: read", [(("",), ["pods", "services"], None, ["get", "list", "watch"])]),
        ("pods: [get], jobs.batch: [get]", [(("",), ["pods"], None, ["get"]), (("batch",), ["jobs"], None, ["get"])]),
        ("deployments.apps/scale: [patch]", [(("apps",), ["deployments/scale"], None, ["patch"])]),
        ("pods: {verbs: [get], names: [a]}", [(("",), ["pods"], ["a"], ["get"])]),
        (
            "pods: {verbs: [get, create, patch], names: [a]}",
            [(("",), ["pods"], None, ["create"]), (("",), ["pods"], ["a"], ["get", "patch"])],
        ),
        ("nodes: {verbs: [get], cluster: true}", []),
    ],
)
def test_rules_of_the_role(permissions: str, expected: list[tuple[Any, ...]]) -> None:
    found = [(tuple(r["apiGroups"]), r["resources"], r.get("resourceNames"), r["verbs"]) for r in rules(permissions)]
    assert found == expected


def test_the_account_is_bound_and_the_pods_get_its_token(helm: Helm) -> None:
    binding = helm.find("permissions", "RoleBinding/r1-keeper-controller")
    assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "r1-keeper-controller", "namespace": "apps"}]
    assert binding["roleRef"]["name"] == "r1-keeper-controller"
    pod = helm.find("permissions", "Deployment/r1-keeper-controller")["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is True
    other = helm.find("permissions", "Deployment/r1-keeper-web")["spec"]["template"]["spec"]
    assert other["automountServiceAccountToken"] is False


def test_cluster_roles_of_two_namespaces_have_two_names(helm: Helm) -> None:
    binding = helm.find("permissions", "ClusterRoleBinding")
    assert binding["roleRef"]["name"] == binding["metadata"]["name"] == "apps-r1-keeper-controller"
    assert helm.find("permissions", "ClusterRole")["metadata"]["name"] == "apps-r1-keeper-controller"


def test_a_job_before_the_release_brings_its_role(helm: Helm) -> None:
    for kind in ("Role", "RoleBinding", "ServiceAccount"):
        metadata = helm.find("permissions", f"{kind}/r1-keeper-migrate")["metadata"]
        assert metadata["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
        assert metadata["annotations"]["helm.sh/hook-weight"] == "-10"


def test_switched_off_there_is_no_role(helm: Helm) -> None:
    kinds = helm.kinds("permissions", "controller.rbac.create=false", "migrate.rbac.create=false")
    assert not {"Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"} & set(kinds)


def test_permissions_are_for_an_account_of_ones_own(helm: Helm) -> None:
    said = helm.refusal("permissions", "controller.serviceAccount.create=false")
    assert "controller.rbac.create needs a service account of its own: set controller.serviceAccount.create or" in said
    named = helm.find(
        "permissions", "RoleBinding/r1-keeper-controller",
        "controller.serviceAccount.create=false", "controller.serviceAccount.name=mine",
    )  # fmt: skip
    assert named["subjects"][0]["name"] == "mine"


def test_a_chart_whose_pods_may_do_nothing_has_no_role(helm: Helm) -> None:
    made = generate(read_spec(b"apiVersion: chartgen/v1\nname: shop\nimage: a/b:1\n", file="app.yaml"))
    answer = helm.answer(made)
    assert not isinstance(answer, Failure)
    assert isinstance(answer, Rendered)
    assert not [o for o in parse(answer.files).objects if "Role" in o.kind]
    assert "rbac" not in (made.text("values.yaml") or "")
    assert "## Permissions" not in (made.text("README.md") or "")
