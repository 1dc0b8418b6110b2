"""README.md of a chart: how its service accounts get the rights they stand for in a cloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chartgen.generate.readme_aws import Known, block, irsa, pod_identity
from chartgen.generate.view import ChartView, WorkloadView
from chartgen.spec.model import AwsMode, Identity


def identity(chart: ChartView) -> str:
    """The whole section; ``""`` for a chart whose pods are nobody."""
    known = _known(chart, chart.workloads)
    parts = [
        part(chart.name, accounts)
        for part, accounts in (
            (irsa, [(a, i) for a, i in known if i.aws and i.aws_mode is AwsMode.IRSA]),
            (pod_identity, [(a, i) for a, i in known if i.aws and i.aws_mode is AwsMode.POD_IDENTITY]),
            (_gcp, [(a, i) for a, i in known if i.gcp]),
            (_azure, [(a, i) for a, i in known if i.azure]),
        )
        if accounts
    ]
    others = list(_elsewhere(chart))
    if others:
        rows = ["| Environment | Service account | Identity |", "|-------------|-----------------|----------|", *others]
        parts.append("In these environments the identity is another one:\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _known(chart: ChartView, workloads: Sequence[WorkloadView]) -> list[Known]:
    return [
        (chart.name if chart.single else f"{chart.name}-{w.name}", w.workload.identity)
        for w in workloads
        if _who(w.workload.identity)
    ]


def _who(identity: Identity) -> str:
    return identity.aws or identity.gcp or identity.azure


def _elsewhere(chart: ChartView) -> Iterator[str]:
    for environment, app in chart.spec.environments.items():
        for w, changed in zip(chart.workloads, app.workloads, strict=True):
            if changed.identity != w.workload.identity:
                account = chart.name if chart.single else f"{chart.name}-{w.name}"
                yield f"| {environment} | `{account}` | {_marked(_who(changed.identity))} |"


def _marked(text: str) -> str:
    return f"`{text}`" if text else "none"


def _gcp(chart: str, accounts: Sequence[Known]) -> str:
    commands = [
        f"gcloud iam service-accounts add-iam-policy-binding {i.gcp} \\\n"
        "  --role roles/iam.workloadIdentityUser \\\n"
        f'  --member "serviceAccount:$PROJECT.svc.id.goog[{chart}/{account}]"'
        for account, i in accounts
    ]
    return (
        "The pods act as a Google service account (Workload Identity Federation for GKE), once it lets them, for "
        f"release `{chart}` in namespace `{chart}` of a cluster in `$PROJECT`:\n\n" + block("console", commands)
    )


def _azure(chart: str, accounts: Sequence[Known]) -> str:
    commands = [
        f"az identity federated-credential create --name {account} --identity-name $IDENTITY \\\n"
        '  --resource-group $GROUP --issuer "$ISSUER" \\\n'
        f"  --subject system:serviceaccount:{chart}:{account} --audiences api://AzureADTokenExchange"
        for account, _ in accounts
    ]
    query = "--query oidcIssuerProfile.issuerUrl --output tsv"
    issuer = f'ISSUER="$(az aks show --name $CLUSTER --resource-group $GROUP {query})"'
    return (
        "The pods act as a managed identity of Azure (Workload Identity), once it trusts them, for release "
        f"`{chart}` in namespace `{chart}`:\n\n" + block("console", [issuer, *commands])
    )
