"""Lock files that no longer belong to their Chart.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.kube.access import items, text
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile

_FIELDS = ("name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias")
_ALWAYS = ("name", "repository")
_TEXTS = ("name", "version", "repository", "condition", "alias")


class StaleChartLock(ChartRule):
    """Chart.lock was not made from the dependencies that Chart.yaml declares.

    ## Why
    `helm dependency build`, which pipelines use to fetch exactly the locked versions, ends with `the lock file is out
    of sync`. Somebody edited Chart.yaml and did not run `helm dependency update`.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ^20.2.0
        repository: https://charts.example.com
    ```
    ```yaml
    # Chart.lock
    dependencies:
      - name: redis
        version: 20.1.0
        repository: https://charts.example.com
    digest: sha256:0000000000000000000000000000000000000000000000000000000000000000 # here
    generated: "2026-01-01T00:00:00Z"
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    dependencies:
      - name: redis
        version: ^20.2.0
        repository: https://charts.example.com
    ```
    ```yaml
    # Chart.lock
    dependencies:
      - name: redis
        repository: https://charts.example.com
        version: 20.3.1
    digest: sha256:cb115020c573f6f2f158c446d7e9c4ba8b41b55fa1dacc5f47283a94d7cfd293
    generated: "2026-01-01T00:00:00Z"
    ```
    """

    id = "stale-chart-lock"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    needs = ("Chart.lock", "requirements.lock")

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Compute the digest as Helm does and compare; requirements.lock belongs to charts made for Helm 2.

        A repository that is named by an alias (``@bitnami``) is put in its place before Helm computes the digest; whose
        lock file it is cannot be told here.
        """
        is_old = ctx.data("Chart.yaml").get("apiVersion") != "v2" and "requirements.lock" in ctx.chart.files
        source, lock = ("requirements.yaml", "requirements.lock") if is_old else ("Chart.yaml", "Chart.lock")
        digest = text(ctx.data(lock), "digest")
        wanted = items(ctx.data(source), "dependencies")
        locked = items(ctx.data(lock), "dependencies")
        if not digest or any(text(item, "repository").startswith(("@", "alias:")) for item in wanted):
            return
        valid = {_digest([_plain(wanted), _plain(locked)])}
        if is_old:
            valid.add(_digest({"dependencies": _plain(wanted)}))
        if digest not in valid:
            yield self.fault(
                Place.in_file(ctx.locate(lock, Pointer(("digest",)))),
                f"does not belong to the dependencies in {source}",
                help="run 'helm dependency update'",
            )


def _plain(dependencies: list[Any]) -> list[Mapping[str, Any]] | None:
    """Dependencies with the fields, in the order, in which Go writes the struct ``Dependency``; nothing is ``null``.

    Source: ``pkg/chart/v2/dependency.go``.
    """
    return [_fields(item) for item in dependencies if isinstance(item, dict)] or None


def _fields(item: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for field in _FIELDS:
        value = item.get(field)
        if field in _TEXTS:
            value = "" if value is None else str(value)
        if value or field in _ALWAYS:
            found[field] = value
    return found


def _digest(data: Any) -> str:
    """The SHA-256 of data as Go's ``encoding/json`` writes it. Source: ``HashReq`` in ``internal/resolver``."""
    from hashlib import sha256  # loads OpenSSL, which few runs need

    text = json.dumps(_sorted_below(data), ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _sorted_below(data: Any) -> Any:
    """The same with the keys of ``import-values`` in order, as Go writes maps."""
    if isinstance(data, list):
        return [_sorted_below(item) for item in data]
    if isinstance(data, dict):
        return {key: _ordered(value) if key == "import-values" else _sorted_below(value) for key, value in data.items()}
    return data


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value
