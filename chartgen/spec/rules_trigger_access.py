"""Rules about how KEDA gets to what it watches, and who it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chartgen.errors import Problem
from chartgen.location import Pointer
from chartgen.spec.model import Trigger
from chartgen.spec.phrases import either
from chartgen.spec.rules_settings import SECRET_NAME
from chartgen.spec.scope import Scope
from chartgen.spec.triggers import KINDS

ADDRESS = {
    "rabbitmq": ("host", "add: auth: {env: {host: RABBITMQ_URL}}, with the variable that holds amqp://USER:PASSWORD@HOST"),
    "redis": ("address", "add: address: redis:6379"),
    "servicebus": ("connection", "add: namespace: NAME and auth: azure, or auth: {env: {connection: VARIABLE}}"),
    "sqs": ("awsAccessKeyId", "add: auth: aws"),
    "pubsub": ("GoogleApplicationCredentials", "add: auth: gcp"),
}  # fmt: skip
"""The parameter without which a scaler reaches nothing, unless an identity leads it there, and what to do."""

OTHER_NAMES = {
    "rabbitmq": ("hostFromEnv",),
    "redis": ("addressFromEnv", "host", "hostFromEnv", "addresses", "hosts"),
    "servicebus": ("connectionFromEnv",),
    "sqs": ("identityOwner",),
    "pubsub": ("credentialsFromEnv",),
}
"""Options that stand for it."""

CLOUDS = {"sqs": "aws", "servicebus": "azure", "pubsub": "gcp"}
"""The cloud whose identity opens a queue; that of another does not."""


CREDENTIALS = re.compile(r"://[^/\s:@]*:[^/\s@]+@")
"""What stands before the host in a URL with a password."""


def access(scope: Scope) -> Iterator[Problem]:
    """KEDA must know the way to what it watches, and be somebody there."""
    for trigger in scope.workload.replicas.triggers:
        given = scope.given("replicas")["triggers"][trigger.name]
        place = scope.at("replicas", "triggers", trigger.name)
        kind = next((key for key in KINDS if key in given), "")
        yield from _sources(scope, trigger, place / "auth")
        yield from _plain(scope, trigger, place / kind / ("metadata" if kind == "scaler" else "options"))
        auth = trigger.auth
        if kind in CLOUDS and auth and auth.identity not in ("", CLOUDS[kind]):
            yield scope.problem(
                place / "auth" / "identity" if isinstance(given["auth"], Mapping) else place / "auth",
                f"an identity in {auth.identity} opens nothing of {CLOUDS[kind]}",
                hint=f"write {CLOUDS[kind]}",
                code="two-clouds",
            )
        elif kind in ADDRESS and not _reached(kind, trigger):
            parameter, hint = ADDRESS[kind]
            who = "nobody says who KEDA is there" if kind in ("sqs", "pubsub") else f"its {parameter!r} is missing"
            yield scope.problem(
                place / kind, f"KEDA cannot read it: {who}", hint=hint, code="trigger-without-access", key=True
            )


def names(scope: Scope) -> Iterator[Problem]:
    """The authentications of two workloads have different names, which end in those of workload and trigger."""
    taken: dict[str, tuple[str, str]] = {}
    for w in scope.app.workloads:
        for trigger in w.replicas.triggers:
            if trigger.auth is None or trigger.auth.existing:
                continue
            name = f"{w.name}-{trigger.name}"
            owner, other = taken.setdefault(name, (w.name, trigger.name))
            if w is scope.workload and owner != w.name:
                yield scope.problem(
                    scope.at("replicas", "triggers", trigger.name),
                    f"its authentication {scope.app.name + '-' + name!r} would have the name of that of the trigger "
                    f"{other!r} of {owner!r}",
                    hint="choose another name",
                    code="name-twice",
                    key=True,
                )


def _plain(scope: Scope, trigger: Trigger, place: Pointer) -> Iterator[Problem]:
    """A password in a spec is a password in git, and in every values.yaml made from it."""
    for name, value in trigger.metadata.items():
        if CREDENTIALS.search(value) or (value and SECRET_NAME.search(_words(name)) and not name.endswith("FromEnv")):
            yield scope.problem(
                place / name if scope.source.existing(place / name) == place / name else place.parent,
                "looks like a secret, which everyone who reads the spec can see",
                hint=f"take it from a variable or a Secret: auth: {{secret: NAME, keys: {{{name}: KEY}}}}",
                code="plain-secret",
                key=True,
                warning=True,
            )


def _words(name: str) -> str:
    """A parameter's name as a variable's: ``awsSecretAccessKey`` is AWS_SECRET_ACCESS_KEY."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def _reached(kind: str, trigger: Trigger) -> bool:
    auth, (parameter, _) = trigger.auth, ADDRESS[kind]
    if any(option in trigger.metadata for option in (parameter, *OTHER_NAMES[kind])):
        return True
    if auth is None:
        return False
    if auth.existing or kind in ("sqs", "pubsub"):
        return True
    if kind == "servicebus" and auth.identity:
        return "namespace" in trigger.metadata
    return bool({parameter, *OTHER_NAMES[kind]} & {*auth.env, *auth.keys})


def _sources(scope: Scope, trigger: Trigger, place: Pointer) -> Iterator[Problem]:
    """What an authentication is made of fits together and is there."""
    auth = trigger.auth
    if auth is None:
        return
    made = [key for key in ("identity", "env", "secret") if getattr(auth, key)]
    if auth.existing and made:
        yield scope.problem(
            place / made[0], "cannot be combined with 'existing', which says all of it", hint="remove one of the two",
            code="two-forms", key=True,
        )  # fmt: skip
    for key, other in (("keys", "secret"), ("secret", "keys"), ("id", "identity"), ("cluster", "existing")):
        if getattr(auth, key) and not getattr(auth, other):
            yield scope.problem(
                place / key, f"{other!r} is missing beside it", hint=f"add {other}", code="missing-key", key=True
            )
    if auth.id and auth.identity == "gcp":
        yield scope.problem(
            place / "id", "on Google Cloud KEDA has its own identity only", hint="remove it", code="no-effect", key=True
        )
    for parameter in (one for one in auth.env if one in auth.keys):
        yield scope.problem(
            place / "keys", f"{parameter!r} is taken from a variable already", hint="remove one of the two",
            code="given-twice", key=True,
        )  # fmt: skip
    yield from _variables(scope, trigger, place)
    uses = next((use for use in scope.workload.secrets if use.name == auth.secret), None)
    if uses and (uses.external or uses.required):
        yield scope.problem(
            place / "secret",
            f"the chart makes the Secret {auth.secret!r}, under a name of the release's",
            hint=f"take the value from a variable of the workload: env: {{{next(iter(auth.keys), 'host')}: VARIABLE}}",
            code="secret-source",
        )


def _variables(scope: Scope, trigger: Trigger, place: Pointer) -> Iterator[Problem]:
    w = scope.workload
    if trigger.auth is None or any(use.all_env for use in w.secrets):
        return
    told = (name for need in scope.app.needs if need.name in w.needs for name in need.env)
    known = [*(e.name for e in w.env), *(name for use in w.secrets for name in use.env), *told]
    for parameter, variable in trigger.auth.env.items():
        if variable not in known:
            yield scope.problem(
                place / "env" / parameter,
                f"the workload has no variable {variable!r}",
                hint=f"choose {either(known)}" if 0 < len(known) < 8 else "add it under env or secrets",
                code="unknown-variable",
            )
