"""What a spec says about needs, as the model has it: what each kind usually takes, and what is known of it."""

from __future__ import annotations

import pytest

from chartgen.generate.operators import known as generated
from chartgen.generate.plan import NEED
from chartgen.spec.load import read_spec
from chartgen.spec.model import Fact, Need, Operated, Peer, Resources, Subchart
from chartgen.spec.needs import KINDS, facts
from chartgen.spec.operators import OPERATORS

HEAD = "apiVersion: chartgen/v1\nname: shop-api\nimage: ghcr.io/acme/shop:1.4.2\n"


def need(text: str) -> Need:
    (found,) = read_spec(f"{HEAD}needs: {{{text}}}\n".encode(), file="app.yaml").needs
    return found


def test_a_kind_alone_is_a_server_of_that_name_with_a_secret() -> None:
    assert need("database: postgres") == Need(
        name="database",
        kind="postgres",
        host="database",
        port=5432,
        database="shop_api",
        secret="shop-api-database",
        secret_keys={Fact.USERNAME: "username", Fact.PASSWORD: "password"},
        env={
            "DATABASE_HOST": Fact.HOST,
            "DATABASE_PORT": Fact.PORT,
            "DATABASE_DATABASE": Fact.DATABASE,
            "DATABASE_USERNAME": Fact.USERNAME,
            "DATABASE_PASSWORD": Fact.PASSWORD,
        },
    )


@pytest.mark.parametrize(
    ("kind", "port", "known"),
    [
        ("postgres", 5432, "host port address database username password"),
        ("mysql", 3306, "host port address database username password"),
        ("mariadb", 3306, "host port address database username password"),
        ("mongodb", 27017, "host port address database username password"),
        ("redis", 6379, "host port address password"),
        ("valkey", 6379, "host port address password"),
        ("memcached", 11211, "host port address"),
        ("rabbitmq", 5672, "host port address username password"),
        ("kafka", 9092, "host port address"),
        ("nats", 4222, "host port address url"),
        ("elasticsearch", 9200, "host port address url"),
        ("opensearch", 9200, "host port address url"),
    ],
)
def test_what_is_usual_and_known_of_each_kind(kind: str, port: int, known: str) -> None:
    found = need(f"x: {kind}")
    assert found.port == port
    assert " ".join(facts(found)) == known


def test_every_kind_is_looked_at() -> None:
    looked_at = test_what_is_usual_and_known_of_each_kind.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert [case[0] for case in looked_at] == list(KINDS)


def test_a_url_is_made_of_host_and_port_only_where_nothing_is_secret() -> None:
    """A password may hold characters that mean something in a URL, so nobody puts it there unasked."""
    assert Fact.URL not in facts(need("redis: redis"))
    assert Fact.URL in facts(need("redis: {secret: false}"))
    assert Fact.URL in facts(need("redis: {secret: {url: uri}}"))


def test_what_the_secret_tells_is_no_setting() -> None:
    found = need("q: {kind: rabbitmq, secret: {name: q-user, host: host, port: port, url: connection_string}}")
    assert found.host == ""
    assert (found.secret, found.port) == ("q-user", 5672)
    assert facts(found) == (Fact.HOST, Fact.PORT, Fact.URL)


def test_a_cluster_of_an_operator_tells_everything() -> None:
    found = need("postgres: {operator: {storage: 1Gi, instances: 1, class: fast, version: 18, resources: {cpu: 1}}}")
    assert found.operator == Operated(
        instances=1,
        storage="1Gi",
        storage_class="fast",
        version="18",
        resources=Resources({"cpu": "1", "memory": "512Mi"}, {"memory": "512Mi"}),
    )
    assert (found.host, found.secret, found.made) == ("", "", True)
    assert facts(found) == (Fact.HOST, Fact.PORT, Fact.DATABASE, Fact.USERNAME, Fact.PASSWORD, Fact.URL)
    assert not need("postgres: {operator: {existing: shop-db}}").made


def test_a_chart_has_the_name_of_the_kind_and_the_alias_of_the_need() -> None:
    found = need("cache: {kind: valkey, chart: {repository: https://valkey.io/valkey-helm/, version: 0.9.3}}")
    assert found.chart == Subchart("valkey", "https://valkey.io/valkey-helm", "0.9.3", "cache")
    assert (found.host, found.secret, found.made) == ("", "", True)


def test_a_broker_of_an_operator_has_what_a_broker_takes() -> None:
    found = need("queue: {kind: rabbitmq, operator: 10Gi}")
    assert found.operator == Operated(
        storage="10Gi", resources=Resources({"cpu": "500m", "memory": "1Gi"}, {"memory": "1Gi"})
    )
    assert facts(found) == (Fact.HOST, Fact.PORT, Fact.USERNAME, Fact.PASSWORD, Fact.URL)
    assert found.secret_keys[Fact.URL] == "connection_string"
    assert (found.host, found.secret, found.database, found.made) == ("", "", "", True)


def test_charts_have_a_template_for_the_cluster_of_every_operator() -> None:
    assert list(generated.OPERATORS) == list(OPERATORS)
    keys = [alert.key for alert in generated.ALERTS]
    assert len(keys) == len(set(keys))
    for operator in generated.OPERATORS.values():
        assert {f"templates/{file}" for file in operator.files} <= set(NEED)


@pytest.mark.parametrize("size", ["1Pi", "0.5P", "2.5Gi", "2200000000"])
def test_a_volume_for_a_broker_is_larger_than_what_must_stay_free(size: str) -> None:
    found = need(f"queue: {{kind: rabbitmq, operator: {size}}}")
    assert found.operator is not None
    assert found.operator.storage == size


def test_variables_begin_as_the_spec_says_or_are_all_its_own() -> None:
    assert list(need("night-cache: {kind: nats}").env) == ["NIGHT_CACHE_HOST", "NIGHT_CACHE_PORT", "NIGHT_CACHE_URL"]
    assert list(need("nats: {env: q}").env) == ["Q_HOST", "Q_PORT", "Q_URL"]
    assert need("nats: {env: {SERVERS: address}}").env == {"SERVERS": Fact.ADDRESS}


def test_peers_are_those_of_a_network() -> None:
    assert need("db: {kind: mysql, peers: [10.0.0.0/8, namespace:data, {app: mysql}]}").peers == (
        Peer(cidr="10.0.0.0/8"),
        Peer(namespace="data"),
        Peer(app="mysql"),
    )


def test_workloads_have_all_needs_or_those_they_name() -> None:
    text = f"{HEAD}needs: {{redis: redis, events: kafka}}\nworkloads: {{web: {{}}, worker: {{needs: [events]}}}}\n"
    web, worker = read_spec(text.encode(), file="app.yaml").workloads
    assert (web.needs, worker.needs) == (("redis", "events"), ("events",))
