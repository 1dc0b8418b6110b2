"""The judgement: a container is given what it was given in another environment variable."""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._told import listed
from chartgen.kube.access import WORKLOADS


class VariableRenamed(AlikeJudgement):
    """A container is given what it was given in another environment variable.

    ## Why
    Only another image reads the new name. Whoever has pinned the image, or runs one of their own, starts it without
    what it needs, and whoever sets the old variable besides sets nothing any more. bitnami/owncloud 10.0.0 called
    ``MARIADB_HOST`` ``OWNCLOUD_DATABASE_HOST``, bitnami/valkey 2.0.0 every master primary. What says little (``true``,
    ``1``) or the name of the pod is no sign that two variables are one, and init containers are the chart's own affair.

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
              image: "web:1.0"
              env:
                - name: WEB_DATABASE_HOST # here
                  value: "db.example.com"
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
              image: "web:1.0"
              env:
                - name: WEB_DATABASE_HOST
                  value: "other.example.com"
                - name: WEB_DEBUG
                  value: "false"
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
        gone = [one for one in changed if one.after is ABSENT and "initContainers" not in one.path]
        come = [one for one in changed if one.before is ABSENT]
        found = [(one, other) for one in gone for other in come if _is_same(one, other)]
        if found:
            names = listed(f"{one.before['name']} -> {other.after['name']}" for one, other in found)
            yield Event(f"variables have other names ({names})", found[0][0].old, found[0][1].new)


_SAYS_LITTLE = 3
"""Values of fewer letters are those of many variables."""


def _is_same(one: FieldChange, other: FieldChange) -> bool:
    """Whether one variable of a container holds what another one of it held."""
    if one.path[:-1] != other.path[:-1]:
        return False
    before, after = _held(one.before), _held(other.after)
    return before is not None and before == after


def _held(variable: Any) -> Mapping[str, Any] | str | None:
    """What a variable holds, or where it comes from; None where that is nothing of its own."""
    if not isinstance(variable, Mapping) or not isinstance(variable.get("name"), str):
        return None
    source, value = variable.get("valueFrom"), variable.get("value")
    if isinstance(source, Mapping):
        return source if "secretKeyRef" in source or "configMapKeyRef" in source else None
    is_common = not isinstance(value, str) or len(value) < _SAYS_LITTLE or value.lower() in ("true", "false", "yes")
    return None if is_common else str(value)
