"""What charts depend on: whether a version fits, how a range is raised, and Chart.lock kept in step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chartgen.fielddata import CannotEdit
from chartgen.location import Pointer
from chartgen.release.scalars import set_text
from chartgen.tuples import NamedTuple
from chartgen.version import Range, Version

LOCAL = "file://"


class Dependency(NamedTuple):
    """An entry of ``dependencies``: its place in the list, its name, the versions it takes, its repository."""

    place: int
    name: str
    version: str
    repository: str

    @property
    def folder(self) -> str:
        """Where a local dependency is, from the chart's folder; ``""`` for one from elsewhere."""
        return self.repository.removeprefix(LOCAL) if self.repository.startswith(LOCAL) else ""


def dependencies(metadata: Mapping[str, Any]) -> tuple[Dependency, ...]:
    """What a Chart.yaml (or an old requirements.yaml) depends on; what makes no sense is left out."""
    listed = metadata.get("dependencies")
    return tuple(
        Dependency(index, str(one.get("name")), str(one.get("version") or ""), str(one.get("repository") or ""))
        for index, one in enumerate(listed if isinstance(listed, list) else ())
        if isinstance(one, dict) and one.get("name")
    )


_RANGE = re.compile(
    r"(?P<operator>\^|~>?|=|)(?P<blank>\s*)(?P<v>v?)(?P<numbers>\d+(?:\.\d+){0,2})(?P<any>(?:\.[xX*])*)(?P<pre>-[0-9A-Za-z.-]+)?"
)


def raised_range(text: str, version: str) -> str:
    """The versions a dependency takes, so that ``version`` is among them: the same text where it is already.

    ``1.2.3`` becomes the version itself, ``^1.2.3`` and ``1.x`` keep their manner. Raises CannotEdit for a range that
    says more than that.
    """
    try:
        wanted = Version.parse(version)
        fits = wanted in Range(text)
    except ValueError as error:
        raise CannotEdit(str(error)) from None
    parts = _RANGE.fullmatch(text.strip())
    exact = parts is not None and parts["operator"] in ("", "=") and parts["numbers"].count(".") == 2
    if fits and not exact:
        return text
    if parts is None:
        raise CannotEdit(f"{version} is not in the range {text!r}, which somebody has to change by hand")
    known = parts["numbers"].count(".") + 1
    numbers = ".".join(map(str, wanted.numbers[:known]))
    # Only what names all three numbers can name a pre-release.
    pre = f"-{wanted.pre}" if wanted.pre and known == 3 else ""
    if wanted.pre and known < 3:
        raise CannotEdit(f"the range {text!r} takes no pre-release such as {version}")
    return f"{parts['operator']}{parts['blank']}{parts['v']}{numbers}{parts['any']}{pre}"


def with_dependency(text: str, dependency: Dependency, version: str) -> str:
    """A Chart.yaml whose dependency takes a version. Raises CannotEdit."""
    wanted = raised_range(dependency.version, version)
    if wanted == dependency.version:
        return text
    return set_text(text, Pointer(("dependencies", dependency.place, "version")), wanted)


def with_lock(
    text: str, lock: Mapping[str, Any], *, before: Mapping[str, Any], after: Mapping[str, Any], name: str, version: str
) -> str:
    """A Chart.lock in which a dependency has a version, with Helm's digest of both files.

    ``before`` and ``after`` are Chart.yaml as data. Raises CannotEdit when the lock is not that of ``before``, so that
    nobody knows what else it has missed.
    """
    locked = lock.get("dependencies")
    if not isinstance(locked, list) or lock.get("digest") != digest(before, locked):
        raise CannotEdit("it is not that of Chart.yaml; run helm dependency update")
    changed = []
    for index, one in enumerate(locked):
        if isinstance(one, dict) and one.get("name") == name and str(one.get("repository", "")).startswith(LOCAL):
            text = set_text(text, Pointer(("dependencies", index, "version")), version)
            one = {**one, "version": version}
        changed.append(one)
    return set_text(text, Pointer(("digest",)), digest(after, changed))


def digest(metadata: Mapping[str, Any], locked: Sequence[Any]) -> str:
    """Helm's digest of what is wanted and what is locked (``resolver.HashReq``): ``sha256:...``."""
    import hashlib
    import json

    listed = metadata.get("dependencies")
    both = [[_as_go(one) for one in some] for some in (listed if isinstance(listed, list) else [], locked)]
    text = json.dumps(both, ensure_ascii=False, separators=(",", ":"))
    for char, written in (
        ("&", "\\u0026"),
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(char, written)
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


_FIELDS = ("name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias")
_ALWAYS = ("name", "repository")


def _as_go(entry: Any) -> dict[str, Any]:
    """A dependency as Go's encoder writes Helm's ``chart.Dependency``: fields in their order, empty ones left out."""
    one = entry if isinstance(entry, dict) else {}
    found = {}
    for field in _FIELDS:
        value = one.get(field)
        if field in _ALWAYS:
            found[field] = value if isinstance(value, str) else ""
        elif value:
            found[field] = _sorted(value)
    return found


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value
