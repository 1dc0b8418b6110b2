"""Helm's own Go engine through the library that ``helm-python-sdk`` ships, in worker processes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine import spawn
from chartgen.engine.api import TIME_LIMIT, Failure, Job, LintMessage, Options, Rendered
from chartgen.engine.archive import archive
from chartgen.engine.death import Death, as_failure
from chartgen.engine.failure import chart_path, failure
from chartgen.engine.folder import folder_name
from chartgen.engine.lintmessages import from_library
from chartgen.engine.pool import Pool, Request
from chartgen.engine.prepare import Prepared, offline, prepare
from chartgen.engine.process import Reply
from chartgen.engine.undecodable import undecodable
from chartgen.errors import CannotDo, EngineError
from chartgen.processors import processors

_LOAD_CODES = {b"-2", b"-8", b"-20", b"-21"}
_VALUES_CODE = b"-22"
_CLOCK = r"(?m)^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d "


class Embedded:
    """Renders and lints in worker processes; see ``api.Engine``.

    ``jobs`` is the number of workers at most, by default the number of processors. ``time_limit`` is in seconds for
    each render, ``memory`` in bytes of address space for each worker (kept on Linux only).
    """

    name = "embedded"

    def __init__(self, *, jobs: int | None = None, time_limit: float = TIME_LIMIT, memory: int = spawn.MEMORY) -> None:
        library = spawn.library()
        if library is None:
            raise EngineError("Helm's library is not installed", hint="install helm-python-sdk, or put helm on PATH")
        self.identity = library
        self._time_limit = time_limit
        self._memory = memory
        self._pool = Pool(library, size=jobs or processors(), memory=memory)
        self._parsed: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Embedded:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        self._pool.close()

    def render(self, jobs: Iterable[Job]) -> Iterator[Rendered | Failure]:
        """Render jobs, several at a time, in their order. Raises CannotDo for settings Helm cannot read."""
        packed = _Packer()

        def fields(job: Prepared) -> tuple[bytes, ...]:
            return (b"render", packed(job.chart), _json(job.values), _options(job.job.options))

        run = self._run(jobs, fields)
        return (answer if isinstance(answer, Failure) else _rendered(job, answer) for job, answer in run)

    def lint(self, jobs: Iterable[Job]) -> Iterator[tuple[LintMessage, ...] | Failure]:
        """Run Helm's own lint over each job's chart and values; Helm's lint knows no API versions."""

        def fields(job: Prepared) -> tuple[bytes, ...]:
            options = {"namespace": job.job.options.namespace, "kube_version": _kube_version(job.job.options)}
            files = chain.from_iterable((_path(path), content) for path, content in job.chart.files.items())
            return (b"lint", _json(job.values), _json(options), folder_name(job.chart).encode(), *files)

        run = self._run(jobs, fields, refuse=False)
        return (answer if isinstance(answer, Failure) else _linted(answer) for _, answer in run)

    def _run(
        self, jobs: Iterable[Job], fields: Callable[[Prepared], tuple[bytes, ...]], *, refuse: bool = True
    ) -> Iterator[tuple[Prepared, Reply | Failure]]:
        """Each job with its answer, in order. Without ``refuse``, jobs that Helm's install would refuse go on."""
        asked: dict[int, Prepared] = {}

        def requests() -> Iterator[Request | None]:
            for index, job in enumerate(jobs):
                asked[index] = prepared = prepare(job, self._parse)
                yield None if prepared.refused and refuse else Request(fields(prepared), self._time_limit)

        def results() -> Iterator[tuple[Prepared, Reply | Failure]]:
            for index, answer in enumerate(answers):
                job = asked.pop(index)
                if answer is None:
                    assert job.refused
                    yield job, job.refused
                elif again := _offline(job, answer, lint=not refuse):
                    yield again, self._checked(again, self._ask(*fields(again)))
                else:
                    yield job, self._checked(job, answer)

        jobs = self._parse_ahead(jobs)
        answers = self._pool.run(requests())
        return results()

    def _checked(self, job: Prepared, answer: Reply | Death) -> Reply | Failure:
        """The answer, if it is a success."""
        if isinstance(answer, Death):
            return self._death(answer)
        code = answer.fields[0]
        if code == b"0":
            return answer
        kind = "load" if code in _LOAD_CODES else "values" if code == _VALUES_CODE else "render"
        return failure(answer.fields[1].decode("utf-8", "replace"), job.chart, kind=kind)

    def _death(self, death: Death) -> Failure:
        return as_failure(death, time_limit=self._time_limit, memory=self._memory)

    def _parse_ahead(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """The jobs, the ``--set`` of the first having been parsed while all workers are still idle."""
        rest = iter(jobs)
        if (first := next(rest, None)) is None:
            return rest
        for expression in first.set_values:
            self._parse(expression)
        return chain([first], rest)

    def _parse(self, expression: str) -> dict[str, Any]:
        """What a ``--set`` expression sets, as Helm's parser has it. Raises CannotDo when it has nothing."""
        if expression not in self._parsed:
            answer = self._ask(b"parse", expression.encode("utf-8", "surrogateescape"))
            if isinstance(answer, Death):
                raise CannotDo(f"--set {expression!r}: {self._death(answer).message}")
            code, text = answer.fields
            if code != b"0":
                raise CannotDo(f"--set {expression!r}: {text.decode('utf-8', 'replace')}", hint="give it as key=value")
            self._parsed[expression] = json.loads(text)
        return self._parsed[expression]

    def _ask(self, *fields: bytes) -> Reply | Death:
        """One request between those of the runs."""
        (answer,) = self._pool.run([Request(fields, self._time_limit)])
        assert answer is not None
        return answer


class _Packer:
    """Archives charts, remembering the last: the scenarios of a chart follow one another."""

    def __init__(self) -> None:
        self._last: tuple[Chart | None, bytes] = (None, b"")

    def __call__(self, chart: Chart) -> bytes:
        if self._last[0] is not chart:
            self._last = (chart, archive(chart))
        return self._last[1]


def _offline(job: Prepared, answer: Reply | Death, *, lint: bool) -> Prepared | None:
    """The job without its schemas if one of them could not be fetched; lint says so in an answer without error."""
    if isinstance(answer, Death) or (answer.fields[0] == b"0" and not lint):
        return None
    return offline(job, answer.fields[1].decode("utf-8", "replace"))


def _rendered(job: Prepared, answer: Reply) -> Rendered:
    _, files, crds = answer.fields
    texts = undecodable(json.loads(files), job.chart)
    definitions: list[dict[str, str]] = json.loads(crds) or []
    return Rendered(
        {chart_path(name, job.chart): text for name, text in sorted(texts.items())},
        {chart_path(crd["filename"], job.chart): crd["data"] for crd in definitions},
        re.sub(_CLOCK, "", answer.log) if answer.log else "",
        job.objections,
    )


def _linted(answer: Reply) -> tuple[LintMessage, ...]:
    return from_library(json.loads(answer.fields[1]), Path(os.fsdecode(answer.fields[2])))


def _path(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _json(value: Any) -> bytes:
    return json.dumps(value, default=dict).encode("utf-8", "surrogateescape")


def _kube_version(options: Options) -> str:
    return f"v{options.kube_version.removeprefix('v')}"


def _options(options: Options) -> bytes:
    return _json(
        {
            "name": options.release,
            "namespace": options.namespace,
            "revision": 1,
            "is_install": not options.is_upgrade,
            "is_upgrade": options.is_upgrade,
            "kube_version": _kube_version(options),
            "api_versions": list(options.api_versions),
        }
    )
