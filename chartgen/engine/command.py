"""Helm as a command: the engine where ``helm-python-sdk`` has no wheel, and on demand (``--engine helm``)."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from chartgen.chart.model import Chart
from chartgen.engine.api import TIME_LIMIT, Failure, Job, LintMessage, Rendered
from chartgen.engine.archive import archive
from chartgen.engine.blob import crds, take_apart
from chartgen.engine.death import Death, as_failure
from chartgen.engine.failure import failure
from chartgen.engine.folder import Folders
from chartgen.engine.helmprocess import MEMORY, Ended, Processes, run
from chartgen.engine.lintmessages import from_command
from chartgen.engine.prepare import Prepared, offline, prepare
from chartgen.errors import CannotDo, EngineError
from chartgen.processors import processors

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_POISON = "templates/chartgen-makes-helm-print-everything.yaml"
_NO_YAML = "YAML parse error on "
_T = TypeVar("_T")


class HelmCommand:
    """Renders and lints with ``helm`` (3.8 or newer), several processes at a time; see ``api.Engine``.

    ``helm template`` prints documents in another order and without blank ones, so their lines would not be those of
    the rendered file. With ``--debug`` it prints every file as it was rendered if one of them is no YAML; such a file
    is added to the copy of the chart that helm gets.
    """

    name = "helm"

    def __init__(self, helm: str, *, jobs: int | None = None, time_limit: float = TIME_LIMIT) -> None:
        self.identity = helm
        self._helm = helm
        self._jobs = jobs or processors()
        self._time_limit = time_limit
        self._parsed: dict[str, dict[str, Any]] = {}
        self._processes = Processes()
        self._executor: ThreadPoolExecutor | None = None

    def __enter__(self) -> HelmCommand:
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs, and wait until its folders are gone."""
        self._processes.end()
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def render(self, jobs: Iterable[Job]) -> Iterator[Rendered | Failure]:
        """Render jobs, several at a time, in their order. Raises CannotDo for settings Helm cannot read."""
        return self._in_parallel(self._render, jobs)

    def lint(self, jobs: Iterable[Job]) -> Iterator[tuple[LintMessage, ...] | Failure]:
        """Run ``helm lint`` over each job's chart and values."""
        return self._in_parallel(self._lint, jobs)

    def _in_parallel(self, work: Callable[[Prepared], _T], jobs: Iterable[Job]) -> Iterator[_T]:
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(self._jobs)
        running: deque[Future[_T]] = deque()
        try:
            for job in jobs:
                running.append(self._executor.submit(work, prepare(job, self._parse)))
                if len(running) > 2 * self._jobs:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()

    def _render(self, job: Prepared) -> Rendered | Failure:
        if job.refused:
            return job.refused
        with Folders() as folders:
            ended = self._template(job, _poisoned(job), folders.new(), "--no-hooks")
            if isinstance(ended, Failure):
                return ended
            if not ended.error.startswith(_NO_YAML):
                again = offline(job, ended.error)
                return self._render(again) if again else failure(ended.error, job.chart)
            files = take_apart(ended.output, job.chart)
            files.pop(_POISON, None)
            definitions = crds(job.chart)
            if definitions is None:
                plain = self._template(job, _undeclared(job), folders.new(), "--no-hooks", "--include-crds")
                if isinstance(plain, Failure):
                    return plain
                definitions = crds(job.chart, printed=take_apart(plain.output, job.chart)) or {}
            return Rendered(files, definitions, ended.log, job.objections)

    def _template(self, job: Prepared, chart: Chart, folder: Path, *flags: str) -> Ended | Failure:
        (folder / "chart.tgz").write_bytes(archive(chart))
        options = job.job.options
        arguments = ["template", options.release, str(folder / "chart.tgz"), "--debug", *flags]
        arguments += [f"--api-versions={version}" for version in options.api_versions]
        arguments += ["--is-upgrade"] if options.is_upgrade else []
        return self._run([*arguments, *self._common(job, folder)], folder)

    def _lint(self, job: Prepared) -> tuple[LintMessage, ...] | Failure:
        with Folders() as folders:
            try:
                copy = folders.of(job.chart)
            except OSError as error:  # a name that is too long, or both a file and a folder
                return Failure("load", f"cannot be written to a folder: {(error.strerror or str(error)).lower()}")
            ended = self._run(["lint", str(copy), *self._common(job, folder := folders.new())], folder)
            if isinstance(ended, Failure):
                return ended
            if again := offline(job, ended.output):
                return self._lint(again)
            return from_command(ended.output, copy)

    def _common(self, job: Prepared, folder: Path) -> list[str]:
        values = folder / "values.json"
        values.write_text(json.dumps(job.job.values, default=dict), encoding="utf-8", errors="surrogateescape")
        options = job.job.options
        return [
            f"--namespace={options.namespace}",
            f"--kube-version=v{options.kube_version.removeprefix('v')}",
            f"--values={values}",
            *(f"--set={expression}" for expression in job.job.set_values),
        ]

    def _run(self, arguments: list[str], folder: Path) -> Ended | Failure:
        ended = run([self._helm, *arguments], folder, time_limit=self._time_limit, processes=self._processes)
        if isinstance(ended, Death):
            return as_failure(ended, time_limit=self._time_limit, memory=MEMORY)
        if ended.error.startswith(("unknown flag", "unknown command")):
            raise EngineError(f"{self._helm} is too old: {ended.error}", hint="install Helm 3.8 or newer")
        return ended

    def _parse(self, expression: str) -> dict[str, Any]:
        """What a ``--set`` expression sets, as helm has it. Raises CannotDo when it has nothing."""
        if expression not in self._parsed:
            probe = Chart.of(
                {
                    "Chart.yaml": "apiVersion: v2\nname: probe\nversion: 0.0.0\n",
                    "templates/values.yaml": "{{ toJson .Values }}",
                }
            )
            with Folders() as folders:
                folder = folders.new()
                (folder / "chart.tgz").write_bytes(archive(probe))
                ended = self._run(["template", str(folder / "chart.tgz"), f"--set={expression}"], folder)
            if isinstance(ended, Failure):
                raise CannotDo(f"--set {expression!r}: {ended.message}")
            if ended.error:
                message = ended.error.removeprefix("failed parsing --set data: ")
                raise CannotDo(f"--set {expression!r}: {message}", hint="give it as key=value")
            self._parsed[expression] = json.loads(ended.output[ended.output.index("{") :])
        return self._parsed[expression]


def _poisoned(job: Prepared) -> Chart:
    chart = _undeclared(job)
    return chart._replace(files={**chart.files, _POISON: b"{"})


def _undeclared(job: Prepared) -> Chart:
    """The chart without the dependencies that are missing but switched off: helm would not look at it."""
    if not job.absent:
        return job.chart
    declared = job.chart.metadata.get("dependencies") or []
    present = [item for item in declared if item.get("name") not in job.absent]
    metadata = {**job.chart.metadata, "dependencies": present}
    return job.chart._replace(files={**job.chart.files, "Chart.yaml": json.dumps(metadata).encode()})
