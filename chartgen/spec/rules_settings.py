"""Rules about what a workload is given: environment, Secrets, rights, time to stop, labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chartgen.errors import Problem
from chartgen.spec.scope import Scope

_OWN = ("name", "instance", "component", "version", "managed-by")

RESERVED = frozenset(("helm.sh/chart", *(f"app.kubernetes.io/{word}" for word in _OWN)))
"""Labels the chart sets itself; three of them select pods and can never change."""


SECRET_NAME = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_KEY|ACCESS_KEY|TOKEN|API_?KEY|PRIVATE_KEY)$", re.IGNORECASE
)
"""Names of variables that hold secrets; ``TOKEN_TTL`` and ``SECRET_NAME`` do not."""


_SOURCES = ("secret", "config", "need", "workload", "field", "resource")
_BELONGS = {"key": ("secret", "config"), "fact": ("need", "workload")}


def env_sources(scope: Scope) -> Iterator[Problem]:
    """A variable that is no value comes from exactly one place."""
    for level, place in ((scope.own, scope.pointer), (scope.top, scope.pointer.parent.parent)):
        for name, value in level.get("env", {}).items():
            if not isinstance(value, Mapping):
                continue
            places = [key for key in _SOURCES if key in value]
            if len(places) != 1 or any(key in value and places[0] not in of for key, of in _BELONGS.items()):
                yield scope.problem(
                    place / "env" / name,
                    "names no source" if not places else "names more than one source",
                    hint="write {secret, key}, {config, key}, {need, fact}, {workload, fact}, {field} or {resource}",
                    code="env-source",
                )


def env_plain_secret(scope: Scope) -> Iterator[Problem]:
    """A password in a spec is a password in git, and in every values.yaml made from it."""
    for var in scope.workload.env:
        if var.value and SECRET_NAME.search(var.name) and "$(" not in var.value:
            yield scope.problem(
                scope.at("env", var.name),
                "looks like a secret, which everyone who reads the spec can see",
                hint=f"put it into a Secret and write {{secret: NAME, key: {var.name}}}",
                code="plain-secret",
                warning=True,
            )


_REFERENCE = re.compile(r"\$\$|\$\(([^()]+)\)")


def env_order(scope: Scope) -> Iterator[Problem]:
    """Kubernetes puts a variable into those after it, and leaves ``$(NAME)`` as it is in those before."""
    later = [var.name for var in scope.workload.env]
    for var in scope.workload.env:
        later.remove(var.name)
        for name in dict.fromkeys(_REFERENCE.findall(var.value or "")):
            if name in later:
                yield scope.problem(
                    scope.at("env", var.name),
                    f"$({name}) is left as it is, because {name} comes after it",
                    hint=f"move {name} before {var.name}",
                    code="env-order",
                    warning=True,
                )


def env_twice(scope: Scope) -> Iterator[Problem]:
    """A variable is set once: by ``env``, or by one Secret."""
    taken = dict.fromkeys((var.name for var in scope.workload.env), "env")
    for use in scope.workload.secrets:
        for name in use.env:
            if name in taken:
                yield scope.problem(
                    scope.at("secrets", use.name, "env", name),
                    f"the variable {name!r} is already set by {taken[name]}",
                    hint="remove one of the two",
                    code="env-twice",
                )
            taken.setdefault(name, f"secrets.{use.name}")


def mounts(scope: Scope) -> Iterator[Problem]:
    """Every folder is mounted once, and /tmp is taken."""
    taken = {"/tmp": "the writable /tmp that every pod has"}
    for use in scope.workload.secrets:
        if not use.mount:
            continue
        if use.mount in taken:
            yield scope.problem(
                scope.at("secrets", use.name, "mount"),
                f"{use.mount!r} is taken by {taken[use.mount]}",
                hint="choose another folder",
                code="mount-twice",
            )
        taken.setdefault(use.mount, f"secrets.{use.name}")


def security(scope: Scope) -> Iterator[Problem]:
    """Rights beyond Pod Security ``restricted`` are the author's choice, and said."""
    chosen = scope.workload.security
    added = [name for name in chosen.capabilities if name != "NET_BIND_SERVICE"]
    goes = "capability {} goes" if len(added) == 1 else "capabilities {} go"
    beyond = [
        (("user",), "user 0 is root") if chosen.user == 0 else None,
        (("privileged",), "a privileged container has all rights on its node") if chosen.privileged else None,
        (("capabilities",), f"the {goes.format(', '.join(added))} beyond the default") if added else None,
    ]
    for path, said in filter(None, beyond):
        yield scope.problem(
            scope.at("security", *path),
            f"{said}, which Pod Security 'restricted' refuses",
            hint="run without it if the application can",
            code="beyond-restricted",
            warning=True,
        )


def shutdown(scope: Scope) -> Iterator[Problem]:
    """The sleep is part of the grace period."""
    chosen = scope.workload.shutdown
    if chosen.sleep and chosen.grace <= chosen.sleep:
        yield scope.problem(
            scope.at("shutdown", "grace"),
            f"the grace period of {chosen.grace} s is not longer than the sleep of {chosen.sleep} s",
            hint="the application is stopped after the sleep and needs time of its own",
            code="grace-not-above-sleep",
        )


def labels(scope: Scope) -> Iterator[Problem]:
    """Labels that select pods belong to the chart."""
    for name in scope.workload.labels:
        if name in RESERVED:
            yield scope.problem(
                scope.at("labels", name),
                f"the chart sets {name!r} itself",
                hint="choose another label",
                code="reserved-label",
                key=True,
            )
