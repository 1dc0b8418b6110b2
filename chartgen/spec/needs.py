"""What an application needs beside itself: from what a spec says to what a workload is told.

A variable is called after the need: ``DATABASE_HOST``, ``DATABASE_PASSWORD`` and so on for the need ``database``. That
goes for several needs of one kind, too, and whoever calls his needs ``database`` and ``redis`` gets the customary
``DATABASE_URL`` and ``REDIS_URL`` where there is a URL to give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chartgen.spec.model_needs import Fact, Need, Operated, Subchart
from chartgen.spec.operators import OPERATORS
from chartgen.spec.peers import peer
from chartgen.spec.process import resources
from chartgen.spec.units import number, text
from chartgen.tuples import NamedTuple

ACCOUNT = {Fact.USERNAME: "username", Fact.PASSWORD: "password"}
"""The keys of a Secret of the type kubernetes.io/basic-auth, which the operators' Secrets have as well."""

PASSWORD = {Fact.PASSWORD: "password"}


class KindOfNeed(NamedTuple):
    """What is known about all needs of a kind.

    ``port`` is its registered or customary one. ``keys`` are those of the Secret it usually takes to connect (none:
    usually no Secret). ``scheme`` begins the URL of one without a Secret; without a scheme there is no such URL.
    ``databases`` when a server holds several.
    """

    port: int
    keys: Mapping[Fact, str] = {}
    scheme: str = ""
    databases: bool = False


KINDS: dict[str, KindOfNeed] = {
    "postgres": KindOfNeed(5432, ACCOUNT, databases=True),
    "mysql": KindOfNeed(3306, ACCOUNT, databases=True),
    "mariadb": KindOfNeed(3306, ACCOUNT, databases=True),
    "mongodb": KindOfNeed(27017, ACCOUNT, databases=True),
    "redis": KindOfNeed(6379, PASSWORD, "redis"),
    "valkey": KindOfNeed(6379, PASSWORD, "redis"),  # its own clients know the scheme of Redis, all others no other
    "memcached": KindOfNeed(11211),
    "rabbitmq": KindOfNeed(5672, ACCOUNT, "amqp"),
    "kafka": KindOfNeed(9092),
    "nats": KindOfNeed(4222, scheme="nats"),
    "elasticsearch": KindOfNeed(9200, scheme="http"),
    "opensearch": KindOfNeed(9200, scheme="http"),
}
"""The kinds: what applications connect to by a name and a port. Storage of a cloud is a matter of ``identity``."""


def needs(given: Mapping[str, Any], app: str) -> tuple[Need, ...]:
    """The needs of an application, in the order of the spec; ``app`` is its name."""
    return tuple(_need(name, value, app) for name, value in given.items())


def _need(name: str, value: str | Mapping[str, Any], app: str) -> Need:
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"kind": value}
    kind = given.get("kind", name if name in KINDS else "")
    known = KINDS.get(kind, KindOfNeed(0))
    operator = _operated(given["operator"], kind) if "operator" in given else None
    chart = _subchart(given["chart"], name, kind) if "chart" in given else None
    secret, keys = _secret(given.get("secret", not chart), f"{app}-{name}", known)
    if operator:
        secret, keys = "", OPERATORS[kind].keys if kind in OPERATORS else {}
    elsewhere = operator or chart or Fact.HOST in keys
    usual = app.replace("-", "_") if known.databases and not chart else ""
    need = Need(
        name=name,
        kind=kind,
        host=given.get("host", "" if elsewhere else name),
        port=int(given.get("port", known.port)),
        database=given.get("database", usual),
        secret=secret,
        secret_keys=keys,
        peers=tuple(peer(one, ()) for one in given.get("peers", ())),
        operator=operator,
        chart=chart,
    )
    return replace(need, env=_variables(need, given.get("env", name)))


def _secret(value: bool | str | Mapping[str, Any], usual: str, known: KindOfNeed) -> tuple[str, Mapping[Fact, str]]:
    """An existing Secret and what is in it. Without a word it is one with what the kind takes to connect."""
    if value is False or (value is True and not known.keys):
        return "", {}
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"name": value if value is not True else usual}
    keys = {fact: given[fact] for fact in Fact if fact in given}
    return given.get("name", usual), keys or known.keys or ACCOUNT


def _operated(value: str | Mapping[str, Any], kind: str) -> Operated:
    """A cluster of an operator; text is the size of the volumes."""
    server = OPERATORS[kind].server if kind in OPERATORS else {}
    given: Mapping[str, Any] = value if isinstance(value, Mapping) else {"storage": value}
    return Operated(
        existing=given.get("existing", ""),
        instances=int(given.get("instances", 3)),
        storage=number(given.get("storage", "")),
        storage_class=given.get("class", ""),
        version=text(given.get("version", "")),
        resources=resources(server, given.get("resources", {})),
    )


def _subchart(given: Mapping[str, Any], need: str, kind: str) -> Subchart:
    return Subchart(
        name=given.get("name", kind),
        repository=given.get("repository", "").rstrip("/"),
        version=given.get("version", ""),
        alias=given.get("alias", need),
        suffix=given.get("suffix", ""),
        enabled=given.get("enabled", True),
        values=given.get("values", {}),
    )


def facts(need: Need) -> tuple[Fact, ...]:
    """What can be known about a need, in the order of ``Fact``."""
    known = KINDS.get(need.kind, KindOfNeed(0))
    found = set(need.secret_keys)
    if not need.operator:
        found |= {Fact.HOST, Fact.PORT}
        if not {Fact.HOST, Fact.PORT} & set(need.secret_keys):
            found |= {Fact.ADDRESS}
            found |= {Fact.URL} if known.scheme and not need.secret_keys else set()
        found |= {Fact.DATABASE} if need.database else set()
    return tuple(fact for fact in Fact if fact in found)


def _variables(need: Need, given: str | Mapping[str, str]) -> dict[str, Fact]:
    """Variables and what is in them: as the spec says, or one for each fact, with a name that begins as the spec says.

    The address is in host and port already.
    """
    if isinstance(given, Mapping):
        return {name: Fact(fact) for name, fact in given.items()}
    prefix = given.upper().replace("-", "_")
    return {f"{prefix}_{fact.upper()}": fact for fact in facts(need) if fact is not Fact.ADDRESS}
