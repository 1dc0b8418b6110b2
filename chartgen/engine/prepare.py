"""What both engines do before and after Helm: refuse early, leave out what older Helms refuse, never ask a host."""

import re
from collections.abc import Mapping
from typing import Any

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Job
from chartgen.engine.constraints import check_options, constraint
from chartgen.engine.dependencies import missing
from chartgen.engine.schemarefs import without_outside
from chartgen.engine.setvalues import Parse, apply
from chartgen.tuples import NamedTuple

LARGEST_FILE = 5 << 20
"""Bytes of a file that Helm reads before 4.3 (``MaxDecompressedFileSize``), and so does the embedded one."""

_REMOTE = r'failing loading \\?"(https?://[^"\\]+)'


class Prepared(NamedTuple):
    """A job as Helm gets it; with ``refused`` it does not. ``absent`` names dependencies that are missing but off."""

    job: Job
    chart: Chart
    values: Mapping[str, Any]
    refused: Failure | None = None
    objections: tuple[Failure, ...] = ()
    absent: tuple[str, ...] = ()


def prepare(job: Job, parse: Parse) -> Prepared:
    """Check a job and lay its ``--set`` over its values. Raises CannotDo for settings that no chart could have."""
    check_options(job.options)
    values = apply(job.values, job.set_values, parse) if job.set_values else job.values
    chart, large = _without_large_files(job.chart)
    chart, outside = without_outside(chart)
    objections = (*large, *outside)
    if refused := constraint(chart, job.options):
        return Prepared(job, chart, values, refused)
    absent = missing(chart, values)
    if absent is None:
        return Prepared(job, chart, values, None, objections)
    if not absent.switched_off:
        return Prepared(job, chart, values, absent.failure)
    return Prepared(job, chart, values, None, (absent.failure, *objections), absent.names)


def offline(prepared: Prepared, text: str) -> Prepared | None:
    """The job without its schemas, when ``text`` says that one of them would have to be fetched from a host."""
    match = re.search(_REMOTE, text)
    schemas = [path for path in prepared.chart.files if path.endswith("values.schema.json")]
    if not match or not schemas:
        return None
    path = "values.schema.json"
    message = f"the schema refers to {match[1]}, which is not fetched: the values were not checked against it"
    return prepared._replace(
        chart=_without(prepared.chart, set(schemas)),
        objections=(*prepared.objections, Failure("values", message, path if path in schemas else schemas[0])),
    )


def _without_large_files(chart: Chart) -> tuple[Chart, tuple[Failure, ...]]:
    """The chart without large files that only ``.Files`` could reach: images, manuals, what .helmignore forgot."""
    large = [
        path
        for path, content in chart.files.items()
        if len(content) > LARGEST_FILE
        and not path.startswith(("templates/", "crds/", "charts/"))
        and path not in ("Chart.yaml", "values.yaml")
    ]
    if not large:
        return chart, ()
    size = f"is larger than {LARGEST_FILE >> 20} MiB, which Helm before 4.3 does not load"
    return _without(chart, set(large)), tuple(Failure("load", f"{path} {size}", path) for path in large)


def _without(chart: Chart, paths: set[str]) -> Chart:
    files = {path: content for path, content in chart.files.items() if path not in paths}
    return chart._replace(files=files)
