"""What a spec means: the values of the model, for short, full, inherited and absent keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chartgen.errors import CannotDo, InvalidInput
from chartgen.rules.images.floating_image_tag import Options
from chartgen.spec.load import load_spec, read_spec
from chartgen.spec.model import (
    Alerts,
    AppSpec,
    EnvVar,
    Gateway,
    Health,
    Identity,
    Image,
    Ingress,
    Metrics,
    Monitoring,
    Network,
    Peer,
    PeerPort,
    Port,
    Probe,
    Replicas,
    Resources,
    SecretUse,
    Security,
    Service,
    Shutdown,
    Workload,
)
from chartgen.spec.rules_pods import MOVING
from chartgen.spec.units import amount

HEAD = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\n"
WEB = HEAD + "port: 8080\nhealth: /healthz\n"


def app(text: str) -> AppSpec:
    return read_spec(text.encode(), file="app.yaml")


def only(text: str) -> Workload:
    (workload,) = app(text).workloads
    return workload


def test_six_lines_give_a_whole_application() -> None:
    image = Image("ghcr.io/acme/shop", "1.4.2")
    assert app(WEB + "ingress: shop.example.com\n") == AppSpec(
        name="shop",
        version="0.1.0",
        description="A Helm chart for shop",
        image=image,
        single=True,
        workloads=(
            Workload(
                name="",
                component="shop",
                image=image,
                replicas=Replicas(2, 2),
                resources=Resources({"cpu": "100m", "memory": "128Mi"}, {"memory": "128Mi"}),
                security=Security(10001, 10001),
                shutdown=Shutdown(grace=30, sleep=5),
                ports=(Port("http", 8080, 80),),
                service=Service(),
                health=Health(
                    startup=Probe("http", "/healthz", "http", period=5, failures=30),
                    readiness=Probe("http", "/healthz", "http", period=10, failures=3),
                    liveness=Probe("http", "/healthz", "http", period=10, failures=6),
                ),
                ingress=Ingress(hosts=("shop.example.com",), port="http"),
            ),
        ),
    )


def test_a_worker_has_no_service_one_pod_and_no_sleep() -> None:
    worker = only(HEAD)
    assert (worker.ports, worker.service, worker.health) == ((), None, Health())
    assert worker.replicas == Replicas(1, 1)
    assert worker.shutdown == Shutdown(grace=30, sleep=0)


@pytest.mark.parametrize(
    ("reference", "image"),
    [
        ("nginx:1.27", Image("nginx", "1.27")),
        ("registry.example.com:5000/a/b:1", Image("registry.example.com:5000/a/b", "1")),
        ("localhost:5000/a@sha256:" + "0" * 64, Image("localhost:5000/a", "", "sha256:" + "0" * 64)),
        ("a/b_c.d__e:v1@sha256:" + "f" * 64, Image("a/b_c.d__e", "v1", "sha256:" + "f" * 64)),
    ],
    ids=["short", "port", "digest", "both"],
)
def test_image_references(reference: str, image: Image) -> None:
    spec = app(f"apiVersion: chartgen/v1\nname: shop\nimage: {reference}\n")
    assert spec.image == spec.workloads[0].image == image


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("port: 8080", (Port("http", 8080, 80),)),
        ("ports: {web: 8080}", (Port("web", 8080, 8080),)),
        (
            "ports: {http: {port: 1, service: 2, protocol: UDP, appProtocol: grpc}}",
            (Port("http", 1, 2, "UDP", "grpc"),),
        ),
        ("ports: {b: 2, a: 1}", (Port("b", 2, 2), Port("a", 1, 1))),
    ],
)
def test_ports(text: str, expected: tuple[Port, ...]) -> None:
    assert only(f"{HEAD}{text}\nhealth: {{exec: [a]}}\n").ports == expected


def test_aws_network_load_balancer() -> None:
    prefix = "service.beta.kubernetes.io/aws-load-balancer-"
    text = "service: {type: LoadBalancer, aws: internet-facing, annotations: {example.com/a: 1}}\n"
    assert only(WEB + text).service == Service(
        "LoadBalancer",
        {f"{prefix}nlb-target-type": "ip", f"{prefix}scheme": "internet-facing", "example.com/a": "1"},
        "service.k8s.aws/nlb",
    )
    text = f"service: {{type: LoadBalancer, aws: true, annotations: {{{prefix}nlb-target-type: instance}}}}\n"
    service = only(WEB + text).service
    assert service is not None
    assert service.annotations == {f"{prefix}nlb-target-type": "instance", f"{prefix}scheme": "internal"}


def test_separate_probes_fall_back_on_the_liveness_check() -> None:
    health = only(HEAD + "port: 8080\nhealth: {liveness: {path: /a, period: 20, failures: 2, timeout: 9}}\n").health
    assert health.liveness == Probe("http", "/a", "http", period=20, timeout=9, failures=2)
    assert health.readiness == Probe("http", "/a", "http", period=10, timeout=9, failures=3)
    assert health.startup == Probe("http", "/a", "http", period=5, timeout=9, failures=30)


def test_liveness_never_falls_back_on_the_readiness_check() -> None:
    health = only(HEAD + "port: 8080\nhealth: {readiness: /r}\n").health
    assert health == Health(
        startup=Probe("tcp", port="http", period=5, failures=30),
        readiness=Probe("http", "/r", "http"),
        liveness=Probe("tcp", port="http", failures=6),
    )


def test_a_port_without_a_health_check_is_asked_whether_it_is_open() -> None:
    health = only(HEAD + "ports: {dns: {port: 53, protocol: UDP}, admin: 8080}\n").health
    assert health == Health(
        startup=Probe("tcp", port="admin", period=5, failures=30),
        readiness=Probe("tcp", port="admin", failures=3),
        liveness=Probe("tcp", port="admin", failures=6),
    )
    assert only(HEAD + "ports: {dns: {port: 53, protocol: UDP}}\n").health == Health()


@pytest.mark.parametrize(
    ("text", "probe"),
    [
        ("{tcp: true}", Probe("tcp", port="http", failures=6)),
        ("{grpc: true, port: admin}", Probe("grpc", port="admin", failures=6)),
        ("{exec: [test, 1]}", Probe("exec", command=("test", "1"), failures=6)),
        ("{path: /, port: 8081, timeout: 7}", Probe("http", "/", "admin", timeout=7, failures=6)),
        ("{path: /, port: 9999}", Probe("http", "/", "9999", failures=6)),
    ],
)
def test_ways_to_check(text: str, probe: Probe) -> None:
    assert only(f"{HEAD}ports: {{http: 8080, admin: 8081}}\nhealth: {text}\n").health.liveness == probe


def test_probes_take_the_first_port_when_none_is_called_http() -> None:
    assert only(f"{HEAD}ports: {{admin: 1, web: 2}}\nhealth: /\n").health.liveness == Probe(
        "http", "/", "admin", failures=6
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("replicas: 4", Replicas(4, 4)),
        ("replicas: {max: 10}", Replicas(2, 10)),
        ("replicas: {max: 1}", Replicas(1, 1)),
        ("replicas: {min: 3, max: 9, cpu: 0, memory: 75}", Replicas(3, 9, 0, 75)),
    ],
)
def test_replicas(text: str, expected: Replicas) -> None:
    replicas = only(f"{WEB}{text}\n").replicas
    assert replicas == expected
    assert replicas.autoscaled is (expected.max > expected.min)


@pytest.mark.parametrize(
    ("top", "own", "requests", "limits"),
    [
        ("{}", "{}", {"cpu": "100m", "memory": "128Mi"}, {"memory": "128Mi"}),
        ("{cpu: 1}", "{memory: 1Gi}", {"cpu": "1", "memory": "1Gi"}, {"memory": "1Gi"}),
        ("{cpu: 1}", "{cpu: 0.5}", {"cpu": "0.5", "memory": "128Mi"}, {"memory": "128Mi"}),
        ("{limits: {memory: 2Gi}}", "{}", {"cpu": "100m", "memory": "2Gi"}, {"memory": "2Gi"}),
        ("{limits: {memory: 2Gi}}", "{memory: 1Gi}", {"cpu": "100m", "memory": "1Gi"}, {"memory": "1Gi"}),
        ("{cpu: 1, memory: 1Gi}", "{limits: {memory: 2Gi}}", {"cpu": "1", "memory": "1Gi"}, {"memory": "2Gi"}),
        ("{cpu: 1}", "{requests: {memory: 1Gi}, limits: {}}", {"memory": "1Gi"}, {}),
        ("{requests: {cpu: 1, ephemeral-storage: 1Gi}}", "{}", {"cpu": "1", "ephemeral-storage": "1Gi"}, {}),
    ],
)
def test_resources_are_laid_over_the_inherited_ones(
    top: str, own: str, requests: dict[str, str], limits: dict[str, str]
) -> None:
    text = HEAD
    text += f"resources: {top}\n" if top != "{}" else ""
    text += f"workloads:\n  web: {'{}' if own == '{}' else f'{{resources: {own}}}'}\n"
    assert only(text).resources == Resources(requests, limits)


def test_environment_is_merged_by_name_in_its_order() -> None:
    text = HEAD + (
        "env: {B: two, A: $(B)}\n"
        "workloads:\n  web:\n"
        "    env: {C: {secret: s, key: k}, B: 2, D: {config: c, key: k}, E: {field: spec.nodeName}}\n"
    )
    assert only(text).env == (
        EnvVar("B", value="2"),
        EnvVar("A", value="$(B)"),
        EnvVar("C", secret="s", key="k"),
        EnvVar("D", config="c", key="k"),
        EnvVar("E", field="spec.nodeName"),
    )


def test_text_stays_what_it_is() -> None:
    awkward = (
        "{{ .Values.x }}",
        'say "no"',
        "it's",
        "a\nb\n",
        "$(X)",
        "grüße 🚀",
        "- a: b # c",
        "on",
        "012",
        " x ",
        "\t",
    )
    from chartgen.yamlwrite import quote

    text = WEB + "env:\n" + "".join(f"  V{i}: {quote(value)}\n" for i, value in enumerate(awkward))
    assert tuple(var.value for var in only(text).env) == awkward


def test_secrets() -> None:
    text = WEB + "secrets:\n  a: env\n  b: {env: [X, W]}\n  c: {env: {Z: z.key}, mount: /etc/c}\n"
    assert only(text).secrets == (
        SecretUse("a", all_env=True),
        SecretUse("b", env={"X": "X", "W": "W"}),
        SecretUse("c", env={"Z": "z.key"}, mount="/etc/c"),
    )


def test_application_load_balancer() -> None:
    text = (
        "ingress: {host: a.example.com, class: alb, certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/x'}\n"
    )
    ingress = only(WEB + text).ingress
    assert ingress is not None
    assert ingress.annotations == {
        "alb.ingress.kubernetes.io/scheme": "internet-facing",
        "alb.ingress.kubernetes.io/target-type": "ip",
        "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
        "alb.ingress.kubernetes.io/ssl-redirect": "443",
        "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:111122223333:certificate/x",
        "alb.ingress.kubernetes.io/healthcheck-path": "/healthz",
    }


def test_what_the_author_says_wins_over_a_preset() -> None:
    text = "ingress: {host: a.example.com, class: alb, annotations: {alb.ingress.kubernetes.io/scheme: internal}}\n"
    ingress = only(WEB + text).ingress
    assert ingress is not None
    assert ingress.annotations["alb.ingress.kubernetes.io/scheme"] == "internal"
    assert "alb.ingress.kubernetes.io/ssl-redirect" not in ingress.annotations


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("{host: a.b}", {}),
        ("{host: a.b, tls: true}", {"tls": True}),
        ("{host: a.b, tls: x}", {"tls": True, "tls_secret": "x"}),
        ("{host: a.b, tls: {issuer: ClusterIssuer/le}}", {"tls": True, "issuer": "le"}),
        ("{host: a.b, tls: {issuer: Issuer/le, secret: x}}", {"tls": True, "issuer": "Issuer/le", "tls_secret": "x"}),
        ("{host: a.b, gateway: g}", {"gateway": Gateway("g")}),
        ("{host: a.b, gateway: {name: g, namespace: ns, section: s}}", {"gateway": Gateway("g", "ns", "s")}),
        ("{host: a.b, path: /x, pathType: Exact, class: c}", {"path": "/x", "path_type": "Exact", "class_name": "c"}),
    ],
)
def test_ingress(text: str, fields: dict[str, Any]) -> None:
    assert only(f"{WEB}ingress: {text}\n").ingress == Ingress(hosts=("a.b",), port="http", **fields)


@pytest.mark.parametrize(
    ("ports", "text", "expected", "names"),
    [
        ("{http: 1}", "true", Metrics("/metrics", "http"), ["http"]),
        ("{http: 1, metrics: 2}", "/m", Metrics("/m", "metrics"), ["http", "metrics"]),
        ("{http: 1, metrics: 2}", "{port: http}", Metrics("/metrics", "http"), ["http", "metrics"]),
        ("{http: 1, admin: 2}", "{port: 2}", Metrics("/metrics", "admin"), ["http", "admin"]),
        ("{http: 1}", "{port: 2, interval: 15}", Metrics("/metrics", "metrics", "15s"), ["http", "metrics"]),
    ],
)
def test_metrics(ports: str, text: str, expected: Metrics, names: list[str]) -> None:
    workload = only(f"{HEAD}ports: {ports}\nhealth: /\nmetrics: {text}\n")
    assert workload.metrics == expected
    assert [port.name for port in workload.ports] == names


def test_a_worker_with_metrics_has_a_port_but_no_service() -> None:
    worker = only(HEAD + "metrics: {port: 9090}\n")
    assert worker.ports == (Port("metrics", 9090, 9090),)
    assert worker.service is None
    assert worker.replicas == Replicas(1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", Monitoring()),
        ("false", Monitoring(enabled=False)),
        ("{alerts: false}", Monitoring(alerts=Alerts(enabled=False))),
        ("{dashboard: false, labels: {release: p}}", Monitoring(dashboard=False, labels={"release": "p"})),
        ("{runbooks: 'https://r.example.com/x/'}", Monitoring(runbooks="https://r.example.com/x")),
        (
            "{alerts: {cpu: 1, throttling: 2, memory: 3, restarts: 4, notReady: 5, hpaMax: 6h}}",
            Monitoring(alerts=Alerts(True, 1, 2, 3, restarts=4, not_ready="5s", hpa_max="6h")),
        ),
    ],
)
def test_monitoring(text: str, expected: Monitoring) -> None:
    assert app(f"{WEB}monitoring: {text}\n").monitoring == expected


def test_network_peers() -> None:
    text = HEAD + (
        "workloads:\n  web:\n    network:\n"
        "      from: [worker, other, 'namespace:ns', 10.0.0.0/8, {app: a, namespace: ns, ports: [1, 2-3/UDP]},\n"
        "        {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}]\n"
        "      to: []\n  worker: {network: false}\n"
    )
    web, worker = app(text).workloads
    assert web.network == Network(
        from_=(
            Peer(workload="worker"),
            Peer(app="other"),
            Peer(namespace="ns"),
            Peer(cidr="10.0.0.0/8"),
            Peer(app="a", namespace="ns", ports=(PeerPort(1, 1), PeerPort(2, 3, "UDP"))),
            Peer(cidr="10.0.0.0/8", without=("10.1.0.0/16",)),
        ),
        to=(),
    )
    assert worker.network == Network(enabled=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{user: 5}", Security(5, 5)),
        ("{group: 6}", Security(10001, 6)),
        (
            "{user: 1, group: 2, writableRoot: true, capabilities: [NET_BIND_SERVICE], privileged: false}",
            Security(1, 2, True, ("NET_BIND_SERVICE",)),
        ),
    ],
)
def test_security(text: str, expected: Security) -> None:
    assert only(f"{WEB}security: {text}\n").security == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60s", Shutdown(60, 5)),
        ("45", Shutdown(45, 5)),
        ("1h2m3s", Shutdown(3723, 5)),
        ("3", Shutdown(3, 1)),
        ("1", Shutdown(1, 0)),
        ("{grace: 2m, sleep: 0}", Shutdown(120, 0)),
        ("{sleep: 20s}", Shutdown(30, 20)),
    ],
)
def test_shutdown(text: str, expected: Shutdown) -> None:
    assert only(f"{WEB}shutdown: {text}\n").shutdown == expected


def test_the_rest_is_inherited_by_key() -> None:
    text = HEAD + (
        "identity: {aws: 'arn:aws:iam::111122223333:role/a'}\nlabels: {a: 1, b: 2}\nannotations: {c: 3}\n"
        "security: {user: 5}\nsecrets: {s: env}\n"
        "workloads:\n  one: {}\n"
        "  two: {labels: {b: x}, annotations: {d: y z}, security: {writableRoot: true}, secrets: {s: {env: [K]}}}\n"
    )
    spec = app(text)
    one, two = spec.workloads
    assert (one.name, one.component, two.name, two.component) == ("one", "one", "two", "two")
    assert one.identity == two.identity == Identity("arn:aws:iam::111122223333:role/a")
    assert (spec.labels, one.labels, two.labels) == ({"a": "1", "b": "2"}, {"a": "1", "b": "2"}, {"a": "1", "b": "x"})
    assert (spec.annotations, one.annotations, two.annotations) == ({"c": "3"}, {"c": "3"}, {"c": "3", "d": "y z"})
    assert two.security == Security(5, 5, True)
    assert two.secrets == (SecretUse("s", env={"K": "K"}),)


def test_the_image_of_the_application_is_that_of_the_first_workload_when_none_is_at_the_top() -> None:
    spec = app("apiVersion: chartgen/v1\nname: shop\nworkloads:\n  a: {image: 'x:1'}\n  b: {image: 'y:2'}\n")
    assert spec.image == Image("x", "1")
    assert [w.image for w in spec.workloads] == [Image("x", "1"), Image("y", "2")]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="there is no file"):
        load_spec(tmp_path / "none.yaml")
    with pytest.raises(CannotDo, match="is a folder, not a spec"):
        load_spec(tmp_path)


def test_a_file_is_named_as_its_user_named_it(tmp_path: Path) -> None:
    path = tmp_path / "app.yaml"
    path.write_text("apiVersion: chartgen/v1\nname: shop\nimage: a:1.0\nprot: 1\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_spec(path)
    (problem,) = caught.value.problems
    assert str(problem) == f"{path}:4:1: error: unknown key 'prot' (did you mean 'port'?)"
    assert caught.value.sources == {str(path): path.read_text(encoding="utf-8")}


@pytest.mark.parametrize(
    ("quantity", "size"),
    [("250m", 0.25), ("2", 2), ("1.5", 1.5), ("3k", 3e3), ("64Ki", 65536), ("1M", 1e6), ("1.5Mi", 1.5 * 2**20)]
    + [(f"1{unit}", 1e3**power) for power, unit in enumerate("MGT", 2)]
    + [(f"1{unit}i", 2.0 ** (10 * power)) for power, unit in enumerate("KMGT", 1)],
)
def test_how_much_a_quantity_is(quantity: str, size: float) -> None:
    assert amount(quantity) == size


def test_the_tags_that_move_are_those_that_linting_finds() -> None:
    assert frozenset(Options().tags) == MOVING
