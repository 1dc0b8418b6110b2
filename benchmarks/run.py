"""How long chartgen takes beside Helm. Needs a helm on PATH (or --helm FILE) and an installed chartgen.

    python benchmarks/run.py [--rounds 15] [--charts FOLDER_OF_REAL_CHARTS]

Commands of one table run in turn, round after round, because a machine's clock drifts: compare within a table only.
Figures are medians of wall time, of processor time (of all processes of a command together), and ratios of wall time
to the first command of the table. On a busy machine the processor's time says more. Nothing is remembered between runs
unless a line says so.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPECS = 1000


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure chartgen beside Helm.")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of the short commands (default: 15)")
    parser.add_argument("--helm", default=shutil.which("helm"), help="the helm to compare with (default: on PATH)")
    parser.add_argument("--charts", type=Path, help="a folder of real charts, the first 100 of which are linted")
    arguments = parser.parse_args()
    chartgen = Path(sys.executable).with_name("chartgen")
    if not chartgen.exists():
        sys.exit(f"error: no chartgen beside {sys.executable}\n  help: pip install -e . first")
    if not arguments.helm:
        sys.exit("error: no helm on PATH\n  help: go install helm.sh/helm/v4/cmd/helm@latest")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), str(chartgen), arguments.helm, arguments.rounds, arguments.charts)
    return 0


def measure(folder: Path, chartgen: str, helm: str, rounds: int, real: Path | None) -> None:
    few = max(3, rounds // 4)
    bare = [sys.executable, "-c", "pass"]
    table("Start-up", rounds, {"python -c pass": bare, "chartgen --version": [chartgen, "--version"]})

    made = folder / "made"
    table(
        "Making one chart",
        rounds,
        {
            "helm create": [helm, "create", str(made / "helm")],
            "chartgen generate": [chartgen, "generate", str(ROOT / "examples/podinfo.yaml"), "-o", str(made / "own")],
        },
        before=lambda: shutil.rmtree(made, ignore_errors=True) or made.mkdir(),
    )

    subprocess.run([helm, "create", str(folder / "web")], check=True, capture_output=True)
    own = ROOT / "charts-output/podinfo"
    for name, chart in (("the chart of helm create", folder / "web"), ("charts-output/podinfo", own)):
        table(
            f"One chart, cold: {name}",
            rounds,
            {
                "helm lint": [helm, "lint", str(chart)],
                "helm template": [helm, "template", str(chart)],
                "chartgen lint, default values": [chartgen, "lint", str(bare_copy(chart, folder))],
                "chartgen lint, all scenarios": [chartgen, "lint", str(chart)],
            },
        )

    web = bare_copy(folder / "web", folder)
    raised = changed_copy(web, folder)
    table(
        "Two versions of the chart of helm create, cold",
        rounds,
        {
            "helm template": [helm, "template", str(web)],
            "chartgen diff": [chartgen, "diff", str(web), str(raised)],
            "chartgen diff --upgrade": [chartgen, "diff", str(web), str(raised), "--upgrade"],
        },
    )

    many("100 charts of helm create, one run", copies(folder / "web", folder / "small", 100), chartgen, helm, few)
    minimal = bare_copy(ROOT / "charts-output/minimal", folder)
    many(
        "100 charts of chartgen, default values, one run",
        copies(minimal, folder / "generated", 100),
        chartgen,
        helm,
        few,
    )
    if real:
        charts = [path.parent for path in sorted(real.glob("*/Chart.yaml"))][:100]
        many(f"{len(charts)} real charts, one run", charts, chartgen, helm, max(3, few // 2))

    seconds = generate_specs()
    print(f"\n{SPECS:,} specs generated in one process: {seconds:.2f} s, {1000 * seconds / SPECS:.2f} ms each")


def many(title: str, charts: list[Path], chartgen: str, helm: str, rounds: int) -> None:
    paths = [str(chart) for chart in charts]
    with tempfile.TemporaryDirectory() as cache:
        table(
            title,
            rounds,
            {
                "helm lint charts/*": [helm, "lint", *paths],
                "chartgen lint charts/*": [chartgen, "lint", *paths],
                "chartgen lint charts/*, again": ["env", f"CHARTGEN_CACHE_DIR={cache}", chartgen, "lint", *paths],
                "rendering alone, without lint": [sys.executable, str(ROOT / "benchmarks/render.py"), *paths],
            },
        )


def table(
    title: str, rounds: int, commands: dict[str, list[str]], *, before: Callable[[], object] = lambda: None
) -> None:
    """Run the commands in turn and print medians and ratios."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    work: dict[str, list[float]] = {name: [] for name in commands}
    environment = {**os.environ, "NO_COLOR": "1", "CHARTGEN_CACHE_DIR": ""}
    for _ in range(rounds + 1):
        before()
        for name, command in commands.items():
            start, used = time.perf_counter(), processor_time()
            done = subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, check=False
            )
            times[name].append(time.perf_counter() - start)
            work[name].append(processor_time() - used)
            if done.returncode not in (0, 1):
                sys.exit(f"error: {' '.join(command[:4])} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    width = max(map(len, commands))
    print(f"\n{title} ({rounds} rounds)")
    # The first round only warms the caches.
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    first = next(iter(medians.values()))
    for name, median in medians.items():
        used = statistics.median(work[name][1:])
        print(f"  {name:<{width}}  {1000 * median:9.1f} ms  {1000 * used:9.1f} ms cpu  {median / first:5.2f}x")


def processor_time() -> float:
    """Seconds of processor that processes started here, and theirs, have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bare_copy(chart: Path, folder: Path) -> Path:
    """The chart without ci/: nothing but its default values, as ``helm lint`` sees it."""
    target = folder / "bare" / chart.name
    if not target.exists():
        shutil.copytree(chart, target, ignore=shutil.ignore_patterns("ci"))
    return target


def changed_copy(chart: Path, folder: Path) -> Path:
    """The next version of a chart: other numbers in Chart.yaml, another default, and another port."""
    target = folder / f"{chart.name}-next"
    shutil.copytree(chart, target)
    for name, old, new in (
        ("Chart.yaml", "version: 0.1.0", "version: 0.2.0"),
        ("values.yaml", "replicaCount: 1", "replicaCount: 2"),
        ("values.yaml", "port: 80", "port: 8080"),
    ):
        text = (target / name).read_text(encoding="utf-8")
        assert old in text, f"{chart} has no {old!r} in {name}"
        (target / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


def copies(chart: Path, folder: Path, number: int) -> list[Path]:
    """Copies of a chart, each under a name of its own."""
    made = []
    for index in range(number):
        target = folder / f"{chart.name}{index}"
        shutil.copytree(chart, target)
        metadata = target / "Chart.yaml"
        metadata.write_text(metadata.read_text().replace(f"name: {chart.name}", f"name: {target.name}"))
        made.append(target)
    return made


def generate_specs() -> float:
    """Seconds for reading, validating and generating different specs in this process."""
    from chartgen.generate.generate import generate
    from chartgen.spec.load import read_spec

    text = (ROOT / "examples/podinfo.yaml").read_text(encoding="utf-8")
    generate(read_spec(text.encode(), file="app.yaml"))
    start = time.perf_counter()
    for index in range(SPECS):
        one = text.replace("name: podinfo", f"name: podinfo{index}")
        assert len(generate(read_spec(one.encode(), file="app.yaml")).files) > 15
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
