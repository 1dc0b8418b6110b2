"""Expressions of selectors that Kubernetes refuses."""

from collections.abc import Iterator
from typing import Any

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.schema._reach import is_own

_MANY = ("In", "NotIn")
_NONE = ("Exists", "DoesNotExist")
_ONE = ("Gt", "Lt")


class InvalidSelector(ObjectRule):
    """An expression of a selector has an unknown operator, or values that its operator does not take.

    ## Why
    The API server refuses the object: `must be specified when operator is 'In' or 'NotIn'`
    (ValidateLabelSelectorRequirement, ValidateNodeSelectorRequirement). No schema says so. `In` and `NotIn` need
    values, `Exists` and `DoesNotExist` have none; `Gt` and `Lt` are for nodes only and take one.

    ## Bad
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchExpressions:
          - key: app # here
            operator: In
          - key: tier
            operator: exists # here
    ```

    ## Good
    ```yaml
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchExpressions:
          - key: app
            operator: In
            values: [web]
          - key: tier
            operator: Exists
    ```
    """

    id = "invalid-selector"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("matchExpressions", "matchFields")

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the expressions of all selectors in the object, wherever they are."""
        if not is_own(obj) or obj.kind == "CustomResourceDefinition":
            return
        for at, expression in _expressions(obj.body, Pointer()):
            is_node = any(str(part).startswith("node") or part == "preference" for part in at.parts)
            operator, values = expression.get("operator"), expression.get("values")
            known = (*_MANY, *_NONE, *(_ONE if is_node else ()))
            if not isinstance(operator, str) or not operator:
                continue  # the schema asks for one
            if operator not in known:
                said = f"{(at / 'operator').dotted} is {operator!r}, where Kubernetes knows {', '.join(known)}"
                meant = next((one for one in known if one.lower() == operator.lower()), "one of these")
                yield self.fault(Place.on(obj, at / "operator"), said, help=f"write {meant}")
            elif operator in _MANY and not values:
                said = f"{at.dotted} has operator {operator} and no values"
                yield self.fault(Place.on(obj, at), said, help="add values, or use Exists")
            elif operator in _NONE and values:
                said = f"{at.dotted} has operator {operator} and values"
                yield self.fault(Place.on(obj, at / "values"), said, help="remove the values, or use In")
            elif operator in _ONE and (not isinstance(values, list) or len(values) != 1):
                said = f"{at.dotted} has operator {operator} without exactly one value"
                yield self.fault(Place.on(obj, at), said, help="give one whole number in quotes")


def _expressions(body: Any, at: Pointer) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    if isinstance(body, list):
        for index, entry in enumerate(body):
            yield from _expressions(entry, at / index)
    elif isinstance(body, dict):
        for key, value in body.items():
            if key in InvalidSelector.keys and isinstance(value, list):
                yield from ((at / key / index, one) for index, one in enumerate(value) if isinstance(one, dict))
            elif key not in ("data", "stringData", "annotations", "labels"):
                yield from _expressions(value, at / key)
