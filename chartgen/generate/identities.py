"""What the cloud a chart runs in needs to know about its pods."""

from __future__ import annotations

from typing import Any

from chartgen.spec.model import AwsMode, Identity

SAMPLE_ROLE = "arn:aws:iam::111122223333:role/example"


def account_annotations(identity: Identity) -> dict[str, str]:
    """Annotations of the service account. EKS Pod Identity needs none: its association names the account."""
    if identity.gcp:
        return {"iam.gke.io/gcp-service-account": identity.gcp}
    if identity.azure:
        return {"azure.workload.identity/client-id": identity.azure}
    return {"eks.amazonaws.com/role-arn": identity.aws} if identity.aws and identity.aws_mode is AwsMode.IRSA else {}


def pod_labels(identity: Identity) -> dict[str, str]:
    """Labels of the pods. AKS changes those only that ask for it."""
    return {"azure.workload.identity/use": "true"} if identity.azure else {}


def egress_rules(identity: Identity) -> list[dict[str, Any]]:
    """The NetworkPolicy rules without which restricted pods get no credentials.

    The agent of EKS Pod Identity listens on addresses of its own (EKS user guide, "Set up the Amazon EKS Pod Identity
    Agent"); so does GKE's metadata server, on the second one with Dataplane V2 (GKE guide, "Authenticate to Google
    Cloud APIs from GKE workloads"). IRSA and AKS ask public addresses, which the spec has to name.
    """
    if identity.gcp:
        return [_address("169.254.169.252/32", 988), _address("169.254.169.254/32", 80)]
    if identity.aws and identity.aws_mode is AwsMode.POD_IDENTITY:
        return [_address("169.254.170.23/32", 80), _address("fd00:ec2::23/128", 80)]
    return []


def _address(cidr: str, port: int) -> dict[str, Any]:
    return {"to": [{"ipBlock": {"cidr": cidr}}], "ports": [{"port": port, "protocol": "TCP"}]}
