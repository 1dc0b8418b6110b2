"""What is wrong in policy files is told with its line, all at once."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

import pytest

from chartgen.errors import BadSettings, CannotDo
from chartgen.policy.custom import load_custom

RULES = "[{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*']}]"
HEAD = f"""\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {{name: mine}}
spec:
  matchConstraints: {{resourceRules: {RULES}}}
"""


def problems(*texts: str) -> list[str]:
    with pytest.raises(BadSettings) as raised:
        load_custom([(f"p{number}.yaml", text) for number, text in enumerate(texts, 1)])
    assert raised.value.exit_code == 2
    return [str(problem) + (f" | {problem.hint}" if problem.hint else "") for problem in raised.value.problems]


REFUSED = "error: the expression does not compile:"
REASONS = ("Invalid", "Unauthorized", "Forbidden", "RequestEntityTooLarge")
TYPES = "array, boolean, integer, null, number, object and string"
TWICE = "findings bear the name; give it to one policy only"

POLICIES = {
    "validations: [{expression: object.spec.replicas}]": [
        "p1.yaml:6:30: error: the expression must evaluate to bool but gives dyn | the API server refuses such a policy"
    ],
    "validations: [{expression: object.metadata.name.startWith('x')}]": [
        f"p1.yaml:6:30: {REFUSED} undeclared reference to 'startWith' (did you mean 'startsWith'?)"
    ],
    "validations: [{expression: 'true', mesage: x}]": [
        "p1.yaml:6:38: error: spec.validations[0]: unknown key 'mesage' (did you mean 'message'?)"
    ],
    "validations: [{message: x}]": ["p1.yaml:6:17: error: spec.validations[0].expression is missing"],
    "validations: [{expression: 5}]": ["p1.yaml:6:30: error: spec.validations[0].expression is no CEL expression: 5"],
    "validations: []": ["p1.yaml:5:3: error: the policy has neither validations nor auditAnnotations"],
    "failurePolicy: Abort\nvalidations: [{expression: 'true'}]": [
        "p1.yaml:6:18: error: spec.failurePolicy: 'Abort' is not one of Fail, Ignore"
    ],
    "variables: [{name: a b, expression: '1'}]\nvalidations: [{expression: 'true'}]": [
        "p1.yaml:6:22: error: spec.variables[0].name: 'a b' is no name for it"
    ],
    "validations: [{expression: 'true'}]\nvariables: [{name: a, expression: variables.b}, {name: b, expression: x}]": [
        f"p1.yaml:7:37: {REFUSED} undeclared reference to 'variables.b'",
        f"p1.yaml:7:73: {REFUSED} undeclared reference to 'x'",
    ],
    "variables: [{name: a, expression: '1'}]\nvalidations: [{expression: variables.a == 'x'}]": [
        f"p1.yaml:7:30: {REFUSED} found no matching overload for '_==_' applied to '(int, string)'"
    ],
    "validations: [{expression: params.x == 1}]": [
        "p1.yaml:6:30: error: the expression does not compile: undeclared reference to 'params.x'"
    ],
    "validations: [{expression: 'true', messageExpression: authorizer.path('/').check('get').reason()}]": [
        f"p1.yaml:6:57: {REFUSED} undeclared reference to 'authorizer', which messages cannot use"
    ],
}


@pytest.mark.parametrize("spec", POLICIES)
def test_a_policy_a_cluster_would_refuse_is_refused(spec: str) -> None:
    indented = "".join(f"  {line}\n" for line in spec.splitlines())
    assert problems(HEAD + indented) == POLICIES[spec]


def test_a_policy_says_what_it_is_about() -> None:
    text = HEAD.replace(f"{{resourceRules: {RULES}}}", "{}") + "  validations: [{expression: 'true'}]\n"
    assert problems(text) == [
        "p1.yaml:5:3: error: spec.matchConstraints.resourceRules is missing | say which resources are judged"
    ]


def test_what_a_cluster_would_refuse_of_a_policy_beside_its_expressions() -> None:
    text = HEAD.replace("mine", "Mine").replace("operations: ['*']", "operations: ['*', READ]")
    found = problems(text + '  validations: [{expression: "true", reason: Bad, message: "a\\nb"}]\n')
    refused = "the API server refuses it"
    operations = "spec.matchConstraints.resourceRules[0].operations"
    assert found == [
        f"p1.yaml:3:18: error: metadata.name: 'Mine' is no name: lower-case letters, digits, '-' and '.' | {refused}",
        f"p1.yaml:5:89: error: {operations}: beside '*' there is nothing else | {refused}",
        f"p1.yaml:5:95: error: {operations}[1]: 'READ' is not one of *, CREATE, UPDATE, DELETE, CONNECT",
        f"p1.yaml:6:46: error: spec.validations[0].reason: 'Bad' is not one of {', '.join(REASONS)}",
        f"p1.yaml:6:60: error: spec.validations[0].message has several lines | {refused}",
    ]


@pytest.mark.parametrize(
    ("actions", "said"), [("Deny, Warn", "holds both Deny and Warn"), ("Audit, Audit", "gives an action twice")]
)
def test_actions_that_do_not_go_together(actions: str, said: str) -> None:
    binding = dedent(f"""\
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {{name: b}}
        spec: {{policyName: mine, validationActions: [{actions}]}}
        """)
    assert problems(HEAD + "  validations: [{expression: 'true'}]\n", binding) == [
        f"p2.yaml:4:45: error: spec.validationActions {said} | the API server refuses it"
    ]


def test_a_key_is_given_once() -> None:
    text = HEAD + "  validations: [{expression: 'false'}]\n  validations: [{expression: 'true'}]\n"
    assert problems(text) == [
        "p1.yaml:7:3: error: the key 'validations' is given twice; the first is in line 6 | remove one of the two"
    ]


def test_names_are_given_once_and_not_those_of_rules() -> None:
    policy = HEAD + "  validations: [{expression: 'true'}]\n"
    assert problems(policy, policy, policy.replace("mine", "host-port")) == [
        f"p2.yaml:3:18: error: 'mine' is the name of another policy, too (p1.yaml:3) | {TWICE}",
        "p3.yaml:3:18: error: 'host-port' is the name of one of chartgen's own rules | give the policy another name",
    ]


def test_bindings_name_their_policy() -> None:
    binding = dedent("""\
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: b}
        spec: {policyName: mime, validationActions: [Refuse], paramRef: {name: a, selector: {}}}
        """)
    assert problems(HEAD + "  validations: [{expression: 'true'}]\n", binding) == [
        "p2.yaml:4:20: error: binding 'b' is for policy 'mime', which is in none of the files | did you mean 'mine'?",
        "p2.yaml:4:46: error: spec.validationActions[0]: 'Refuse' is not one of Deny, Warn, Audit",
        "p2.yaml:4:65: error: spec.paramRef needs either a name or a selector",
    ]


def test_schema_rules_are_judged_by_their_own_schema() -> None:
    rule = dedent("""\
        apiVersion: chartgen.dev/v1
        kind: SchemaRule
        metadata: {name: Mine}
        spec:
          severty: error
          target: pods
          schema: {type: object}
        """)
    assert problems(rule) == [
        "p1.yaml:3:18: error: metadata.name: 'Mine' does not match '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'",
        "p1.yaml:5:3: error: spec: unknown key 'severty' (did you mean 'severity'?)",
        "p1.yaml:6:11: error: spec.target: 'pods' is not one of object, pod, container",
    ]
    rule = rule.replace("Mine", "mine").replace("severty", "severity").replace("pods", "pod")
    assert problems(rule.replace("type: object", "type: objekt")) == [
        f"p1.yaml:7:18: error: spec.schema.type: 'objekt' is no type of JSON Schema | types are {TYPES}"
    ]
    assert problems(rule.replace("type: object", "minimum: one")) == [
        "p1.yaml:7:21: error: spec.schema.minimum: is no JSON Schema: 'one' is not of type 'number'"
    ]
    assert problems(rule.replace("schema:", "kinds: [Service, Ingress]\n  schema:")) == [
        "p1.yaml:7:10: error: spec.kinds: none of Service, Ingress runs pods | or judge the object"
    ]
    assert problems(rule.replace("chartgen.dev/v1", "chartgen.dev/v2")) == [
        "p1.yaml:1:13: error: apiVersion: 'chartgen.dev/v2' is not known | it is chartgen.dev/v1"
    ]


def test_files_that_are_no_yaml_or_no_objects_are_told() -> None:
    assert problems("a: [", "hello", HEAD + "  validations: [{expression: 'true'}]\n")[:2] == [
        "p1.yaml:2:1: error: did not find expected node content while parsing a flow node",
        "p2.yaml:1:1: error: the document is no object: apiVersion or kind is missing",
    ]


def test_files_without_a_policy_are_of_no_use() -> None:
    with pytest.raises(CannotDo, match=r"there is no policy in a\.yaml"):
        load_custom([("a.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")])


def test_policies_that_say_nothing_are_told_and_passed_over() -> None:
    other = "---\napiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: k}\n"
    mine = HEAD + "  validations: [{expression: 'true'}]\n"
    later = mine.replace("mine", "later").replace("operations: ['*']", "operations: [UPDATE]")
    custom = load_custom([("p.yaml", mine + other), ("q.yaml", later)])
    assert custom.ids == ("mine", "later")
    assert custom.passed_over == (
        "p.yaml:8: a ClusterPolicy is not evaluated, only ValidatingAdmissionPolicy and SchemaRule are",
        "q.yaml:1: policy 'later' is not about what is created, so it says nothing here",
    )


def test_without_the_library_it_is_said_what_to_install() -> None:
    script = (
        "import sys; sys.modules['cel_expr_python'] = None\n"
        "from chartgen.errors import CannotDo\n"
        "from chartgen.policy.custom import load_custom\n"
        "try:\n    load_custom([('p.yaml', sys.argv[1])])\n"
        "except CannotDo as error:\n    print(error.message, '|', error.hint)\n"
    )
    policy = HEAD + "  validations: [{expression: 'true'}]\n"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, policy], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == (
        "policies in CEL need the package cel-expr-python, which is not installed"
        " | pip install cel-expr-python (there are wheels for Linux with glibc, macOS and Windows)\n"
    )


def test_schema_rules_need_no_cel() -> None:
    script = (
        "import sys\nfrom chartgen.policy.custom import load_custom\n"
        "load_custom([('p.yaml', sys.argv[1])])\nprint('cel_expr_python' in sys.modules)\n"
    )
    rule = "{apiVersion: chartgen.dev/v1, kind: SchemaRule, metadata: {name: mine}, spec: {schema: {}}}"
    done = subprocess.run([sys.executable, "-I", "-c", script, rule], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"
