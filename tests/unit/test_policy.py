"""Policy files: what they say, what is wrong with them, and that their published schema says the same."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chartgen.errors import BadSettings, CannotDo
from chartgen.findings import Severity
from chartgen.policy.build import Wishes, build
from chartgen.policy.compat import TOOLS, checks, names_elsewhere
from chartgen.policy.config import Config
from chartgen.policy.globs import fits, matches, named
from chartgen.policy.load import load_config
from chartgen.policy.options import read_options
from chartgen.resources import schema_text
from chartgen.rules import catalogue
from chartgen.rules.base import Profile
from chartgen.yamlread import read

SCHEMA = Draft202012Validator(json.loads(schema_text("policy.v1")))

GOOD = """\
profile: strict
ignore: undocumented-value
rules:
  floating-image-tag: warning
  host-port: off
  security: info
required: [privileged-container]
exclude: ["vendor/**"]
ignores:
  - rule: [host-path-volume, network]
    path: charts/agent/**
    object: DaemonSet/*
    reason: the agent reads logs
    until: "2027-01-31"
scenarios:
  prod: {values: [envs/prod.yaml], set: [a=1]}
scenarioFiles: ["tests/*.yaml"]
kubeVersions: ["1.31", "1.34"]
policies: policies
schemaLocations: [crds]
baseline: known.json
failOn: warning
release:
  levels: {selector-changed: minor, values-key-removed: none}
  changelog: required
  switches: false
"""

BAD = [
    "profile: lax",
    "profile: optional",
    "compat: datree",
    "unknown: 1",
    "rules: [x]",
    "rules: {floating-image-tag: fatal}",
    "ignores: {rule: x}",
    "ignores: [{reason: x}]",
    "ignores: [{rule: host-port, until: 2027-13-01}]",
    "ignores: [{rule: host-port, when: x}]",
    "scenarios: {prod: {value: x}}",
    "scenarios: [prod]",
    "kubeVersions: [1.30]",
    "kubeVersions: ['1.30.1']",
    "failOn: fatal",
    "baseline: [x]",
    "exclude: {a: b}",
    "release: [x]",
    "release: {level: {}}",
    "release: {levels: {selector-changed: huge}}",
    "release: {changelog: yes}",
    "release: {switches: 'on'}",
    "- a",
]

BAD_FOR_US = ["select: [no-such-rule]", "rules: {no-such-rule: error}", "rules: {host-port: {no-such-option: 1}}"]
"""What a schema cannot say."""


def test_everything_a_policy_file_says() -> None:
    config = load_config(GOOD, file=".chartgen.yaml")
    assert config.profile is Profile.STRICT
    assert config.severities["floating-image-tag"] is Severity.WARNING
    assert config.severities["privileged-container"] is Severity.INFO
    assert (config.off, config.enabled) == (("host-port",), ("floating-image-tag",))
    (entry,) = config.ignores
    assert "host-path-volume" in entry.rules
    assert "node-port-service" in entry.rules
    assert (entry.reason, entry.until, entry.location.line) == ("the agent reads logs", "2027-01-31", 10)
    assert config.scenarios[0].name == "prod"
    assert config.scenarios[0].set_values == ("a=1",)
    assert (config.kube_versions, config.policies, config.fail_on) == (("1.31", "1.34"), ("policies",), "warning")
    assert {name: level.value for name, level in config.release.levels.items()} == {
        "selector-changed": "minor",
        "values-key-removed": "none",
    }
    assert (config.release.changelog, config.release.switches) == ("required", False)
    SCHEMA.validate(read(GOOD).data)


def test_a_judgement_that_does_not_exist_is_told() -> None:
    text = "release:\n  levels: {selector-chnged: minor, selector-changed: minor}\n"
    with pytest.raises(BadSettings) as caught:
        load_config(text, file=".chartgen.yaml", judgements=lambda: ["selector-changed"])
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (
        "unknown judgement 'selector-chnged'",
        "did you mean 'selector-changed'?",
    )
    assert (problem.location.line, problem.location.column) == (2, 12)


@pytest.mark.parametrize("text", BAD)
def test_what_the_schema_refuses_we_refuse(text: str) -> None:
    assert not SCHEMA.is_valid(read(text).data)
    with pytest.raises(BadSettings) as caught:
        load_config(text, file=".chartgen.yaml")
    assert all(problem.location.line is not None for problem in caught.value.problems)


@pytest.mark.parametrize("text", ["rules: [x]", "policies: {a: b}"])
def test_a_problem_is_told_once(text: str) -> None:
    with pytest.raises(BadSettings) as caught:
        load_config(text, file=".chartgen.yaml")
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("text", BAD_FOR_US)
def test_unknown_names_are_refused(text: str) -> None:
    with pytest.raises(BadSettings):
        load_config(text, file=".chartgen.yaml")


@pytest.mark.parametrize("text", ["", "# nothing", "{}"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert load_config(text, file="f")._replace(file="", text="") == Config()


def test_every_key_of_the_schema_is_read_and_has_an_example_that_holds() -> None:
    properties: dict[str, Any] = SCHEMA.schema["properties"]
    for key, entry in properties.items():
        assert entry["description"], key
        assert entry["examples"], key
        for example in entry["examples"]:
            SCHEMA.validate({key: example})
    with pytest.raises(BadSettings) as caught:
        load_config("nothing: 1", file="f")
    assert all(key in caught.value.problems[0].hint for key in properties)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("charts/agent", "charts/agent/templates/a.yaml", True),
        ("charts/agent/", "charts/agent", True),
        ("charts/*", "charts/agent/x", True),
        ("charts/*/templates", "charts/a/b/templates", False),
        ("**/vendor", "a/b/vendor/c", True),
        ("**/vendor", "vendor", True),
        ("charts/agent", "charts/agents", False),
        ("a?c", "abc/d", True),
        ("a.c", "abc", False),
    ],
)
def test_patterns_of_paths(pattern: str, path: str, expected: bool) -> None:
    assert matches(pattern, path) is expected


