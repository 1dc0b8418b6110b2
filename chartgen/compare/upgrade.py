"""The cluster's view of the step from one chart to another: what ``helm upgrade`` does, object by object.

Everything that differs in the cluster counts, also labels with a version and checksums: they are what restarts pods.
Source for what Helm does: ``pkg/action/upgrade.go`` and ``pkg/kube/client.go`` of Helm 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chartgen.absent import ABSENT
from chartgen.compare.comparison import Comparison
from chartgen.compare.crds import CrdPair
from chartgen.compare.fields import FieldChange
from chartgen.compare.hooks import runs
from chartgen.compare.immutable import refused
from chartgen.compare.normal import resource
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.compare.references import sources
from chartgen.compare.topics import in_pod
from chartgen.engine.objects import RenderedObject
from chartgen.kube.access import get
from chartgen.location import Pointer
from chartgen.upgrades import Definition, Fate, Field, ObjectFate, Upgrade

_FIRST = (
    "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodDisruptionBudget", "ServiceAccount", "Secret",
    "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole",
    "ClusterRoleBinding", "Role", "RoleBinding", "Service", "DaemonSet", "Pod", "ReplicaSet", "Deployment",
    "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress",
)  # fmt: skip
"""The order in which Helm creates objects. Source: ``pkg/release/v1/util/kind_sorter.go``."""

_RESTARTED = frozenset(("Deployment", "StatefulSet", "DaemonSet"))
_ANEW = "made up anew at each rendering"
_FATES = (Fate.REFUSED, Fate.CREATED, Fate.CHANGED, Fate.DELETED, Fate.KEPT)


def upgrade(scenario: ScenarioComparison, both: Comparison) -> Upgrade:
    """What the upgrade does under the values of a scenario."""
    for side, rendering in (("old", scenario.old), ("new", scenario.new)):
        if rendering.failure is not None:
            return Upgrade(scenario.name, failure=f"the {side} chart does not render: {rendering.failure.message}")
    fates = [*_pairs(scenario), *_moved(scenario), *_crds(both.crds, scenario)]
    fates += (_object(Fate.CREATED, obj, scenario) for obj in scenario.added if not obj.hooks)
    fates += (_gone(obj, scenario) for obj in scenario.removed if not obj.hooks)
    objects = sorted((one for one in fates if one.fate is not Fate.UNCHANGED), key=_order)
    return Upgrade(
        scenario.name,
        tuple(objects),
        len(fates) - len(objects),
        runs(scenario),
        tuple(_definitions(both.crds)),
        tuple(_stale(scenario, objects)),
    )


def _order(one: ObjectFate) -> tuple[int, int, str]:
    kind = one.ref.partition("/")[0]
    return (_FATES.index(one.fate), _FIRST.index(kind) if kind in _FIRST else len(_FIRST), one.ref)


def _object(fate: Fate, obj: RenderedObject, scenario: ScenarioComparison, was: str = "", why: str = "") -> ObjectFate:
    return ObjectFate(fate, obj.ref, obj.api_version, _space(obj, scenario), was=was, why=why)


def _space(obj: RenderedObject, scenario: ScenarioComparison) -> str:
    return (obj.namespace or scenario.namespace) if resource(obj).namespaced else ""


def _gone(obj: RenderedObject, scenario: ScenarioComparison) -> ObjectFate:
    kept = str(obj.annotations.get("helm.sh/resource-policy", "")).strip().lower() == "keep"
    return _object(
        Fate.KEPT if kept else Fate.DELETED, obj, scenario, why="helm.sh/resource-policy: keep" if kept else ""
    )


def _pairs(scenario: ScenarioComparison) -> Iterator[ObjectFate]:
    for pair in scenario.pairs:
        if pair.old.hooks and pair.new.hooks:
            continue
        if pair.old.hooks:
            why = "it was a hook, which Helm does not own: 'invalid ownership metadata' while it exists"
            yield _object(Fate.REFUSED, pair.new, scenario, why=why)
        elif pair.new.hooks:
            yield _object(Fate.DELETED, pair.old, scenario, why="it is a hook now, which creates it anew")
        else:
            yield _changed(pair, scenario)


def _changed(pair: ObjectPair, scenario: ScenarioComparison) -> ObjectFate:
    fields = (*(_field(pair, change) for change in pair.applied), *_made_up(pair))
    no = refused(pair)
    fate = Fate.REFUSED if no else Fate.CHANGED if fields else Fate.UNCHANGED
    found = _object(fate, pair.new, scenario, why=no[0].words if no else "")
    return found._replace(fields=fields, restarts=_restarts(pair) if fate is Fate.CHANGED else "")


def _field(pair: ObjectPair, change: FieldChange) -> Field:
    if pair.kind == "Secret" and change.path[0] in ("data", "stringData"):
        before, after = (ABSENT if side is ABSENT else None for side in (change.before, change.after))
        return Field(change.dotted, before, after, is_masked=True)
    return Field(change.dotted, change.before, change.after)


def _made_up(pair: ObjectPair) -> Iterator[Field]:
    masked = pair.kind == "Secret"
    for path in sorted(pair.unstable):
        place = FieldChange(path, Pointer(), Pointer(), None, None).dotted
        yield Field(place, None, None, is_masked=masked, note=_ANEW)


def _restarts(pair: ObjectPair) -> str:
    """Why the pods of a workload are replaced."""
    if pair.kind not in _RESTARTED:
        return ""
    found = [change for change in pair.applied if in_pod(pair.kind, change.path)]
    made_up = [path for path in pair.unstable if in_pod(pair.kind, path)]
    if not found and not made_up:
        return ""
    if get(pair.new.body, "spec", "updateStrategy", "type") == "OnDelete":
        return "only when somebody deletes them (OnDelete)"
    names = list(dict.fromkeys(change.dotted.removeprefix("spec.template.") for change in found))
    names += [f"{path[-1]} is {_ANEW}" for path in made_up]
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")


def _moved(scenario: ScenarioComparison) -> Iterator[ObjectFate]:
    """Objects with another name or kind: one is created, the other deleted."""
    for pair in (*scenario.renamed, *scenario.replaced):
        if not pair.new.hooks:
            yield _object(Fate.CREATED, pair.new, scenario, was=pair.old.ref if not pair.old.hooks else "")
        if not pair.old.hooks:
            yield _gone(pair.old, scenario)


def _crds(pairs: Iterable[CrdPair], scenario: ScenarioComparison) -> Iterator[ObjectFate]:
    """Definitions in templates, which Helm treats like any object."""
    for pair in pairs:
        if pair.new is not None and not pair.new.in_folder:
            if pair.old is None:
                yield _object(Fate.CREATED, pair.new.obj, scenario)
            elif pair.old.in_folder:
                why = "it came from crds/, which Helm does not own: 'invalid ownership metadata' while it exists"
                yield _object(Fate.REFUSED, pair.new.obj, scenario, why=why)
            else:
                fields = tuple(Field(f"{old.name}: {step.field} {step.told}") for old, _, step in pair.steps)
                changed = fields or pair.old.obj.body != pair.new.obj.body
                fate = Fate.CHANGED if changed else Fate.UNCHANGED
                yield _object(fate, pair.new.obj, scenario)._replace(fields=fields)
        elif pair.old is not None and not pair.old.in_folder:
            fate = Fate.KEPT if pair.old.is_kept else Fate.DELETED
            yield _object(fate, pair.old.obj, scenario, why="" if pair.old.is_kept else "with all objects of its kind")


def _definitions(pairs: Iterable[CrdPair]) -> Iterator[Definition]:
    for pair in pairs:
        if pair.new is not None and pair.new.in_folder:
            if pair.old is None:
                yield Definition(pair.ref, "is new and is not installed by an upgrade")
            elif pair.steps or set(pair.old.versions) != set(pair.new.versions):
                yield Definition(pair.ref, "changed and is not upgraded")
        elif pair.new is None and pair.old is not None and pair.old.in_folder:
            yield Definition(pair.ref, "is gone from the chart and stays in the cluster")


def _stale(scenario: ScenarioComparison, objects: Iterable[ObjectFate]) -> Iterator[str]:
    """Pods that go on with what they read when they started."""
    fates = {one.ref: one for one in objects}
    for pair in scenario.pairs:
        own = fates.get(pair.ref)
        if pair.kind in _RESTARTED and not (own and (own.restarts or own.fate is Fate.REFUSED)):
            for kind, name in sorted(sources(pair.new)):
                source = fates.get(f"{kind}/{name}")
                if source and any(field.place.startswith(("data", "binaryData")) for field in source.fields):
                    yield f"{pair.ref} reads {source.ref}, which changes, and is not restarted"
