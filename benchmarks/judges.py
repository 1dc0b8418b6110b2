"""What other judges say of charts-output/: kubeconform, kube-linter, kube-score and checkov; judges.sh installs them.

kubeconform -strict validates every scenario for every Kubernetes release that the charts support. The linters judge the
default values with all their checks. What they say and we do not follow stands in disagreements.toml, with the reason;
anything else they say is a fault, and so is a reason that is no longer needed. Exit codes: 0 nothing new, 1 something
new, 2 a tool is missing. With --write, docs/peers.md gets the figures and the table.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from chartgen.chart.read import read_chart
from chartgen.engine.api import Job, Options, Rendered
from chartgen.engine.choose import open_engine
from chartgen.engine.stream import manifest
from chartgen.yamlread import read

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/peers.md"
TOOLS = ("kubeconform", "kube-linter", "kube-score", "checkov")

RELEASES = ("1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36")
NEEDED = {"valkey": ("secretValues.auth.password=sample",)}
"""Charts that cannot be installed without values, and such values."""

ELSEWHERE = "schema-validation"
"""kube-linter's check that does what kubeconform does, over the network."""

HEAD = """\
# What other judges say

The charts in `charts-output/`, as kubeconform, kube-linter, kube-score and checkov see them; run it with
`benchmarks/judges.sh`, which fails when one of them says something that is not argued below. This page is made by
`benchmarks/judges.sh --write`.

"""


class Complaint(NamedTuple):
    """What a tool says of an object (``Deployment/web``) by one of its checks."""

    tool: str
    check: str
    subject: str


