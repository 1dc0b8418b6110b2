"""Who the pods are in a cloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.spec.model import AwsMode, Identity
from chartgen.spec.scope import Scope

CLOUDS = {"aws": "EKS", "gcp": "GKE", "azure": "AKS"}
"""The keys of an identity, and the clusters they belong to."""


def identity(given: Mapping[str, Any]) -> Identity:
    """The identity a workload says or inherits."""
    aws = given.get("aws", "")
    chosen: Mapping[str, str] = aws if isinstance(aws, Mapping) else {"role": aws}
    return Identity(
        aws=chosen["role"],
        aws_mode=AwsMode(chosen.get("mode", AwsMode.IRSA)),
        gcp=given.get("gcp", ""),
        azure=given.get("azure", "").lower(),
    )


def one_cloud(scope: Scope) -> Iterator[Problem]:
    """A pod runs in one cloud, and its service account stands for one identity."""
    chosen = [key for key in CLOUDS if getattr(scope.workload.identity, key)]
    for key in chosen[1:]:
        first = chosen[0]
        yield scope.problem(
            scope.at("identity", key),
            f"cannot be combined with {first!r}: the pods run on {CLOUDS[first]} or on {CLOUDS[key]}, not on both",
            hint="keep the one of the cloud the cluster is in",
            code="two-clouds",
            key=True,
        )
