"""README.md of a chart: how to install it, what it needs, and every setting in a table."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from chartgen.generate import readme_needs
from chartgen.generate.alertlist import alert_table
from chartgen.generate.overlays import Overlay
from chartgen.generate.readme_environments import environments
from chartgen.generate.readme_identity import identity
from chartgen.generate.readme_permissions import permissions
from chartgen.generate.readme_runs import jobs, stateful
from chartgen.generate.readme_scaling import needed, scaling
from chartgen.generate.valuetree import Key, Node, leaves
from chartgen.generate.view import ChartView


def readme(chart: ChartView, nodes: Sequence[Node], overlays: Sequence[Overlay] = ()) -> str:
    """The whole text; ``overlays`` are the values of the chart's environments."""
    sections = {
        "Requirements": _requirements(chart),
        "Install": _install(chart),
        "Environments": environments(chart, overlays),
        "Jobs": jobs(chart),
        "Pods by name": stateful(chart),
        "Scaling": scaling(chart),
        "Needs": readme_needs.needs(chart),
        "Network": _network(chart),
        "Monitoring": _monitoring(chart),
        "Permissions": permissions(chart),
        "Cloud identity": identity(chart),
        "Values": _table(nodes),
    }
    parts = [f"# {chart.name}", _prose(chart.description), _versions(chart)]
    parts += [f"## {title}\n\n{text}" for title, text in sections.items() if text]
    return "\n\n".join(parts) + "\n"


_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def _prose(text: str) -> str:
    """Text of a spec as one paragraph, in which Markdown sees no markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _versions(chart: ChartView) -> str:
    return f"Chart version `{chart.version}`, application version `{chart.app_version}`."


def _code(*lines: str) -> str:
    return "\n".join(("```console", *lines, "```"))


def _requirements(chart: ChartView) -> str:
    needs = [f"- Kubernetes {chart.kube_version.removesuffix('.0')} or newer"]
    needs += needed(chart)
    needs += _controllers(chart)
    if chart.spec.monitoring.enabled:
        needs.append(
            "- The Prometheus operator and kube-state-metrics; without them set `monitoring.enabled` to `false`"
        )
    for kind, used, source in (("Secret", "secrets", "secret"), ("ConfigMap", "config_maps", "config")):
        names = dict.fromkeys(name for w in chart.workloads for name in getattr(w, used))
        for name in names:
            keys = {
                e.key
                for w in chart.workloads
                for e in w.all_env
                if e.source == source and e.ref == getattr(w, used).get(name)
            }
            wanted = f"the {kind} `{name}` in the namespace of the release{_with_keys(sorted(keys))}"
            needs.append(_secret(chart, name, kind, wanted))
    return "\n".join((*needs, *readme_needs.requirements(chart)))


def _secret(chart: ChartView, name: str, kind: str, wanted: str) -> str:
    """An existing Secret or ConfigMap, which ``wanted`` describes, and what may stand in its place."""
    item = f"- {wanted[0].upper()}{wanted[1:]}"
    made = next((made for made in chart.secrets if made.name == name and kind == "Secret"), None)
    if made is None:
        return item
    if made.external is None:
        return f"{item}; or its values at install, under `secretValues.{made.key}`"
    store = f"the {made.external.kind} `{made.external.store}`"
    return f"- The External Secrets operator and {store}; or, with `externalSecrets.{made.key}.enabled` off, {wanted}"


def _controllers(chart: ChartView) -> list[str]:
    """What has to run in the cluster for requests to arrive, in one of the environments at least."""
    needs = []
    ingresses = [w.ingress for w in chart.everywhere if w.ingress]
    classes = {ingress.class_name for ingress in ingresses if not ingress.gateway}
    services = [w.service for w in chart.everywhere if w.service]
    if classes - {"alb"}:
        needs.append("- An ingress controller")
    for gateway in dict.fromkeys(ingress.gateway.name for ingress in ingresses if ingress.gateway):
        needs.append(f"- The Gateway API and the Gateway `{gateway}`")
    if "alb" in classes or any(service.load_balancer_class == "service.k8s.aws/nlb" for service in services):
        needs.append("- The AWS Load Balancer Controller")
    if any(ingress.issuer for ingress in ingresses):
        needs.append("- cert-manager, for the certificates")
    return needs


def _with_keys(keys: Sequence[str]) -> str:
    """The keys of a Secret or ConfigMap that the pods ask for by name."""
    listed = [_cell(key) for key in keys]
    if len(listed) < 2:
        return f", with the key {listed[0]}" if listed else ""
    return f", with the keys {', '.join(listed[:-1])} and {listed[-1]}"


def _install(chart: ChartView) -> str:
    lines = (
        *(["helm dependency update ."] if chart.dependencies else []),
        f"helm upgrade --install {chart.name} . --namespace {chart.name} --create-namespace",
        *([f"helm test {chart.name} --namespace {chart.name}"] if chart.tested else []),
        f"helm uninstall {chart.name} --namespace {chart.name}",
    )
    return _code(*lines)


def _network(chart: ChartView) -> str:
    guarded = [w for w in chart.workloads if w.workload.network.enabled]
    if not guarded:
        return ""
    where = "networkPolicy" if chart.single else "<workload>.networkPolicy"
    let_in = ["the pods of the release"]
    if any(w.web_port for w in guarded):
        let_in.append(f"the namespaces in `{where}.ingressNamespaces`, where the ingress controller runs")
    if any(w.metrics for w in guarded):
        let_in.append(f"those in `{where}.monitoringNamespaces`, where Prometheus runs")
    only = let_in[0] if len(let_in) == 1 else f"{', '.join(let_in[:-1])}, and {let_in[-1]}"
    text = f"A NetworkPolicy lets in only {only}. `{where}.extraIngress` takes further rules"
    if any(w.has_service for w in guarded):
        text += (
            f", and `{where}.allowExternal` opens the ports to everyone, as a load balancer outside the cluster needs"
        )
    reached = f"DNS (`{where}.egress.dnsPorts`)" + (", what they need" if chart.needs else "")
    return (
        f"{text}. With `{where}.egress.enabled` the pods reach nothing but {reached} and what `{where}.egress.rules` "
        "allows."
    )


def _monitoring(chart: ChartView) -> str:
    if not chart.spec.monitoring.enabled:
        return ""
    scraped = "The pods are scraped, a" if any(w.metrics for w in chart.workloads) else "A"
    return (
        f"{scraped}lerts are set up under `monitoring.alerts`, and Grafana's sidecar finds a dashboard. If Prometheus "
        "selects its objects by label, add the label to `monitoring.labels`.\n\n" + alert_table(chart.spec)
    )


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