class Verdict(NamedTuple):
    """A tool's figures in a sentence, and its complaints."""

    tool: str
    figures: str
    complaints: tuple[Complaint, ...]


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks/judges.sh", description="Have other tools judge charts-output/.")
    parser.add_argument("--write", action="store_true", help="write docs/peers.md")
    parser.add_argument(
        "--kubeconform-schemas",
        metavar="LOCATION",
        help="its -schema-location; by default the schemas of the Python package kubernetes-validate",
    )
    arguments = parser.parse_args()
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print(f"error: no {' and no '.join(missing)} on PATH\n  help: start benchmarks/judges.sh", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        scenarios = rendered(Path(folder))
        defaults = [path for path in scenarios if path.stem.endswith("+default")]
        verdicts = (
            kubeconform(scenarios, arguments.kubeconform_schemas),
            kube_linter(defaults),
            kube_score(defaults),
            checkov(defaults),
        )
    argued = arguments_of()
    faults = list(compared(verdicts, argued))
    print("\n".join([*(f"{one.tool}: {one.figures}" for one in verdicts), *faults]))
    if arguments.write and not faults:
        PAGE.write_text(page(verdicts, argued), encoding="utf-8")
    return 1 if faults else 0


def arguments_of() -> dict[str, dict[str, dict[str, Any]]]:
    """Why we disagree, by tool and check."""
    return tomllib.loads((ROOT / "benchmarks/disagreements.toml").read_text(encoding="utf-8"))


def rendered(folder: Path) -> list[Path]:
    """The manifests of every chart under every scenario, in files called CHART+SCENARIO.yaml."""
    jobs: dict[Path, Job] = {}
    for path in sorted(path for path in (ROOT / "charts-output").iterdir() if path.is_dir()):
        chart = read_chart(path)
        options = Options(release=path.name, namespace="apps")
        for values in (None, *sorted((path / "ci").glob("*.yaml")), *sorted(path.glob("values-*.yaml"))):
            data = read(values.read_text(encoding="utf-8")).data or {} if values else {}
            target = folder / f"{path.name}+{values.stem if values else 'default'}.yaml"
            jobs[target] = Job(chart, data, NEEDED.get(path.name, ()), options)
    with open_engine("auto", jobs=1) as engine:
        for target, answer in zip(jobs, engine.render(jobs.values()), strict=True):
            assert isinstance(answer, Rendered), answer
            text = manifest(answer, jobs[target].options.release)
            assert isinstance(text, str), text
            target.write_text(text, encoding="utf-8")
    return list(jobs)


def kubeconform(files: list[Path], location: str | None) -> Verdict:
    """Every object under every release; those of custom resources are left to the chart's own linter."""
    judged: Counter[str] = Counter()
    complaints = []
    for release in RELEASES:
        words = ["kubeconform", "-strict", "-ignore-missing-schemas", "-output", "json", "-summary"]
        words += ["-kubernetes-version", f"{release}.0", "-schema-location", location or bundled(release, files)]
        answer = json.loads(said([*words, *map(str, files)]))
        summary = answer["summary"]
        judged["valid"] += summary["valid"]
        judged["skipped"] += summary["skipped"]
        for one in answer["resources"]:
            if one["status"] not in ("statusValid", "statusSkipped"):
                complaints.append(Complaint("kubeconform", f"{release}: {one['msg']}", f"{one['kind']}/{one['name']}"))
    figures = (
        f"{judged['valid']:,} objects valid, {len(complaints)} not, over Kubernetes {RELEASES[0]} to {RELEASES[-1]} "
        f"and {len(files)} scenarios, strictly; {judged['skipped']:,} custom resources skipped"
    )
    return Verdict("kubeconform", figures, tuple(complaints))


def bundled(release: str, files: list[Path]) -> str:
    """The schemas of one release for what is in the files, made to stand alone beside them; they need no network."""
    spec = find_spec("kubernetes_validate")
    if spec is None or spec.origin is None:
        sys.exit("error: the package kubernetes-validate is missing\n  help: pip install -e '.[dev]'")
    source = Path(spec.origin).parent / "kubernetes-json-schema" / f"v{release}.0-local-strict"
    target = files[0].parent / release
    target.mkdir(exist_ok=True)
    definitions = json.loads((source / "_definitions.json").read_text(encoding="utf-8"))["$defs"]
    for name in {schema_name(*pair) for path in files for pair in KIND.findall(path.read_text(encoding="utf-8"))}:
        if (source / name).exists():
            schema = json.loads((source / name).read_text(encoding="utf-8"))
            (target / name).write_text(json.dumps(standalone(schema, definitions)), encoding="utf-8")
    return f"{target}/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json"


KIND = re.compile(r"^apiVersion: *\"?([\w./]+)\"?\nkind: *\"?(\w+)", re.MULTILINE)


def schema_name(api_version: str, kind: str) -> str:
    """The file of a kind, as kubeconform calls it."""
    group, _, version = api_version.rpartition("/")
    return "-".join(part for part in (kind.lower(), group.partition(".")[0], version) if part) + ".json"


def standalone(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A schema with the definitions that it needs, and without the address of its own format."""
    needed: dict[str, Any] = {}
    todo = [schema]
    while todo:
        for name in REFERENCE.findall(json.dumps(todo.pop())):
            if name not in needed:
                needed[name] = definitions[name]
                todo.append(definitions[name])
    whole = {key: value for key, value in schema.items() if key not in ("$schema", "$id")} | {"$defs": needed}
    found: dict[str, Any] = json.loads(json.dumps(whole).replace('"/api/_definitions.json#', '"#'))
    return found


REFERENCE = re.compile(r'"(?:/api/_definitions[.]json)?#/[$]defs/([^"]+)"')


def kube_linter(files: list[Path]) -> Verdict:
    """All of its checks, those too that are off unless asked for."""
    everything = len(json.loads(said(["kube-linter", "checks", "list", "--format", "json"]))) - 1
    words = ["kube-linter", "lint", "--add-all-built-in", "--exclude", ELSEWHERE, "--format", "json"]
    reports = json.loads(said([*words, *map(str, files)]))["Reports"] or []
    complaints = tuple(
        Complaint("kube-linter", one["Check"], f"{kind['GroupVersionKind']['Kind']}/{kind['Name']}")
        for one in reports
        for kind in (one["Object"]["K8sObject"],)
    )
    silent = everything - len({one.check for one in complaints})
    return Verdict("kube-linter", f"{silent} of its {everything} checks are content", complaints)


def kube_score(files: list[Path]) -> Verdict:
    """All of its checks; 10 is its best grade."""
    complaints, passed = [], 0
    for path in files:
        for obj in json.loads(said(["kube-score", "score", "--output-format", "json", str(path)])):
            subject = f"{obj['type_meta']['kind']}/{obj['object_meta']['name']}"
            for one in (one for one in obj["checks"] if not one["skipped"]):
                passed += one["grade"] >= 10
                if one["grade"] < 10:
                    complaints.append(Complaint("kube-score", one["check"]["id"], subject))
    return Verdict("kube-score", f"{passed} verdicts are OK, {len(complaints)} are not", tuple(complaints))


def checkov(files: list[Path]) -> Verdict:
    """All of its checks of manifests."""
    words = ["checkov", "--framework", "kubernetes", "--output", "json", "--compact", "--skip-download"]
    answer = json.loads(said([*words, *(word for path in files for word in ("--file", str(path)))]))
    reports = answer if isinstance(answer, list) else [answer]
    failed = [one for report in reports for one in report["results"]["failed_checks"]]
    passed = sum(report["summary"]["passed"] for report in reports)
    complaints = tuple(Complaint("checkov", one["check_id"], _subject(one["resource"])) for one in failed)
    return Verdict("checkov", f"{passed:,} checks passed, {len(failed)} failed", complaints)


def _subject(resource: str) -> str:
    kind, _, name = resource.split(".", 2)
    return f"{kind}/{name}"


def said(words: list[str]) -> str:
    """What a tool prints, whatever it thinks of the charts."""
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


def compared(verdicts: tuple[Verdict, ...], argued: dict[str, dict[str, dict[str, Any]]]) -> Iterator[str]:
    """Complaints without an argument, and arguments without a complaint."""
    used = set()
    for complaint in (one for verdict in verdicts for one in verdict.complaints):
        entry = argued.get(complaint.tool, {}).get(complaint.check)
        if entry and any(fnmatch(complaint.subject, pattern) for pattern in entry.get("objects", ("*",))):
            used.add((complaint.tool, complaint.check))
        else:
            yield f"not argued: {complaint.tool} {complaint.check}: {complaint.subject}"
    for tool, entries in argued.items():
        yield from (f"argued in vain: {tool} {check}" for check in entries if (tool, check) not in used)


def page(verdicts: tuple[Verdict, ...], argued: dict[str, dict[str, dict[str, Any]]]) -> str:
    """docs/peers.md."""
    lines = [HEAD, "| judge | figures |\n|---|---|\n"]
    lines += [f"| {one.tool} | {one.figures} |\n" for one in verdicts]
    lines.append("\n## Where we disagree\n\n| judge | check | complaints | why |\n|---|---|---|---|\n")
    counts = Counter((one.tool, one.check) for verdict in verdicts for one in verdict.complaints)
    for tool, entries in argued.items():
        lines += [f"| {tool} | `{check}` | {counts[tool, check]} | {one['why']} |\n" for check, one in entries.items()]
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
