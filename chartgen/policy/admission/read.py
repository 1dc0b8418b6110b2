"""Documents -> policies and bindings, with all that is wrong in them.

Only what decides is judged: what the API server would merely prune is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chartgen.errors import Problem
from chartgen.kube.access import get, is_dns_subdomain, items, mapping, text
from chartgen.location import Pointer
from chartgen.nearest import nearest
from chartgen.policy.admission.model import (
    AdmissionPolicy,
    Binding,
    Expression,
    Match,
    Named,
    ParamRef,
    ResourceRule,
    Validation,
)
from chartgen.yamlread import Document

GROUP = "admissionregistration.k8s.io/"
POLICY, BINDING = "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"

_POLICY_KEYS = (
    "paramKind",
    "matchConstraints",
    "validations",
    "failurePolicy",
    "auditAnnotations",
    "matchConditions",
    "variables",
)
_BINDING_KEYS = ("policyName", "paramRef", "matchResources", "validationActions")
# Source: Kubernetes, pkg/apis/admissionregistration/validation.
_OPERATIONS = ("*", "CREATE", "UPDATE", "DELETE", "CONNECT")
_REASONS = ("Invalid", "Unauthorized", "Forbidden", "RequestEntityTooLarge")
_REFUSED = "the API server refuses it"
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class Reader:
    """Reads one object of a file; ``problems`` is what it found. ``at`` is where the object stands in its document."""

    def __init__(self, document: Document, file: str, at: Pointer = Pointer()) -> None:
        self.document = document
        self.file = file
        self.at = at
        self.problems: list[Problem] = []

    @property
    def body(self) -> Any:
        """The object."""
        return get(self.document.data, *self.at.parts)

    def place(self) -> str:
        """Where the object begins, as ``file:line``."""
        return f"{self.file}:{self.document.locate(self.at).line}"

    def problem(self, message: str, *path: str | int, hint: str = "", key: bool = False) -> None:
        """Note what is wrong at a place of the object."""
        location = self.document.locate(self.at + Pointer(path), key=key, file=self.file)
        self.problems.append(Problem(message, location, hint))

    def name(self) -> str:
        """The object's name, which every finding will bear."""
        name = text(self.body, "metadata", "name")
        if not name:
            self.problem(f"{self.body['kind']} has no name", "metadata", hint="add metadata.name")
        elif not is_dns_subdomain(name):
            said = f"metadata.name: {name!r} is no name: lower-case letters, digits, '-' and '.'"
            self.problem(said, "metadata", "name", hint=_REFUSED)
        return name

    def choice(self, allowed: tuple[str, ...], *path: str | int, default: str = "") -> str:
        """The word at a place, which must be one of a few."""
        value = get(self.body, *path)
        if value is None:
            return default or allowed[0]
        if value not in allowed:
            self.problem(f"{_dotted(path)}: {value!r} is not one of {', '.join(allowed)}", *path)
            return default or allowed[0]
        return str(value)

    def known_keys(self, allowed: tuple[str, ...], *path: str | int) -> None:
        """Find keys nobody reads: a misspelt one would be a policy that asks for less."""
        for key in mapping(self.body, *path):
            if key not in allowed:
                hint = nearest(key, allowed)
                self.problem(
                    f"{_dotted(path)}: unknown key {key!r}" + (f" (did you mean {hint!r}?)" if hint else ""),
                    *path,
                    key,
                    key=True,
                    hint="" if hint else f"allowed are {', '.join(allowed)}",
                )

    def expression(self, *path: str | int) -> Expression | None:
        """The expression at a place, or None with a problem."""
        value = get(self.body, *path)
        if isinstance(value, str) and value.strip():
            return Expression(value, self.document.locate(self.at + Pointer(path), file=self.file))
        said = "is missing" if value is None else f"is no CEL expression: {value!r}"
        self.problem(f"{_dotted(path)} {said}", *path)
        return None

    def named(self, key: str, name_key: str, expression_key: str) -> tuple[Named, ...]:
        """The named expressions in a list of the spec; a name is there once."""
        found: list[Named] = []
        for index, _ in enumerate(items(self.body, "spec", key)):
            path = ("spec", key, index)
            name = text(self.body, *path, name_key)
            self.known_keys((name_key, expression_key), *path)
            if not name or (key == "variables" and not _IDENTIFIER.match(name)):
                self.problem(f"{_dotted(path)}.{name_key}: {name!r} is no name for it", *path, name_key)
            elif name in {one.name for one in found}:
                self.problem(f"{_dotted(path)}.{name_key}: {name!r} is there twice", *path, name_key)
            expression = self.expression(*path, expression_key)
            if name and expression:
                found.append(Named(name, expression))
        return tuple(found)

    def match(self, key: str) -> Match:
        """What a policy or binding is about."""
        path = ("spec", key)
        self.known_keys(
            ("resourceRules", "excludeResourceRules", "namespaceSelector", "objectSelector", "matchPolicy"), *path
        )
        body = get(self.body, *path)
        return Match(
            self.rules(*path, "resourceRules"),
            self.rules(*path, "excludeResourceRules"),
            get(body, "namespaceSelector"),
            get(body, "objectSelector"),
            self.choice(("Equivalent", "Exact"), *path, "matchPolicy") == "Exact",
        )

    def rules(self, *path: str | int) -> tuple[ResourceRule, ...]:
        """The resource rules at a place."""
        found = []
        for index, body in enumerate(items(self.body, *path)):
            at = (*path, index)
            self.known_keys(("apiGroups", "apiVersions", "resources", "operations", "resourceNames", "scope"), *at)
            for key in ("apiGroups", "apiVersions", "resources", "operations"):
                if not items(body, key):
                    self.problem(f"{_dotted(at)}.{key} is missing", *at)
            groups, versions, resources, operations, names = (
                tuple(str(one) for one in items(body, key))
                for key in ("apiGroups", "apiVersions", "resources", "operations", "resourceNames")
            )
            for place, _ in enumerate(operations):
                self.choice(_OPERATIONS, *at, "operations", place)
            for key, values in (("apiGroups", groups), ("apiVersions", versions), ("operations", operations)):
                if "*" in values and len(values) > 1:
                    self.problem(f"{_dotted(at)}.{key}: beside '*' there is nothing else", *at, key, hint=_REFUSED)
            scope = self.choice(("*", "Cluster", "Namespaced"), *at, "scope")
            found.append(ResourceRule(groups, versions, resources, operations, names, scope))
        return tuple(found)


