"""The judgement: a container is given what it was given in another environment variable."""

from collections.abc import Iterator
from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._containers import is_of_first
from chartgen.judgements.objects._told import listed
from chartgen.kube.access import CONTROLLERS, WORKLOADS, get


class VariableRenamed(AlikeJudgement):
    """A container is given what it was given in another environment variable.

    ## Why
    Only another image reads the new name. Whoever has pinned the image, or runs one of their own, starts it without
    what it needs, and whoever sets the old variable besides sets nothing any more. bitnami/owncloud 10.0.0 called
    ``MARIADB_HOST`` ``OWNCLOUD_DATABASE_HOST``, bitnami/minio 9.0.0 its keys ``MINIO_ROOT_USER`` and
    ``MINIO_ROOT_PASSWORD``. That asks for a major version where the pod's first container is given several others, with
    another image; a single one, or one for the image that was there before, is a name put right more often than not.
    What says little (``true``, ``1``) or the name of the pod is no sign that two variables are one, nor are names that
    have no word in common, and init containers are the chart's own affair.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
              env:
                - name: MARIADB_HOST # here
                  value: "db.example.com"
                - name: MARIADB_PORT
                  value: "3306"
                - name: WEB_DEBUG
                  value: "false"
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.1"
              env:
                - name: WEB_DATABASE_HOST # here
                  value: "db.example.com"
                - name: WEB_DATABASE_PORT
                  value: "3306"
                - name: WEB_DEBUG
                  value: "false"
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.1"
              env:
                - name: WEB_DATABASE_HOST
                  value: "other.example.com"
                - name: WEB_LEVEL
                  value: "3306"
                - name: WEB_DEBUG
                  value: "false"
    ```

    ## Before: a name put right
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
              env:
                - name: DATABASE_HOTS # here
                  value: "db.example.com"
    ```

    ## After: a name put right
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: "web:1.0"
              env:
                - name: DATABASE_HOST # here
                  value: "db.example.com"
    ```
    """

    id = "variable-renamed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever has pinned the image, runs one of their own, or sets the old variable"
    advice = "tell the new names, and from which version of the image on they are read"
    kinds = WORKLOADS

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at the first of the variables."""
        changed = [one for one in pair.about("process") if one.path[-2:-1] == ("env",)]
        come: dict[tuple[str, ...], list[FieldChange]] = {}
        for other in changed:
            if other.before is ABSENT:
                come.setdefault((*other.path[:-1], *_held(other.after)), []).append(other)
        found = []
        for one in changed:
            held = _held(one.before) if one.after is ABSENT and "initContainers" not in one.path else ()
            others = come.get((*one.path[:-1], *held), []) if held else []
            if len(others) <= _MANY:
                found += [(one, other) for other in others if _words(one.before) & _words(other.after)]
        if found:
            names = listed(f"{one.before['name']} -> {other.after['name']}" for one, other in found)
            is_much = len({one.path for one, _ in found if _is_of_another_image(one, pair)}) > 1
            level = None if is_much else Level.MINOR
            yield Event(f"variables have other names ({names})", found[0][0].old, found[0][1].new, level)


_SAYS_LITTLE = 3
"""Values of fewer letters are those of many variables."""

_MANY = 3
"""So are those that more variables than these are given."""


def _is_of_another_image(variable: FieldChange, pair: ObjectPair) -> bool:
    """Whether a variable is one of the first container of what keeps running, and that runs another image."""
    image = (*variable.path[:-2], "image")
    return pair.kind in CONTROLLERS and is_of_first(variable.old) and any(one.path == image for one in pair.changes)


def _words(variable: Any) -> set[str]:
    return set(variable["name"].lower().split("_"))


def _held(variable: Any) -> tuple[str, ...]:
    """What a variable holds, or where it comes from; nothing where that is nothing of its own."""
    if not isinstance(get(variable, "name"), str):
        return ()
    for kind in ("secretKeyRef", "configMapKeyRef"):
        source = get(variable, "valueFrom", kind)
        if isinstance(source, dict):
            return kind, str(source.get("name")), str(source.get("key"))
    value = get(variable, "value")
    is_common = not isinstance(value, str) or len(value) < _SAYS_LITTLE or value.lower() in ("true", "false", "yes")
    return () if is_common else (str(value),)
