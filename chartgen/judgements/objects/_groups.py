"""Objects that came or went together, told of once: a workload with its Service, its account and its configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from chartgen.changes import Level
from chartgen.compare.comparison import Comparison
from chartgen.engine.objects import RenderedObject
from chartgen.judgements.base import Verdict
from chartgen.kube.access import CONTROLLERS
from chartgen.tuples import NamedTuple

_FIRST = ("Namespace", *sorted(CONTROLLERS), "CronJob", "Service", "Ingress", "Job", "ServiceAccount")


class Group(NamedTuple):
    """An object, and those that belong to it."""

    head: RenderedObject
    others: tuple[RenderedObject, ...] = ()

    @property
    def told(self) -> str:
        """The others in a message: ``, with Service/web and 2 more``."""
        if not self.others:
            return ""
        refs = [obj.ref for obj in self.others]
        shown = refs if len(refs) <= 3 else [*refs[:2], f"{len(refs) - 2} more"]
        return ", with " + (" and ".join(shown) if len(shown) < 3 else f"{', '.join(shown[:-1])} and {shown[-1]}")


def grouped(objects: Iterable[RenderedObject]) -> tuple[Group, ...]:
    """Gather objects around the most important ones: what has the same name, or that and more, and what has the same
    component label.
    """
    heads: dict[RenderedObject, list[RenderedObject]] = {}
    for obj in sorted(objects, key=_importance):
        head = next((one for one in heads if _belongs(obj, one)), None)
        if head is None:
            heads[obj] = []
        else:
            heads[head].append(obj)
    return tuple(Group(head, tuple(others)) for head, others in heads.items())


def _importance(obj: RenderedObject) -> tuple[int, int, str, str]:
    place = _FIRST.index(obj.kind) if obj.kind in _FIRST else len(_FIRST)
    return (place, len(obj.name), obj.kind, obj.name)


def _belongs(obj: RenderedObject, head: RenderedObject) -> bool:
    if obj.name == head.name or obj.name.startswith(head.name + "-"):
        return True
    at = "app.kubernetes.io/component"
    return obj.labels.get(at) is not None and obj.labels.get(at) == head.labels.get(at)


def once(
    both: Comparison,
    about: str,
    objects: Iterable[RenderedObject],
    level: Callable[[RenderedObject], Level],
    tell: Callable[[Group, Level], Verdict],
) -> Iterator[Verdict]:
    """Tell of objects in groups of one level. What was told of in an earlier scenario is told again in the same words,
    though more or fewer objects may belong to it there.
    """
    known: dict[str, Verdict] = both.memory.setdefault(("objects", about), {})
    left: dict[Level, list[RenderedObject]] = {}
    for obj in objects:
        if obj.ref in known:
            yield known[obj.ref]
        else:
            left.setdefault(level(obj), []).append(obj)
    for step, some in left.items():
        for group in grouped(some):
            verdict = tell(group, step)
            known.update({obj.ref: verdict for obj in (group.head, *group.others)})
            yield verdict
