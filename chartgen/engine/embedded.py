"""Helm's own Go engine through the library that ``helm-python-sdk`` ships, in worker processes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine import spawn
from chartgen.engine.api import Failure, Job, LintMessage, Rendered
from chartgen.engine.archive import archive
from chartgen.engine.constraints import constraint
from chartgen.engine.failure import chart_path, failure
from chartgen.engine.pool import Pool, Request
from chartgen.engine.process import Death, Reply
from chartgen.errors import EngineError

TIME_LIMIT = 10.0
"""Seconds one render may take. Charts that generate certificates take up to five, all others a fraction of one."""

_LOAD_CODES = {b"-2", b"-8", b"-20", b"-21"}
_VALUES_CODE = b"-22"


class Embedded:
    """Renders and lints in worker processes; see ``api.Engine``.

    ``jobs`` is the number of workers at most, by default the number of processors. ``time_limit`` is in seconds for each
    render, ``memory`` in bytes of address space for each worker (kept on Linux).
    """

    name = "embedded"

    def __init__(
        self, *, jobs: int | None = None, time_limit: float = TIME_LIMIT, memory: int = spawn.MEMORY
    ) -> None:
        library = spawn.library()
        if library is None:
            raise EngineError(
                "Helm's library is not installed", hint="pip install helm-python-sdk, or put helm on PATH"
            )
        self._time_limit = time_limit
        self._memory = memory
        self._pool = Pool(library, size=jobs or os.cpu_count() or 1, memory=memory)

    def __enter__(self) -> Embedded:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        self._pool.close()

    def render(self, jobs: Iterable[Job]) -> Iterator[Rendered | Failure]:
        """Render jobs, several at a time, in their order. Raises CannotDo for a ``--set`` that Helm cannot read."""
        asked: list[tuple[Job, Failure | None]] = []
        packed = _Packer()

        def requests() -> Iterator[Request | None]:
            for job in jobs:
                refused = constraint(job.chart, job.options)
                asked.append((job, refused))
                if refused:
                    yield None
                else:
                    fields = (b"render", packed(job.chart), _json(job.values), _options(job))
                    yield Request(fields, self._time_limit)

        for index, answer in enumerate(self._pool.run(requests())):
            job, refused = asked[index]
            asked[index] = (Job(Chart({})), None)  # let go of the chart
            yield refused or self._rendered(answer, job)

    def lint(self, jobs: Iterable[Job]) -> Iterator[tuple[LintMessage, ...] | Failure]:
        """Run Helm's own lint over each job's chart and values."""
        raise NotImplementedError

    def _rendered(self, answer: Reply | Death | None, job: Job) -> Rendered | Failure:
        if not isinstance(answer, Reply):
            return self._death(answer)
        code, *fields = answer.fields
        if code != b"0":
            kind = "load" if code in _LOAD_CODES else "values" if code == _VALUES_CODE else "render"
            return failure(fields[0].decode("utf-8", "replace"), job.chart, kind=kind)
        files: dict[str, str] = json.loads(fields[0])
        crds: list[dict[str, str]] = json.loads(fields[1]) or []
        return Rendered(
            {chart_path(name, job.chart): text for name, text in sorted(files.items())},
            {chart_path(crd["filename"], job.chart): crd["data"] for crd in crds},
            answer.log,
        )

    def _death(self, death: Death | None) -> Failure:
        if death is None or death.kind == "crash":
            why = f": {death.detail}" if death and death.detail else ""
            return Failure("crash", f"Helm's engine gave up{why}")
        if death.kind == "timeout":
            return Failure("timeout", f"was not rendered within {self._time_limit:g} s")
        if death.detail:
            return Failure("memory", death.detail)
        return Failure("memory", f"needs more than {self._memory / (1 << 30):g} GiB of memory to render")


class _Packer:
    """Archives charts, remembering the last: the scenarios of a chart follow one another."""

    def __init__(self) -> None:
        self._last: tuple[Chart | None, bytes] = (None, b"")

    def __call__(self, chart: Chart) -> bytes:
        if self._last[0] is not chart:
            self._last = (chart, archive(chart))
        return self._last[1]


def _json(value: Any) -> bytes:
    return json.dumps(value, default=dict).encode()


def _options(job: Job) -> bytes:
    options = job.options
    return _json(
        {
            "name": options.release,
            "namespace": options.namespace,
            "revision": 1,
            "is_install": not options.is_upgrade,
            "is_upgrade": options.is_upgrade,
            "kube_version": f"v{options.kube_version.removeprefix('v')}",
            "api_versions": list(options.api_versions),
        }
    )
