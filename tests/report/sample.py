"""One report with everything a format must be able to say."""

from __future__ import annotations

from chartgen.errors import Problem
from chartgen.findings import Finding, Related, Report, Severity, Suppression
from chartgen.fixes import Edit, Repair
from chartgen.location import Location, Pointer

DEPLOYMENT = "charts/web/templates/deployment.yaml"
VALUES = "charts/web/values.yaml"
IMAGE = Pointer(("spec", "template", "spec", "containers", 0, "image"))

SOURCES = {
    DEPLOYMENT: "kind: Deployment\nspec:\n  image: {{ .Values.image }}\n",
    VALUES: "# the image\nimage: nginx\n",
    "app.yaml": "apiVersion: chartgen/v1\nname: shop\nports:\n  http: 99999\nimgae: x\n",
}

FULL = Finding(
    rule="floating-image-tag",
    severity=Severity.ERROR,
    message="Deployment/web: container 'web' runs 'nginx', whose tag can move",
    primary=Location(DEPLOYMENT, 3, 10, 3, 29, IMAGE),
    subject="Deployment/web",
    help="pin a version or a digest",
    related=(Related(Location(VALUES, 2, 8, 2, 13, Pointer(("image",))), "the value comes from here"),),
    scenarios=("default", "ci/ha-values.yaml"),
    chart="charts/web",
    fix=Repair("pin the tag", safe=False, edits=(Edit(VALUES, 2, 8, 2, 13, "nginx:1.27.1"),)),
)
NEAR = Finding(
    rule="missing-memory-limit",
    severity=Severity.WARNING,
    message="Deployment/web: container 'web' has no memory limit",
    primary=Location(DEPLOYMENT, 2, 1, pointer=Pointer(("spec",)), exact=False),
    subject="Deployment/web",
    help="set resources.limits.memory",
    scenarios=("ci/ha-values.yaml",),
    chart="charts/web",
    fix=Repair("set a memory limit", safe=False, obstacle="the field comes from a helper"),
)
UNKNOWN = Finding(
    rule="render-failed",
    severity=Severity.ERROR,
    message="templates/x.yaml: parse error\nunclosed action",
    primary=Location("charts/web/templates/x.yaml"),
    subject="templates/x.yaml",
    chart="charts/web",
)
WHOLE_FILE = Finding(
    rule="values-schema-missing",
    severity=Severity.INFO,
    message="values.schema.json: the chart has none",
    primary=Location("charts/web/values.schema.json"),
    subject="values.schema.json",
    chart="charts/web",
)
ALLOWED = Finding(
    rule="missing-memory-limit",
    severity=Severity.WARNING,
    message="Job/load: container 'k6' has no memory limit",
    primary=Location("charts/web/templates/job.yaml", 9, 5),
    subject="Job/load",
    suppressed=Suppression(Location("charts/web/templates/job.yaml", 8, 3), "runs for a minute", "comment"),
    scenarios=("default",),
    chart="charts/web",
)

REPORT = Report(
    findings=(NEAR, FULL, UNKNOWN, WHOLE_FILE),
    suppressed=(ALLOWED,),
    charts=("charts/web",),
    scenarios=2,
    objects=14,
    sources=SOURCES,
)
EMPTY = Report(findings=(), charts=("charts/a", "charts/b"), scenarios=2, objects=1)

PROBLEMS = (
    Problem(
        "ports.http: 99999 is greater than 65535",
        Location("app.yaml", 4, 9, 4, 14, Pointer(("ports", "http"))),
        "choose a port between 1 and 65535",
        "out-of-range",
    ),
    Problem("unknown key 'imgae' (did you mean 'image'?)", Location("app.yaml", 5, 1, 5, 6), "", "unknown-key"),
    Problem("the file is empty", Location("-"), "", "empty", warning=True),
)
