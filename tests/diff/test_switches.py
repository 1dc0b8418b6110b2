"""What is behind switches that are off by default: seen, named, and told once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chartgen.changes import Certainty, DiffReport, Judged
from chartgen.chart.model import Chart
from chartgen.chart.read import metadata
from chartgen.compare import switches
from chartgen.diff.run import diff
from chartgen.engine.api import Engine


def chart(files: Mapping[str, str], version: str = "1.0.0") -> Chart:
    described = f"apiVersion: v2\nname: web\nversion: {version}\n{files.get('Chart.yaml', '')}"
    return Chart.of({**files, "Chart.yaml": described}, metadata=metadata(described.encode()))


def compared(engine: Engine, old: Mapping[str, str], new: Mapping[str, str]) -> DiffReport:
    found = diff(chart(old), chart(new, "1.1.0"), engine=engine, with_upgrade=True)
    assert not found.crashed, found.unjudged
    return found


def told(found: DiffReport, judgement: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.subject, one.scenarios) for one in found.judged if one.judgement == judgement]


def the(found: DiffReport, judgement: str) -> Judged:
    (one,) = (one for one in found.judged if one.judgement == judgement)
    return one


def service(name: str = "web", port: str = "http", condition: str = "") -> str:
    text = (
        f"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\nspec:\n  ports:\n"
        f"    - name: {port}\n      port: 80\n"
    )
    return f"{{{{- if {condition} }}}}\n{text}{{{{- end }}}}\n" if condition else text


VALUES = "metrics:\n  enabled: false\n  monitor:\n    enabled: false\n"
WHEN = ".Values.metrics.enabled"
RENAMED = "port-renamed"


def test_what_is_behind_a_switch_is_seen_and_the_switch_is_named(engine: Engine) -> None:
    old = {"values.yaml": VALUES, "templates/a.yaml": service(condition=WHEN)}
    found = compared(engine, old, {**old, "templates/a.yaml": service(port="web", condition=WHEN)})
    assert told(found, RENAMED) == [("Service/web", ("metrics.enabled=true",))]
    assert {one.scenarios for one in found.changes if one.area == "object"} == {("metrics.enabled=true",)}
    assert the(found, RENAMED).only_with == "metrics.enabled=true"


def test_what_shows_without_a_switch_is_told_without_it(engine: Engine) -> None:
    text = "{{- if .Values.metrics.enabled }}\n# more\n{{- end }}\n"
    old = {"values.yaml": VALUES, "templates/a.yaml": text + service()}
    new = {"values.yaml": VALUES, "templates/a.yaml": text.replace("more", "else") + service(port="web")}
    found = compared(engine, old, new)
    assert told(found, RENAMED) == [("Service/web", ("default",))]
    assert found.scenarios == 2


def test_a_place_in_a_list_that_a_switch_moves_is_the_same_event(engine: Engine) -> None:
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: a:1\n"
        "      args:\n        {{- if .Values.metrics.enabled }}\n        - --metrics # why\n        {{- end }}\n"
        "        - --log\n"
    )
    old = {"values.yaml": VALUES, "templates/a.yaml": pod}
    new = {**old, "templates/a.yaml": pod.replace("why", "more").replace("--log", "--log\n        - --new")}
    found = compared(engine, old, new)
    assert (found.scenarios, told(found, "process-changed")) == (2, [("Pod/web", ("default",))])


def test_of_an_object_only_that_is_told_which_a_switch_shows(engine: Engine) -> None:
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostname: OLD\n  containers:\n    - name: web\n"
        "      image: a:1\n  {{- if .Values.metrics.enabled }}\n  subdomain: OLD\n  {{- end }}\n"
    )
    old = {"values.yaml": VALUES, "templates/a.yaml": pod}
    found = compared(engine, old, {**old, "templates/a.yaml": pod.replace("OLD", "new")})
    told = {one.message.partition(";")[0]: one.only_with for one in found.judged if one.subject == "Pod/web"}
    assert told == {"Pod/web: hostname: OLD -> new": "", "Pod/web: subdomain: OLD -> new": "metrics.enabled=true"}


def test_what_happens_alike_behind_switches_is_told_of_the_first(engine: Engine) -> None:
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n  containers:\n    - name: web\n"
        "      image: a:1\n      args:\n        - --log\n"
    )
    names = ("first", "second")
    old = {
        "values.yaml": "".join(f"{name}:\n  enabled: false\n" for name in names),
        **{
            f"templates/{name}.yaml": f"{{{{- if .Values.{name}.enabled }}}}\n{pod.format(name=name)}{{{{- end }}}}\n"
            for name in names
        },
    }
    new = {path: text.replace("--log", "--log\n        - --new") for path, text in old.items()}
    found = compared(engine, old, new)
    assert told(found, "process-changed") == [("Pod/first", ("first.enabled=true", "second.enabled=true"))]
    always = {"templates/a.yaml": pod.format(name="web")}
    new |= {"templates/a.yaml": always["templates/a.yaml"].replace("--log", "--log\n        - --new")}
    found = compared(engine, {**old, **always}, new)
    assert told(found, "process-changed") == [("Pod/web", ("default",))]


def test_with_a_switch_those_around_it_are_turned_on_and_the_outermost_is_named(engine: Engine) -> None:
    inner = f"and {WHEN} .Values.metrics.monitor.enabled"
    old = {
        "values.yaml": VALUES,
        "templates/a.yaml": service(condition=WHEN),
        "templates/b.yaml": service("monitor", condition=inner),
    }
    new = {
        **old,
        "templates/a.yaml": service(port="web", condition=WHEN),
        "templates/b.yaml": service("monitor", port="more", condition=inner),
    }
    assert told(compared(engine, old, new), RENAMED) == [
        ("Service/monitor", ("metrics.monitor.enabled=true",)),
        ("Service/web", ("metrics.enabled=true",)),
    ]


@pytest.mark.parametrize(
    ("files", "condition"),
    [
        ({}, 'eq (include "web.on" .) "yes"'),
        ({}, "and .Values.metrics .Values.metrics.enabled"),
        ({}, '(index .Values "metrics" "enabled")'),
    ],
)
def test_a_switch_is_found_however_it_is_asked_for(files: Mapping[str, str], condition: str, engine: Engine) -> None:
    old = {
        **files,
        "values.yaml": VALUES,
        "templates/_a.tpl": '{{- define "web.on" }}{{ if .Values.metrics.enabled }}yes{{ end }}{{ end }}',
        "templates/a.yaml": service(condition=condition),
    }
    found = compared(engine, old, {**old, "templates/a.yaml": service(port="web", condition=condition)})
    assert told(found, RENAMED) == [("Service/web", ("metrics.enabled=true",))]


def test_a_switch_that_is_handed_on_under_another_name(engine: Engine) -> None:
    call = '{{- include "web.service" (dict "it" .Values.metrics "port" "PORT") }}\n'
    old = {
        "values.yaml": VALUES,
        "templates/_a.tpl": '{{- define "web.service" }}\n'
        + service(port="{{ .port }}", condition=".it.enabled")
        + "{{- end }}",
        "templates/a.yaml": call.replace("PORT", "http"),
    }
    found = compared(engine, old, {**old, "templates/a.yaml": call.replace("PORT", "web")})
    assert told(found, RENAMED) == [("Service/web", ("metrics.enabled=true",))]


def test_a_default_beside_a_switch(engine: Engine) -> None:
    old = {
        "values.yaml": "metrics:\n  enabled: false\n  port: http\n",
        "templates/a.yaml": service(port="{{ .Values.metrics.port }}", condition=WHEN),
    }
    found = compared(engine, old, {**old, "values.yaml": "metrics:\n  enabled: false\n  port: web\n"})
    assert told(found, RENAMED) == [("Service/web", ("metrics.enabled=true",))]


def test_nothing_is_turned_on_behind_which_nothing_can_differ(engine: Engine) -> None:
    old = {"values.yaml": VALUES, "templates/a.yaml": service(condition=WHEN), "templates/b.yaml": service("b")}
    assert compared(engine, old, {**old, "templates/b.yaml": service("b", "web")}).scenarios == 1
    assert compared(engine, old, {**old, "README.md": "more"}).scenarios == 1
    assert compared(engine, old, {**old, "templates/NOTES.txt": f"{{{{ if {WHEN} }}}}more{{{{ end }}}}"}).scenarios == 1


def test_values_that_turn_a_switch_on_do_for_it(engine: Engine) -> None:
    old = {
        "values.yaml": VALUES,
        "ci/on-values.yaml": "metrics:\n  enabled: true\n",
        "templates/a.yaml": service(condition=WHEN),
    }
    found = compared(engine, old, {**old, "templates/a.yaml": service(port="web", condition=WHEN)})
    assert told(found, RENAMED) == [("Service/web", ("ci/on-values.yaml",))]
    assert found.scenarios == 2


def test_a_switch_that_is_gone_is_not_turned_on(engine: Engine) -> None:
    old = {"values.yaml": VALUES, "templates/a.yaml": service(condition=WHEN)}
    found = compared(engine, old, {"values.yaml": "a: b\n", "templates/a.yaml": service(port="web")})
    assert found.scenarios == 1


def test_a_switch_without_which_the_old_chart_did_not_render_says_nothing(engine: Engine) -> None:
    text = '{{ required "a port" .Values.metrics.port }}'
    old = {"values.yaml": VALUES, "templates/a.yaml": service(port=text, condition=WHEN)}
    found = compared(engine, old, {**old, "templates/a.yaml": service(port="web", condition=WHEN)})
    assert (found.scenarios, found.unjudged) == (1, ())
    assert told(found, RENAMED) == []


def test_a_switch_with_which_only_the_old_chart_renders(engine: Engine) -> None:
    text = '{{ fail "no more" }}'
    old = {"values.yaml": VALUES, "templates/a.yaml": service(condition=WHEN)}
    found = compared(engine, old, {**old, "templates/a.yaml": service(port=text, condition=WHEN)})
    one = the(found, "old-values-fail")
    assert one.message.startswith("values.yaml: with metrics.enabled=true, it renders with the old chart and fails")
    assert (one.certainty, found.unjudged) == (Certainty.LIKELY, ())


def test_what_is_made_up_behind_a_switch_is_not_compared(engine: Engine) -> None:
    secret = (
        f"{{{{- if {WHEN} }}}}\napiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n"
        "stringData:\n  password: {{ randAlphaNum 20 }}\n{{- end }}\n"
    )
    old = {"values.yaml": VALUES, "templates/a.yaml": secret}
    found = compared(engine, old, {**old, "templates/a.yaml": secret.replace("stringData", "\nstringData")})
    assert found.scenarios == 2
    assert [one for one in found.changes if one.area == "object"] == []


DEPENDENCY = "dependencies:\n  - name: db\n    version: 1.0.0\n    condition: db.enabled\n"


def test_the_switch_of_a_dependency_that_is_missing_stays_off(engine: Engine) -> None:
    old = {
        "Chart.yaml": DEPENDENCY,
        "values.yaml": "db:\n  enabled: false\n",
        "templates/a.yaml": service(condition=".Values.db.enabled"),
    }
    found = compared(engine, old, {**old, "templates/a.yaml": service(port="web", condition=".Values.db.enabled")})
    assert (found.scenarios, told(found, RENAMED)) == (1, [])


def test_a_dependency_that_is_off(engine: Engine) -> None:
    below = {"charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n"}
    old = {
        **below,
        "Chart.yaml": DEPENDENCY,
        "values.yaml": "db:\n  enabled: false\n",
        "charts/db/templates/a.yaml": service("db"),
    }
    found = compared(engine, old, {**old, "charts/db/templates/a.yaml": service("db", "web")})
    assert told(found, RENAMED) == [("Service/db", ("db.enabled=true",))]


def test_a_definition_behind_a_switch(engine: Engine) -> None:
    text = (
        "{{- if .Values.metrics.enabled }}\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata:\n  name: webs.example.com\nspec:\n  group: example.com\n  names: {kind: Web, plural: webs}\n"
        "  scope: Namespaced\n  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: "
        "{type: object, properties: {PROPERTY: {type: string}}}}}]\n{{- end }}\n"
    )
    old = {"values.yaml": VALUES, "templates/a.yaml": text.replace("PROPERTY", "a")}
    found = compared(engine, old, {**old, "templates/a.yaml": text.replace("PROPERTY", "b")})
    assert the(found, "crd-schema-tightened").scenarios == ("metrics.enabled=true",)


def test_an_upgrade_is_told_for_values_that_somebody_has(engine: Engine) -> None:
    old = {"values.yaml": VALUES, "templates/a.yaml": service(condition=WHEN)}
    found = compared(engine, old, {**old, "templates/a.yaml": service(port="web", condition=WHEN)})
    assert [one.scenario for one in found.upgrades] == ["default"]


def test_switches_are_left_alone_where_that_is_asked_for(engine: Engine) -> None:
    old = {"values.yaml": VALUES, "templates/a.yaml": service(condition=WHEN)}
    new = {**old, "templates/a.yaml": service(port="web", condition=WHEN)}
    found = diff(chart(old), chart(new), engine=engine, with_switches=False)
    assert (found.scenarios, told(found, RENAMED)) == (1, [])


def test_no_more_switches_than_one_can_wait_for(engine: Engine) -> None:
    names = [f"a{number}" for number in range(switches.MOST + 5)]
    secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: key\n"
    key = f'{secret}stringData:\n  key: {{{{ "ecdsa" | genPrivateKey | quote }}}}\n'
    old = {
        "values.yaml": "".join(f"{name}:\n  enabled: false\n" for name in names),
        **{f"templates/{name}.yaml": service(name, condition=f".Values.{name}.enabled") for name in names},
    }
    new = {**old, **{path: text.replace("http", "web") for path, text in old.items() if path != "values.yaml"}}
    assert compared(engine, old, new).scenarios == 1 + switches.MOST
    slow = {"templates/key.yaml": key}
    assert compared(engine, {**old, **slow}, {**new, **slow}).scenarios == 1 + switches.FEW
