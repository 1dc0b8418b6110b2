"""values.schema.json: closed, so that a misspelt setting is an error, and without a reference outside itself.

Draft 7 is the newest that every Helm 3 and 4 reads. Free maps (labels, node selectors) and ``global`` stay open.
``enabled`` is what a chart that depends on this one names as its condition, as most do: it stands among the values Helm
hands down, and no template reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from chartgen.generate.jsontext import dumps
from chartgen.generate.valuetree import Key, Node

Schema = Mapping[str, Any]

STRING: Schema = {"type": "string"}
BOOLEAN: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
POSITIVE: Schema = {"type": "integer", "minimum": 1}
PORT: Schema = {"type": "integer", "minimum": 1, "maximum": 65535}
NAME: Schema = {"type": "string", "minLength": 1}
NAME_PART: Schema = {"type": "string", "pattern": "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$"}
"""What names of objects are made from, or nothing; templates put '-' in place of dots, and cut what is too long."""
DIGEST: Schema = {"type": "string", "pattern": "^$|^[a-z0-9]+:[a-f0-9]{32,}$"}
PULL_POLICY: Schema = {"enum": ["Always", "IfNotPresent", "Never"]}
DURATION: Schema = {"type": "string", "pattern": "^([0-9]+(ms|[smhdwy]))*$"}
STRINGS: Schema = {"type": "object", "additionalProperties": {"type": "string"}}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
OBJECT: Schema = {"type": "object"}
OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}
NUMBER_OR_PERCENT: Schema = {"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+%$"}

OWN_LABELS = "^(helm[.]sh/chart|app[.]kubernetes[.]io/(name|instance|component|version|managed-by))$"
"""Labels the chart sets itself."""

LABELS: Schema = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "propertyNames": {"not": {"pattern": OWN_LABELS}},
}


def closed(**properties: Schema) -> Schema:
    """An object with these properties and no others."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


def ref(name: str) -> Schema:
    """One of the shared definitions."""
    return {"$ref": f"#/definitions/{name}"}


_QUANTITIES: Schema = {"type": "object", "additionalProperties": {"type": ["string", "number"]}}
_PORT_REFERENCE: Schema = {"type": ["integer", "string"]}
_ID: Schema = {"type": "integer", "minimum": 0}
_SE_LINUX = closed(level=STRING, role=STRING, type=STRING, user=STRING)
_SECCOMP = closed(type=STRING, localhostProfile=STRING)

