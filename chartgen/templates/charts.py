"""The charts in a chart: where each stands in the values, and the values Helm would give it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chartgen.chart.model import Chart
from chartgen.templates.abstract import Parts
from chartgen.tuples import NamedTuple

Data = Callable[[str], Mapping[str, Any]]
"""Reads the mapping in a YAML file of the chart; empty for a file that does not exist or does not parse."""


class Instance(NamedTuple):
    """One chart: the one at the top, or a subchart under its name or alias.

    ``prefix`` is where its values are in those of the top, ``folder`` where its files are (``charts/a/``).
    ``dependencies`` are the entries of its Chart.yaml.
    """

    prefix: Parts
    folder: str
    name: str
    is_library: bool
    dependencies: tuple[Mapping[str, Any], ...]
    templates: tuple[str, ...]


class Family(NamedTuple):
    """All charts of a chart. ``vague`` are places in the values that charts nobody can look into may read, or fill."""

    instances: tuple[Instance, ...]
    vague: frozenset[Parts]

    @property
    def is_alone(self) -> bool:
        """Whether there are no subcharts."""
        return len(self.instances) == 1 and not self.vague


def family(chart: Chart, data: Data) -> Family:
    """The charts in a chart that are unpacked; packed and missing ones leave their place in the values vague."""
    vague: set[Parts] = set()
    found = tuple(_instances(tuple(chart.files), "", (), data, vague, 0, [1]))
    return Family(found, frozenset(vague))


_DEEPEST = 8

_MOST_CHARTS = 300
"""Charts in a chart, counted once for each alias; further ones are not looked into. Public charts have up to 40."""


def _instances(
    files: tuple[str, ...], folder: str, prefix: Parts, data: Data, vague: set[Parts], depth: int, taken: list[int]
) -> Iterator[Instance]:
    metadata = data(f"{folder}Chart.yaml")
    own = tuple(path for path in files if path.startswith(folder))
    entries = metadata.get("dependencies") or data(f"{folder}requirements.yaml").get("dependencies")
    declared = tuple(entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    start = f"{folder}templates/"
    templates = tuple(path for path in own if path.startswith(start))
    is_library = metadata.get("type") == "library"
    yield Instance(prefix, folder, str(metadata.get("name", "")), is_library, declared, templates)
    known = {str(entry.get("name")): [] for entry in declared}  # type: dict[str, list[str]]
    for entry in declared:
        known[str(entry.get("name"))].append(str(entry.get("alias") or entry.get("name")))
        vague.update(prefix + parts for parts in _imported(entry))
    for below in dict.fromkeys(_subfolders(own, folder)):
        name = str(data(f"{below}Chart.yaml").get("name", ""))
        for called in known.pop(name, None) or [name]:
            if depth >= _DEEPEST or taken[0] >= _MOST_CHARTS:
                vague.add((*prefix, called))
            else:
                taken[0] += 1
                yield from _instances(own, below, (*prefix, called), data, vague, depth + 1, taken)
    vague.update((*prefix, called) for missing in known.values() for called in missing)
    if any(path.startswith(f"{folder}charts/") and path.endswith(".tgz") for path in own):
        vague.add((*prefix, "global"))


def _subfolders(files: tuple[str, ...], folder: str) -> Iterator[str]:
    start = f"{folder}charts/"
    for path in files:
        if path.startswith(start) and path.endswith("/Chart.yaml") and path.count("/", len(start)) == 1:
            yield path.removesuffix("Chart.yaml")


def _imported(entry: Mapping[str, Any]) -> Iterator[Parts]:
    """The places that ``import-values`` of a dependency takes values from, and puts them."""
    called = str(entry.get("alias") or entry.get("name"))
    listed = entry.get("import-values")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, str):
            yield (called, "exports")
            yield ("*",)  # what is exported lands anywhere at the top
        elif isinstance(one, dict):
            yield (called, *str(one.get("child", "")).split("."))
            parent = str(one.get("parent", "."))
            yield tuple(part for part in parent.split(".") if part) or ("*",)


def defaults(charts: Family, data: Data) -> Mapping[str, Any]:
    """The values of the chart at the top when nobody sets any, those of its subcharts under their names."""
    top, *others = charts.instances
    values = data(f"{top.folder}values.yaml")
    if not others:
        return values
    trees = {one.prefix: dict(data(f"{one.folder}values.yaml")) for one in charts.instances}
    for one in sorted(others, key=lambda one: len(one.prefix), reverse=True):
        parent = trees[one.prefix[:-1]]
        above = parent.get(one.prefix[-1])
        parent[one.prefix[-1]] = overlaid(trees[one.prefix], above if isinstance(above, dict) else {})
    result = trees[top.prefix]
    for one in sorted(others, key=lambda one: len(one.prefix)):
        _hand_down_globals(result, one.prefix)
    return result


def _hand_down_globals(values: dict[str, Any], prefix: Parts) -> None:
    parent = values
    for part in prefix[:-1]:
        parent = parent[part]
    own = parent[prefix[-1]]
    shared = parent.get("global")
    below = own.get("global")
    own["global"] = overlaid(below if isinstance(below, dict) else {}, shared if isinstance(shared, dict) else {})


def overlaid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Values laid over others as Helm does: maps are merged, null takes a key away, all else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if value is None and key in merged:
            del merged[key]
        elif isinstance(value, dict) and isinstance(old, dict):
            merged[key] = overlaid(old, value)
        else:
            merged[key] = value
    return merged


def switches(charts: Family) -> Iterator[Parts]:
    """The places in the values that say which subcharts are used: ``condition`` and ``tags`` in Chart.yaml."""
    for one in charts.instances:
        for entry in one.dependencies:
            yield from switches_of(entry, one.prefix)


def switches_of(entry: Mapping[str, Any], prefix: Parts = ()) -> Iterator[Parts]:
    """The places in the values that say whether one dependency, of the chart at ``prefix``, is used."""
    conditions = entry.get("condition")
    for path in conditions.split(",") if isinstance(conditions, str) else ():
        yield prefix + tuple(path.strip().split("."))
    tags = entry.get("tags")
    yield from (("tags", str(tag)) for tag in tags or () if isinstance(tags, list))
