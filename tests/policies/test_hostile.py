"""Whatever stands in a policy file or an object, what comes out is a problem, a finding, or nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartgen.errors import ChartgenError
from chartgen.kube.admitted import admitted
from chartgen.kube.cel.door import CelError, Environment
from chartgen.kube.cel.rewrite import rewrite
from chartgen.kube.kinds import resource_of
from chartgen.policy.custom import load_custom
from tests.policies.test_cases import context

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
KEYS = st.sampled_from(
    [
        *("metadata", "name", "labels", "spec", "template", "containers", "resources", "limits", "ports", "env"),
        *("volumes", "rules", "selector", "strategy", "type", "validations", "expression", "matchConstraints", "data"),
        *("resourceRules", "apiGroups", "variables", "paramKind", "paramRef", "jobTemplate"),
    ]
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
CHARACTERS = st.text(st.sampled_from("ab.?()[]{}'\",: variables.hasmap\\/\n"), max_size=30)


@given(ANYTHING, st.sampled_from(["Pod", "Deployment", "CronJob", "Service", "Secret", "Role", "Namespace", "Thing"]))
def test_any_object_is_admitted(spec: Any, kind: str) -> None:
    body = {"apiVersion": "v1", "kind": kind, "metadata": spec, "spec": spec, "data": spec, "stringData": spec}
    assert admitted(body, resource_of("v1", kind), "default")["kind"] == kind


@given(CHARACTERS)
def test_any_text_is_rewritten(text: str) -> None:
    rewrite(text)


@given(CHARACTERS)
@settings(max_examples=50)
def test_any_text_compiles_or_is_an_error(text: str) -> None:
    with suppress(CelError):
        Environment({"object": "dyn"}).compile(text)


@given(ANYTHING, st.sampled_from(["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "SchemaRule"]))
@settings(max_examples=50)
def test_any_policy_is_read_or_refused(spec: Any, kind: str) -> None:
    group = "chartgen.dev/v1" if kind == "SchemaRule" else "admissionregistration.k8s.io/v1"
    with suppress(ChartgenError):
        load_custom([("p.yaml", json.dumps({"apiVersion": group, "kind": kind, "metadata": spec, "spec": spec}))])


HEAD = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: mine}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*']}]
"""


def doubling(number: int) -> str:
    """A variable that is twice as long as the one before it."""
    before = f"variables.v{number - 1}" if number else "object.?c"
    return f"    - {{name: v{number}, expression: 'object.?a{number} == object.?b ? {before} : {before}'}}\n"


HOSTILE = {
    "variables that double": "".join(map(doubling, range(40))),
    "brackets without an end": "    - {name: v39, expression: '" + "(" * 5000 + "'}\n",
    "brackets": "    - {name: v39, expression: '" + "[" * 3000 + "]" * 3000 + "'}\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_bombs_are_refused(case: str) -> None:
    policy = f"{HEAD}  variables:\n{HOSTILE[case]}  validations: [{{expression: variables.v39.hasValue()}}]\n"
    with pytest.raises(ChartgenError):
        load_custom([("p.yaml", policy)])


def test_a_schema_that_refers_to_itself_or_to_nothing_is_a_finding() -> None:
    rule = "apiVersion: chartgen.dev/v1\nkind: SchemaRule\nmetadata: {name: %s}\nspec: {schema: {$ref: '%s'}}\n"
    custom = load_custom([("a.yaml", rule % ("a", "#")), ("b.yaml", rule % ("b", "https://example.com/x.json"))])
    found = [fault.message for fault in custom.check(context("{apiVersion: v1, kind: Pod, metadata: {name: p}}"))]
    assert found == [
        "Pod/p: the schema refers to itself without an end",
        "Pod/p: $ref 'https://example.com/x.json' leads nowhere",
    ]


def test_expressions_that_cost_too_much_end() -> None:
    slow = "lists.range(500).all(a, lists.range(500).all(b, a + b >= 0))"
    policy = f"{HEAD}  validations: [{{expression: '{slow}'}}]\n"
    found = load_custom([("p.yaml", policy)]).check(context("{apiVersion: v1, kind: Pod, metadata: {name: p}}"))
    assert [fault.message for fault in found] == [
        "Pod/p: policy 'mine' was not judged: it goes through more than 10,000 items, which takes too long here"
    ]
