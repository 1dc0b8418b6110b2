"""README.md of a chart: how to install it, what it needs, and every setting in a table."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from chartgen.generate.valuetree import Key, Node, leaves
from chartgen.generate.view import ChartView


def readme(chart: ChartView, nodes: Sequence[Node]) -> str:
    """The whole text."""
    parts = [
        f"# {chart.name}",
        _prose(chart.description),
        _badges(chart),
        "## Install",
        _code(f"helm upgrade --install {chart.name} . --namespace {chart.name} --create-namespace"),
        *_requirements(chart),
        *_operation(chart),
        "## Values",
        _table(nodes),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _prose(text: str) -> str:
    """Text of a spec as one paragraph, in which Markdown sees no markup."""
    line = " ".join(text.split())
    for char in "\\`*_[]<>|#":
        line = line.replace(char, f"\\{char}")
    return line


def _badges(chart: ChartView) -> str:
    version = f"Chart version `{chart.version}`"
    return f"{version}, application version `{chart.app_version}`." if chart.app_version else f"{version}."


def _code(*lines: str) -> str:
    return "\n".join(("```console", *lines, "```"))


def _requirements(chart: ChartView) -> list[str]:
    needs = [f"- Kubernetes {chart.kube_version.removesuffix('.0')} or newer"]
    needs.append(
        "- The Prometheus operator, for alerts"
        + (" and scraping" if any(w.metrics for w in chart.workloads) else "")
        + "; without it set `monitoring.enabled` to `false`"
    )
    if any(w.web_port for w in chart.workloads):
        needs.append("- An ingress controller, or the Gateway API where `httpRoute.enabled` is set")
    for kind, used in (("Secret", "secrets"), ("ConfigMap", "config_maps")):
        names = dict.fromkeys(name for w in chart.workloads for name in getattr(w, used))
        if names:
            needs.append(f"- The {kind}{'s' if len(names) > 1 else ''} {', '.join(f'`{name}`' for name in names)}")
    return ["## Requirements", "\n".join(needs)]


def _operation(chart: ChartView) -> list[str]:
    parts: list[str] = []
    if any(w.workload.network.enabled for w in chart.workloads):
        text = "Pods accept traffic only from the release itself"
        if any(w.web_port for w in chart.workloads):
            text += ", from the namespaces in `networkPolicy.ingressNamespaces`"
        if any(w.metrics for w in chart.workloads):
            text += " and, for their metrics, from those in `networkPolicy.monitoringNamespaces`"
        parts += ["## Network", text + ". Set them to where your controllers run; `networkPolicy.extraIngress` adds to them."]
    if any(w.workload.identity.aws for w in chart.workloads):
        parts += [
            "## AWS",
            "The pods take the IAM role in `serviceAccount.annotations`. Its trust policy has to name the cluster's OIDC "
            "provider and the service account:",
            _code(
                "eksctl create iamserviceaccount --cluster CLUSTER --role-only --approve \\",
                f"  --namespace {chart.name} --name {chart.name} --role-name ROLE --attach-policy-arn POLICY",
            ),
        ]
    return parts


def _table(nodes: Sequence[Node]) -> str:
    rows = ["| Key | Type | Default | Description |", "|-----|------|---------|-------------|"]
    for path, key in leaves(nodes):
        rows.append(f"| {_cell('.'.join(path))} | {_type(key)} | {_cell(_json(key.value))} | {key.doc} |")
    return "\n".join(rows)


_json = json.JSONEncoder(ensure_ascii=False).encode


def _cell(text: str) -> str:
    """Text as code in a table cell, whatever it contains."""
    text = text.replace("|", "\\|")
    if "`" not in text:
        return f"`{text}`"
    ticks = "`" * (1 + max(map(len, re.findall("`+", text))))
    return f"{ticks} {text} {ticks}"


def _type(key: Key) -> str:
    value = key.value
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "float"
    return "string" if isinstance(value, str) else "list" if isinstance(value, list | tuple) else "object"