def read_policy(reader: Reader) -> AdmissionPolicy:
    """The policy in an object of kind ValidatingAdmissionPolicy. What is wrong is in ``reader.problems``."""
    reader.known_keys(_POLICY_KEYS, "spec")
    if not items(reader.body, "spec", "matchConstraints", "resourceRules"):
        reader.problem("spec.matchConstraints.resourceRules is missing", "spec", hint="say which resources are judged")
    validations = _validations(reader)
    annotations = reader.named("auditAnnotations", "key", "valueExpression")
    if not validations and not annotations and not reader.problems:
        reader.problem("the policy has neither validations nor auditAnnotations", "spec")
    kind = get(reader.body, "spec", "paramKind")
    return AdmissionPolicy(
        reader.name(),
        reader.document.locate(reader.at + Pointer(("metadata", "name")), file=reader.file),
        reader.match("matchConstraints"),
        validations,
        reader.named("matchConditions", "name", "expression"),
        reader.named("variables", "name", "expression"),
        annotations,
        (text(kind, "apiVersion"), text(kind, "kind")) if isinstance(kind, dict) else None,
        reader.choice(("Fail", "Ignore"), "spec", "failurePolicy") == "Fail",
    )


def _validations(reader: Reader) -> tuple[Validation, ...]:
    found = []
    for index, body in enumerate(items(reader.body, "spec", "validations")):
        path = ("spec", "validations", index)
        reader.known_keys(("expression", "message", "messageExpression", "reason"), *path)
        said = reader.expression(*path, "messageExpression") if get(body, "messageExpression") is not None else None
        expression = reader.expression(*path, "expression")
        reader.choice(_REASONS, *path, "reason")
        if "\n" in text(body, "message").strip():
            reader.problem(f"{_dotted(path)}.message has several lines", *path, "message", hint=_REFUSED)
        if expression:
            found.append(Validation(expression, text(body, "message").strip(), said))
    return tuple(found)


def read_binding(reader: Reader) -> Binding:
    """The binding in an object of kind ValidatingAdmissionPolicyBinding; problems as in ``read_policy``."""
    reader.known_keys(_BINDING_KEYS, "spec")
    policy = text(reader.body, "spec", "policyName")
    if not policy:
        reader.problem("spec.policyName is missing", "spec")
    actions = tuple(
        reader.choice(("Deny", "Warn", "Audit"), "spec", "validationActions", index)
        for index, _ in enumerate(items(reader.body, "spec", "validationActions"))
    )
    if len(set(actions)) < len(actions) or {"Deny", "Warn"} <= set(actions):
        said = "gives an action twice" if len(set(actions)) < len(actions) else "holds both Deny and Warn"
        reader.problem(f"spec.validationActions {said}", "spec", "validationActions", hint=_REFUSED)
    return Binding(
        reader.name(),
        policy,
        reader.document.locate(reader.at + Pointer(("spec", "policyName")), file=reader.file),
        actions or ("Deny",),
        _param_ref(reader),
        reader.match("matchResources"),
    )


def _param_ref(reader: Reader) -> ParamRef | None:
    body: Mapping[str, Any] | None = get(reader.body, "spec", "paramRef")
    if not isinstance(body, dict):
        return None
    selector = get(body, "selector")
    if bool(text(body, "name")) == isinstance(selector, dict):
        reader.problem("spec.paramRef needs either a name or a selector", "spec", "paramRef")
    return ParamRef(
        text(body, "name"),
        text(body, "namespace"),
        selector if isinstance(selector, dict) else None,
        reader.choice(("Deny", "Allow"), "spec", "paramRef", "parameterNotFoundAction") == "Deny",
    )


def _dotted(path: tuple[str | int, ...]) -> str:
    return Pointer(path).dotted
