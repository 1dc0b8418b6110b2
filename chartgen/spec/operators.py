"""The operators whose clusters a chart can have: what each makes for the application, and what it wants."""

from __future__ import annotations

from collections.abc import Mapping

from chartgen.spec.model_needs import Fact
from chartgen.tuples import NamedTuple


class Operator(NamedTuple):
    """An operator: its name, and the keys of the Secret it makes for the application, by fact.

    ``server`` is what one server requests where the spec does not say. ``majority`` when the servers decide by vote.
    ``reserve`` is how much of a volume must stay free, as a quantity (empty: nothing in particular).
    """

    name: str
    keys: Mapping[Fact, str]
    server: Mapping[str, str]
    majority: bool = False
    reserve: str = ""


OPERATORS: dict[str, Operator] = {
    # Source: CloudNativePG, "Connecting from an application". A server requests twice what PostgreSQL keeps in its
    # buffers unasked, and its connections.
    "postgres": Operator(
        "CloudNativePG",
        {
            Fact.HOST: "host",
            Fact.PORT: "port",
            Fact.DATABASE: "dbname",
            Fact.USERNAME: "username",
            Fact.PASSWORD: "password",
            Fact.URL: "uri",
        },
        {"cpu": "250m", "memory": "512Mi"},
    ),
    # Sources: RabbitMQ's "Using Kubernetes Cluster Operator", about the Secret of the default user; the descriptions of
    # the fields in its CRD, about odd numbers; its default configuration, disk_free_limit.absolute = 2GB. A server
    # requests half of what the operator gives it unasked.
    "rabbitmq": Operator(
        "RabbitMQ Cluster Operator",
        {
            Fact.HOST: "host",
            Fact.PORT: "port",
            Fact.USERNAME: "username",
            Fact.PASSWORD: "password",
            Fact.URL: "connection_string",
        },
        {"cpu": "500m", "memory": "1Gi"},
        majority=True,
        reserve="2Gi",
    ),
}
"""The operators; a kind of need without one has to be told where it is."""
