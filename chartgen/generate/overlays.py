"""values-<environment>.yaml: what an environment sets differently from values.yaml, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chartgen.generate.resolve import resolve
from chartgen.generate.values import values_tree
from chartgen.generate.valuetree import Block, Key, Node, values_text
from chartgen.location import Pointer
from chartgen.spec.model import AppSpec

HEADER = "Values of the environment "
"""How the comment at the top of the files begins."""

ABSENT = object()
"""Stands for what is not there, where None would be a value."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that an environment has in place of another; ``old`` or ``new`` is ABSENT where there is none."""

    path: Pointer
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Overlay:
    """The values of one environment. ``nodes`` are those of values.yaml that differ, with the values to lay over."""

    environment: str
    nodes: tuple[Node, ...]

    @property
    def path(self) -> str:
        """The file in the chart."""
        return f"values-{self.environment}.yaml"

    def text(self, chart: str) -> str:
        """The file's text; ``chart`` is the chart's name."""
        use = f"helm upgrade --install {chart} . --values {self.path}"
        header = f"{HEADER}{self.environment}, laid over values.yaml:\n  {use}"
        if not self.nodes:
            return values_text((), f"{header}\nNothing differs.") + "{}\n"
        return values_text(self.nodes, header)


def overlays(spec: AppSpec, nodes: Sequence[Node]) -> Iterator[Overlay]:
    """The overlays of all environments; ``nodes`` are the settings of the chart without one."""
    for name, changed in spec.environments.items():
        yield Overlay(name, tuple(_changed(nodes, _nodes(spec, changed))))


def differences(spec: AppSpec) -> dict[str, tuple[Difference, ...]]:
    """What the values of each environment are in place of, in the order of values.yaml."""
    if not spec.environments:
        return {}
    nodes = values_tree(resolve(spec))
    return {
        name: tuple(_differences(_values(nodes), _values(_nodes(spec, changed)), Pointer()))
        for name, changed in spec.environments.items()
    }


def _nodes(spec: AppSpec, changed: AppSpec) -> tuple[Node, ...]:
    """The settings of an environment. An empty tag means the chart's appVersion, which is that of the spec itself."""
    nodes = values_tree(resolve(changed))
    tag = changed.image.tag
    if not tag or tag == spec.image.tag:
        return nodes
    return tuple(_with_tag(node, tag) if node.name == "image" and isinstance(node, Block) else node for node in nodes)


def _with_tag(image: Block, tag: str) -> Block:
    children = (replace(child, value=tag) if child.name == "tag" and isinstance(child, Key) else child
                for child in image.children)  # fmt: skip
    return replace(image, children=tuple(children))


def _changed(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Node]:
    """The nodes that differ, without their comments. Raises ValueError for trees that differ in more than values.

    A value that means something else beside the others, and is therefore remarked on, is there too.
    """
    for before, after in zip(old, new, strict=True):
        if before.name != after.name:
            raise ValueError(f"an environment has the setting {after.name!r} in place of {before.name!r}")
        if isinstance(before, Block) and isinstance(after, Block):
            children = tuple(_changed(before.children, after.children))
            if children:
                yield Block(after.name, children)
        elif isinstance(before, Key) and isinstance(after, Key) and _differ(before, after):
            yield Key(after.name, _over(before.value, after.value), "", after.schema, remarks=after.remarks)


def _differ(before: Key, after: Key) -> bool:
    remarked = bool(after.remarks) and after.remarks != before.remarks and not isinstance(after.value, Mapping)
    return before.value != after.value or remarked


def _over(old: Any, new: Any) -> Any:
    """What turns one value into another when Helm lays it over: null removes a key of a mapping."""
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        return new
    changed = {key: _over(old[key], value) if key in old else value
               for key, value in new.items() if key not in old or old[key] != value}  # fmt: skip
    return {**changed, **{key: None for key in old if key not in new}}


def _values(nodes: Sequence[Node]) -> dict[str, Any]:
    return {node.name: _values(node.children) if isinstance(node, Block) else node.value for node in nodes}


def _differences(old: Any, new: Any, path: Pointer) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _differences(old.get(key, ABSENT), new.get(key, ABSENT), path / key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differences(before, after, path / index)
    else:
        yield Difference(path, old, new)