DEFINITIONS: dict[str, Schema] = {
    "probe": closed(
        httpGet=closed(
            path=STRING,
            port=_PORT_REFERENCE,
            host=STRING,
            scheme={"enum": ["HTTP", "HTTPS"]},
            httpHeaders={"type": "array", "items": closed(name=STRING, value=STRING)},
        ),
        tcpSocket=closed(port=_PORT_REFERENCE, host=STRING),
        grpc=closed(port={"type": "integer"}, service=STRING),
        exec=closed(command=TEXTS),
        initialDelaySeconds=COUNT,
        periodSeconds=POSITIVE,
        timeoutSeconds=POSITIVE,
        successThreshold=POSITIVE,
        failureThreshold=POSITIVE,
        terminationGracePeriodSeconds=POSITIVE,
    ),
    "resources": closed(
        requests=_QUANTITIES,
        limits=_QUANTITIES,
        claims={"type": "array", "items": closed(name=STRING, request=STRING)},
    ),
    "podSecurityContext": closed(
        runAsNonRoot=BOOLEAN,
        runAsUser=_ID,
        runAsGroup=_ID,
        fsGroup=_ID,
        fsGroupChangePolicy={"enum": ["Always", "OnRootMismatch"]},
        supplementalGroups={"type": "array", "items": _ID},
        supplementalGroupsPolicy={"enum": ["Merge", "Strict"]},
        seccompProfile=_SECCOMP,
        appArmorProfile=_SECCOMP,
        seLinuxOptions=_SE_LINUX,
        seLinuxChangePolicy=STRING,
        sysctls={"type": "array", "items": closed(name=STRING, value=STRING)},
        windowsOptions=OBJECT,
    ),
    "securityContext": closed(
        allowPrivilegeEscalation=BOOLEAN,
        privileged=BOOLEAN,
        readOnlyRootFilesystem=BOOLEAN,
        runAsNonRoot=BOOLEAN,
        runAsUser=_ID,
        runAsGroup=_ID,
        procMount=STRING,
        capabilities=closed(add=TEXTS, drop=TEXTS),
        seccompProfile=_SECCOMP,
        appArmorProfile=_SECCOMP,
        seLinuxOptions=_SE_LINUX,
        windowsOptions=OBJECT,
    ),
    "toleration": closed(
        key=STRING,
        operator=STRING,
        value=STRING,
        effect={"enum": ["NoSchedule", "PreferNoSchedule", "NoExecute"]},
        tolerationSeconds={"type": "integer"},
    ),
    "topologySpreadConstraint": {
        **closed(
            topologyKey=STRING,
            maxSkew=POSITIVE,
            minDomains=POSITIVE,
            whenUnsatisfiable={"enum": ["DoNotSchedule", "ScheduleAnyway"]},
            matchLabelKeys=TEXTS,
            nodeAffinityPolicy={"enum": ["Honor", "Ignore"]},
            nodeTaintsPolicy={"enum": ["Honor", "Ignore"]},
        ),
        "required": ["topologyKey", "maxSkew", "whenUnsatisfiable"],
    },
    "ingressPath": {
        **closed(path=STRING, pathType={"enum": ["Exact", "Prefix", "ImplementationSpecific"]}),
        "required": ["path"],
    },
    "parentReference": {
        **closed(
            group=STRING,
            kind=STRING,
            name=STRING,
            namespace=STRING,
            sectionName=STRING,
            port=PORT,
        ),
        "required": ["name"],
    },
    "grpcRouteMatch": closed(
        method=closed(type={"enum": ["Exact", "RegularExpression"]}, service=STRING, method=STRING),
        headers={"type": "array", "items": closed(type=STRING, name=STRING, value=STRING)},
    ),
    "metric": {
        **closed(
            type={"enum": ["Resource", "ContainerResource", "Pods", "Object", "External"]},
            resource=OBJECT,
            containerResource=OBJECT,
            pods=OBJECT,
            object=OBJECT,
            external=OBJECT,
        ),
        "required": ["type"],
    },
    "routeMatch": closed(
        path=closed(type={"enum": ["Exact", "PathPrefix", "RegularExpression"]}, value=STRING),
        headers={"type": "array", "items": closed(type=STRING, name=STRING, value=STRING)},
        queryParams={"type": "array", "items": closed(type=STRING, name=STRING, value=STRING)},
        method=STRING,
    ),
}
"""Kubernetes' structures that many settings share."""


def document(title: str, nodes: Sequence[Node]) -> str:
    """The whole schema of a chart's values, as JSON."""
    body = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **_properties(nodes),
            "global": {"type": "object", "description": "Values Helm shares with subcharts"},
            "enabled": {
                "type": "boolean",
                "description": "Not read here; the condition under which a chart that depends on this one installs it",
            },
        },
    }
    text = dumps(body).removesuffix("\n}")
    used = [_definition(name) for name in DEFINITIONS if f'"#/definitions/{name}"' in text]
    return f'{text},\n  "definitions": {{\n    ' + ",\n    ".join(used) + "\n  }\n}\n"


@cache
def _definition(name: str) -> str:
    return f"{dumps(name)}: {dumps(DEFINITIONS[name], 4)}"


def _properties(nodes: Sequence[Node]) -> dict[str, Any]:
    return {node.name: _node(node) for node in nodes}


def _node(node: Node) -> dict[str, Any]:
    described = {"description": node.doc} if node.doc else {}
    if isinstance(node, Key):
        return {**described, **node.schema}
    return {
        **described,
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(node.children),
        **node.schema,
    }