def test_patterns_of_names_and_files() -> None:
    assert named("Deployment/*", "Deployment/web")
    assert named("*", "a/b")
    assert not named("Job/*", "CronJob/x")
    assert fits("ci/*-values.yaml", "ci/a-values.yaml")
    assert not fits("ci/*-values.yaml", "ci/a/b-values.yaml")


def test_the_command_line_wins() -> None:
    config = load_config("profile: strict\nselect: [security]\nignore: host-port", file="f")
    assert build(config).select == ("security",)
    assert build(config, Wishes(profile="baseline")).profile is Profile.BASELINE
    assert build(config, Wishes(profile="baseline")).select == ()
    assert build(config, Wishes(select=("images",))).select == ("images",)
    assert build(config, Wishes(ignore=("images",))).ignore == ("host-port", "images")


def test_naming_a_rule_runs_it_and_naming_a_group_does_not() -> None:
    strict = [rule_id for rule_id in catalogue.ids() if catalogue.facts(rule_id).profile is Profile.STRICT]
    policy = build(load_config(f"rules: {{{strict[0]}: info}}", file="f"))
    assert strict[0] in policy.ids()
    assert strict[1] not in policy.ids()
    group = catalogue.ids()[strict[0]].split(".")[-2]
    assert strict[0] not in build(load_config(f"rules: {{{group}: info}}", file="f")).ids()


@pytest.mark.parametrize("tool", TOOLS)
def test_the_checks_of_other_tools_are_rules_of_ours(tool: str) -> None:
    shared = checks(tool)
    assert len(shared) >= 15
    for check in shared.values():
        for rule_id in check.rules:
            assert rule_id in catalogue.ids(), f"{tool}: {check.id} names an unknown rule {rule_id}"
        policy = build(Config(), Wishes(compat=tool, select=(check.id,)))
        assert set(check.rules) <= set(policy.ids())
    assert build(Config(), Wishes(compat=tool)).select


@pytest.mark.parametrize("tool", TOOLS)
def test_the_default_checks_of_a_tool_do_not_contradict_each_other(tool: str) -> None:
    # Of two words or truth values the one counts that has more reported.
    joined = {
        ("missing-security-context", "pod"),
        ("missing-security-context", "containers"),
        ("disruption-budget-blocks-eviction", "compare-with"),
    }
    said: dict[tuple[str, str], Any] = {}
    for reading in (one for check in checks(tool).values() if check.default for one in check.readings):
        for option, value in reading.options.items():
            if not isinstance(value, list) and (reading.rule, option) not in joined:  # lists are joined
                assert said.setdefault((reading.rule, option), value) == value, f"{tool}: {reading.rule} {option}"


def test_no_check_loses_anything_where_several_are_one_rule() -> None:
    def options(*names: str) -> Any:
        return build(Config(), Wishes(compat="checkov", select=names)).options

    assert options("CKV_K8S_17", "CKV_K8S_19")["host-namespace"].namespaces == ("hostPID", "hostNetwork")
    assert options("CKV_K8S_154")["nginx-snippet"].containing == ("alias",)
    assert options("CKV_K8S_153", "CKV_K8S_154")["nginx-snippet"].containing == ()
    assert options("CKV_K8S_29")["missing-security-context"] == (True, False, True)
    assert options("CKV_K8S_29", "CKV_K8S_30")["missing-security-context"] == (True, True, True)
    assert options("CKV2_K8S_1", "CKV_K8S_157")["escalation-verbs"].places == ("binding", "role")

    budget = build(Config(), Wishes(compat="polaris")).options["disruption-budget-blocks-eviction"]
    assert (budget.compare_with, budget.fields) == ("autoscalers", ("maxUnavailable", "minAvailable"))


def test_where_a_reading_looks_is_said_in_the_same_order_in_every_run() -> None:
    policy = build(Config(), Wishes(compat="kube-score", select=("label-values", "container-ports-check")))
    assert policy.unseen["invalid-label-value"][0] == "DeploymentConfig"
    assert all(list(names) == sorted(names) for names in (*policy.unseen.values(), *policy.kinds.values()))


def test_what_one_check_looks_at_no_other_hides() -> None:
    def reach(*names: str) -> tuple[Any, Any]:
        policy = build(Config(), Wishes(compat="polaris", select=names))
        return policy.unseen["pod-exec-permissions"], policy.kinds["pod-exec-permissions"]

    assert reach("rolePodExecAttach") == (("ephemeralContainers",), ("Role",))
    assert reach("rolePodExecAttach", "clusterrolePodExecAttach")[1] == ("ClusterRole", "Role")
    assert build(Config(), Wishes()).unseen == {}


def test_the_names_of_other_tools_are_known() -> None:
    names = names_elsewhere("host-namespace")
    assert names["kube-linter"] == ("host-ipc", "host-network", "host-pid")
    assert names["kyverno"] == ("pod-security/baseline/disallow-host-namespaces",)
    assert "kube-score" not in names
    assert names_elsewhere("no-such-rule") == {}


def test_the_readings_of_kyverno_s_policies_are_options_of_ours() -> None:
    for check in checks("kyverno").values():
        for reading in check.readings:
            read_options(catalogue.rule(reading.rule), reading.options)


def test_an_unknown_rule_of_a_tool_is_refused() -> None:
    with pytest.raises(CannotDo):
        build(Config(), Wishes(compat="kube-linter", select=("no-such-check",))).ids()
