"""Rendered manifests that are too many, too deep, too long, or say what they should not."""

from __future__ import annotations

from tests.hostile.case import Case, chart
from tests.hostile.values import laughs, nested

HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n"
CRD = (
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: as.example.com}\n"
    "spec:\n  group: example.com\n  names: {kind: A, plural: as}\n  scope: Namespaced\n  versions:\n"
    "  - name: v1\n    served: true\n    storage: true\n    schema: {openAPIV3Schema: %s}\n"
)
CUSTOM = "apiVersion: example.com/v1\nkind: A\nmetadata: {name: a}\nspec: {x: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!}\n"

OBJECTS = {
    "aliases": Case(chart(HEAD + laughs())),
    "ten-thousand-brackets": Case(chart(HEAD + nested())),
    "a-million-documents": Case(chart("{{ range until 1000000 }}a: 1\n---\n{{ end }}")),
    "fifty-thousand-objects": Case(
        chart("{{ range until 50000 }}" + HEAD + "---\n{{ end }}"),
    ),
    "two-million-values": Case(
        chart("{{ range $i := until 20 }}---\n" + HEAD + "data:\n{{ range until 100000 }}- 1\n{{ end }}{{ end }}"),
    ),
    "a-hundred-megabytes": Case(chart(HEAD + 'data: {a: {{ repeat 100000000 "x" }}}')),
    "a-hundred-thousand-keys": Case(chart(HEAD + "data:\n{{ range until 100000 }}  k{{ . }}: v\n{{ end }}")),
    "ten-thousand-containers": Case(
        chart(POD + "{{ range until 10000 }}  - {name: c{{ . }}, image: 'a:{{ . }}'}\n{{ end }}"),
    ),
    "a-name-with-escapes": Case(chart('apiVersion: v1\nkind: Pod\nmetadata: {name: "a\\e[31m\\r\\n::error::x"}\n')),
    "a-kind-with-escapes": Case(chart('apiVersion: v1\nkind: "P\\e]0;x\\ao\\nd"\nmetadata: {name: a}\n')),
    "a-name-of-a-megabyte": Case(chart('apiVersion: v1\nkind: Service\nmetadata: {name: {{ repeat 1000000 "a" }}}\n')),
    "crds-of-aliases": Case(chart(HEAD, **{"crds/x.yaml": laughs()})),
    "crds-of-ten-thousand-levels": Case(chart(HEAD, **{"crds/x.yaml": nested()})),
    "ten-thousand-crds": Case(
        chart(HEAD, **{"crds/x.yaml": "".join(f"---\n{CRD % '{type: object}'}" for _ in range(3_000))})
    ),
    "a-crd-whose-pattern-backtracks": Case(
        chart(
            CUSTOM,
            **{
                "crds/x.yaml": CRD
                % (
                    "{type: object, properties: {spec: {type: object, "
                    "properties: {x: {type: string, pattern: '^(a+)+$'}}}}}"
                )
            },
        )
    ),
    "a-crd-whose-rule-costs-too-much": Case(
        chart(
            CUSTOM,
            **{
                "crds/x.yaml": CRD
                % (
                    "{type: object, properties: {spec: {type: object, x-kubernetes-validations: "
                    "[{rule: 'lists.range(500).all(a, lists.range(500).all(b, a + b >= 0))'}], "
                    "properties: {x: {type: string}}}}}"
                )
            },
        )
    ),
}
