"""Which files a chart has: the topology of the spec decides, once, when the chart is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chartgen.generate.needs import NeedView
from chartgen.generate.scenarios import SCENARIOS
from chartgen.generate.view import ChartView, WorkloadView
from chartgen.spec.model import Kind

CHART = (
    "Chart.yaml",
    ".helmignore",
    "templates/_helpers.tpl",
    "templates/NOTES.txt",
    "templates/dashboard.yaml",
    "templates/extra-objects.yaml",
)
"""The files every chart has once."""

SOMETIMES: dict[str, Callable[[ChartView], bool]] = {
    "templates/secret.yaml": lambda chart: bool(chart.given),
    "templates/externalsecret.yaml": lambda chart: bool(chart.external),
}
"""The files a chart may have once, and when it has them."""

WORKLOAD: dict[str, Callable[[WorkloadView], bool]] = {
    "templates/deployment.yaml": lambda w: w.kind is Kind.DEPLOYMENT,
    "templates/statefulset.yaml": lambda w: w.kind is Kind.STATEFUL_SET,
    "templates/daemonset.yaml": lambda w: w.kind is Kind.DAEMON_SET,
    "templates/cronjob.yaml": lambda w: w.kind is Kind.CRON_JOB,
    "templates/job.yaml": lambda w: w.kind is Kind.JOB,
    "templates/configmap.yaml": lambda w: w.files is not None,
    "templates/pvc.yaml": lambda w: any(view.made and not view.templated for view in w.volumes),
    "templates/serviceaccount.yaml": lambda w: True,
    "templates/role.yaml": lambda w: bool(w.role),
    "templates/rolebinding.yaml": lambda w: bool(w.role),
    "templates/clusterrole.yaml": lambda w: bool(w.cluster_role),
    "templates/clusterrolebinding.yaml": lambda w: bool(w.cluster_role),
    "templates/hpa.yaml": lambda w: w.scales and not w.workload.replicas.triggers,
    "templates/scaledobject.yaml": lambda w: w.scales and bool(w.workload.replicas.triggers),
    "templates/triggerauthentication.yaml": lambda w: w.scales and bool(w.workload.replicas.triggers),
    "templates/vpa.yaml": lambda w: w.workload.vpa,
    "templates/pdb.yaml": lambda w: w.scales,
    "templates/networkpolicy.yaml": lambda w: True,
    "templates/service.yaml": lambda w: w.has_service,
    "templates/service-headless.yaml": lambda w: w.kind is Kind.STATEFUL_SET,
    "templates/ingress.yaml": lambda w: w.web_port is not None,
    "templates/httproute.yaml": lambda w: w.web_port is not None and not w.web_port.grpc,
    "templates/grpcroute.yaml": lambda w: w.grpc_port is not None,
    "templates/servicemonitor.yaml": lambda w: w.metrics is not None and w.scraped_by_service,
    "templates/podmonitor.yaml": lambda w: w.metrics is not None and not w.scraped_by_service,
    "templates/prometheusrule.yaml": lambda w: True,
    "templates/tests/test-connection.yaml": lambda w: w.test is not None,
}
"""The files a workload may have, and when it has them."""


def _own(view: NeedView, file: str) -> bool:
    """Whether the cluster that the chart makes is one of an operator for which there is this file."""
    return view.creates and view.operator is not None and file in view.operator.files


NEED: dict[str, Callable[[NeedView], bool]] = {
    "templates/cluster.yaml": lambda need: _own(need, "cluster.yaml"),
    "templates/rabbitmqcluster.yaml": lambda need: _own(need, "rabbitmqcluster.yaml"),
    "templates/cluster-pdb.yaml": lambda need: _own(need, "cluster-pdb.yaml"),
    "templates/cluster-podmonitor.yaml": lambda need: need.creates,
    "templates/cluster-prometheusrule.yaml": lambda need: need.creates,
}
"""The files a need may have, and when it has them."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file to write: the template that makes it, its path in the chart, and the workload or need it belongs to."""

    template: str
    path: str
    workload: WorkloadView | None = None
    need: NeedView | None = None


def plan(chart: ChartView) -> Iterator[PlannedFile]:
    """The files of a chart; those of a workload have its name in front where the chart has several workloads."""
    for path in CHART:
        yield PlannedFile(f"{path}.j2", path)
    for path, needed in SOMETIMES.items():
        if needed(chart):
            yield PlannedFile(f"{path}.j2", path)
    for w in chart.workloads:
        for path, wanted in WORKLOAD.items():
            if wanted(w):
                folder, _, name = path.rpartition("/")
                yield PlannedFile(f"{path}.j2", f"{folder}/{w.prefix}{name}", w)
    for need in chart.needs:
        for path, takes in NEED.items():
            if takes(need):
                folder, _, name = path.rpartition("/")
                yield PlannedFile(f"{path}.j2", f"{folder}/{need.name}-{name}", need=need)


def made_by_some_spec(path: str) -> bool:
    """Whether another spec of the same application would give its chart this file."""
    folder, _, name = path.rpartition("/")
    if folder == "ci":
        return name.endswith("-values.yaml") and name.removesuffix("-values.yaml") in SCENARIOS
    if folder.partition("/")[0] == "files":
        return True
    if not folder:
        return re.fullmatch(r"values-[a-z][-a-z0-9]*[.]yaml", name) is not None
    if folder == "dashboards":
        return name.endswith(".json")
    if path in SOMETIMES:
        return True
    places = (one.rpartition("/") for one in (*WORKLOAD, *NEED))
    return any(folder == where and f"-{name}".endswith(f"-{base}") for where, _, base in places)
