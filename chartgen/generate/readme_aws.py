"""README.md of a chart on AWS: how the IAM roles of its pods are made, with eksctl and with Terraform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chartgen.spec.model import Identity

Known = tuple[str, Identity]
"""A service account, and who it is."""


def _subjects(namespace: str, accounts: Sequence[Known]) -> list[str]:
    return [f"system:serviceaccount:{namespace}:{account}" for account, _ in accounts]


def _roles(accounts: Sequence[Known]) -> dict[str, list[Known]]:
    """The accounts of each role."""
    roles: dict[str, list[Known]] = {}
    for account, identity in accounts:
        roles.setdefault(identity.aws, []).append((account, identity))
    return roles


def irsa(chart: str, accounts: Sequence[Known]) -> str:
    """Roles that trust the cluster's OIDC provider."""
    rows = ["| Role | Subject |", "|------|---------|"]
    rows += [f"| `{i.aws}` | `system:serviceaccount:{chart}:{account}` |" for account, i in accounts]
    roles = _roles(accounts)
    commands = [
        f"eksctl create iamserviceaccount --cluster $CLUSTER --namespace {chart} --name {known[0][0]} \\\n"
        f"  --role-name {_role_name(role)} --role-only --attach-policy-arn $POLICY --approve"
        for role, known in roles.items()
        if len(known) == 1
    ]
    subjects = "this subject" if len(accounts) == 1 else "these subjects"
    parts = [
        "The pods assume an IAM role through their service account (IRSA). The trust policy of the role names the "
        f"OIDC provider of the cluster and, for release `{chart}` in namespace `{chart}`, {subjects}:\n\n"
        + "\n".join(rows)
    ]
    if commands:
        parts += ["eksctl makes such a role for one service account:", block("console", commands)]
    labels = _labels(roles)
    blocks = [_irsa_terraform(role, labels[role], _subjects(chart, known)) for role, known in roles.items()]
    return "\n\n".join([*parts, "Terraform makes it so:", block("hcl", [_OIDC, *blocks])])


_OIDC = """data "aws_eks_cluster" "this" {
  name = var.cluster
}

data "aws_iam_openid_connect_provider" "this" {
  url = data.aws_eks_cluster.this.identity[0].oidc[0].issuer
}

locals {
  issuer = trimprefix(data.aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")
}"""


def _irsa_terraform(role: str, label: str, subjects: Sequence[str]) -> str:
    listed = f'"{subjects[0]}"'
    if len(subjects) > 1:
        lines = "".join(f'            "{subject}",\n' for subject in subjects)
        listed = f"[\n{lines}          ]"
    return f"""resource "aws_iam_role" "{label}" {{
{_naming(role)}

  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = {{ Federated = data.aws_iam_openid_connect_provider.this.arn }}
      Condition = {{
        StringEquals = {{
          "${{local.issuer}}:aud" = "sts.amazonaws.com"
          "${{local.issuer}}:sub" = {listed}
        }}
      }}
    }}]
  }})
}}"""


def pod_identity(chart: str, accounts: Sequence[Known]) -> str:
    """Roles that EKS hands out by an association with the service account."""
    commands = [
        f"eksctl create podidentityassociation --cluster $CLUSTER --namespace {chart} \\\n"
        f"  --service-account-name {account} --role-arn {i.aws}"
        for account, i in accounts
    ]
    roles = _roles(accounts)
    labels = _labels(roles)
    blocks = []
    for role, known in roles.items():
        blocks.append(_pod_identity_role(role, labels[role]))
        blocks += [_association(chart, account, labels[role]) for account, _ in known]
    return (
        "The pods assume an IAM role by an association of EKS Pod Identity, whose agent runs on every node. The role "
        f"trusts the service `pods.eks.amazonaws.com`. For release `{chart}` in namespace `{chart}`, with eksctl:\n\n"
        + block("console", commands)
        + "\n\nTerraform makes the role and the association so:\n\n"
        + block("hcl", blocks)
    )


def _pod_identity_role(role: str, label: str) -> str:
    return f"""resource "aws_iam_role" "{label}" {{
{_naming(role)}

  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Principal = {{ Service = "pods.eks.amazonaws.com" }}
    }}]
  }})
}}"""


def _association(chart: str, account: str, role: str) -> str:
    return f"""resource "aws_eks_pod_identity_association" "{account}" {{
  cluster_name    = var.cluster
  namespace       = "{chart}"
  service_account = "{account}"
  role_arn        = aws_iam_role.{role}.arn
}}"""


def block(language: str, parts: Sequence[str]) -> str:
    """Commands or resources as a block of Markdown."""
    between = "\n\n" if language == "hcl" else "\n"
    return f"```{language}\n{between.join(parts)}\n```"


def _role_name(role: str) -> str:
    return role.rpartition("/")[2]


def _naming(role: str) -> str:
    """The arguments that make the ARN of a role: its name, and its path where it has one."""
    path = role.partition(":role/")[2].rpartition("/")[0]
    return f'  name = "{_role_name(role)}"' + (f'\n  path = "/{path}/"' if path else "")


def _labels(roles: Iterable[str]) -> dict[str, str]:
    """Terraform's name for each role, all different: letters, digits, ``_`` and ``-``."""
    labels: dict[str, str] = {}
    for role in roles:
        label = base = re.sub(r"^(?=[^A-Za-z])", "_", re.sub(r"[^A-Za-z0-9_-]", "_", _role_name(role)))
        number = 1
        while label in labels.values():
            number += 1
            label = f"{base}_{number}"
        labels[role] = label
    return labels
