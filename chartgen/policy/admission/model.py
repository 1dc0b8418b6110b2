"""A ValidatingAdmissionPolicy and its bindings as values.

Source: ``admissionregistration.k8s.io/v1``; v1beta1 and v1alpha1 say the same.
"""

from collections.abc import Mapping
from typing import Any

from chartgen.location import Location
from chartgen.tuples import NamedTuple


class Expression(NamedTuple):
    """A CEL expression and where it stands."""

    text: str
    location: Location


class Named(NamedTuple):
    """An expression with a name: a variable, a match condition, an audit annotation."""

    name: str
    expression: Expression


class Validation(NamedTuple):
    """What must be true of an object. ``message`` and ``message_expression`` say what is wrong when it is not.

    A ``reason`` is passed over: it becomes the status code of an answer nobody gives here.
    """

    expression: Expression
    message: str = ""
    message_expression: Expression | None = None


class ResourceRule(NamedTuple):
    """Which requests a rule is about; ``*`` stands for all. Empty ``names`` are all names."""

    groups: tuple[str, ...]
    versions: tuple[str, ...]
    resources: tuple[str, ...]
    operations: tuple[str, ...]
    names: tuple[str, ...] = ()
    scope: str = "*"


class Match(NamedTuple):
    """Which objects are judged. ``exact`` leaves out the same resource in other API versions.

    The selectors are LabelSelectors; None selects everything.
    """

    rules: tuple[ResourceRule, ...] = ()
    excluded: tuple[ResourceRule, ...] = ()
    namespaces: Mapping[str, Any] | None = None
    objects: Mapping[str, Any] | None = None
    exact: bool = False


class AdmissionPolicy(NamedTuple):
    """A policy. ``fails`` tells whether an expression that ends in an error refuses the object (``failurePolicy``).

    ``param_kind`` is the apiVersion and kind of its parameters, when it has any.
    """

    name: str
    location: Location
    match: Match
    validations: tuple[Validation, ...]
    conditions: tuple[Named, ...] = ()
    variables: tuple[Named, ...] = ()
    annotations: tuple[Named, ...] = ()
    param_kind: tuple[str, str] | None = None
    fails: bool = True


class ParamRef(NamedTuple):
    """Which parameters a binding hands to its policy, by name or by selector.

    ``required`` is whether none at all refuses the object (``parameterNotFoundAction: Deny``).
    """

    name: str
    namespace: str
    selector: Mapping[str, Any] | None
    required: bool


class Binding(NamedTuple):
    """Puts a policy into force: with which ``actions`` (Deny, Warn, Audit), for what, with which parameters."""

    name: str
    policy: str
    location: Location
    actions: tuple[str, ...] = ("Deny",)
    param_ref: ParamRef | None = None
    match: Match = Match()
    stated: bool = True
    """Whether it stands in a file; a policy without any is in force everywhere."""
