"""Draws valid app specs over the whole schema, text that means harm included."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.laws.strategies_scaling import elsewhere, replicas, with_variable

NASTY = [
    "{{ .Values.image }}", "{{- fail \"no\" }}", "}}", "{{", "$(HOME)", "$$(HOME)", "`id`", "'", '"', "it's \"quoted\"",
    "a: b", "- a", "# no comment", "on", "off", "yes", "~", "null", "0123", "1e3", "12:30:45", "0x1F", ".5", "", " ",
    "\t", " led and trailed ", "two\nlines", "ends\n", "\nbegins", "\u00e9\u4e2d\U0001f600", "\u2028", "%", "@at", "&a",
    "*a", "!t", "|", ">", "{a: b}", "[a]", "\\n", "\\", "${HOME}", "$HOME; rm -rf x", "---", "...", "? a",
]  # fmt: skip

_names = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5})?", fullmatch=True)
_text = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
    ),
)
_scalar = st.one_of(_text, st.booleans(), st.integers(-(10**12), 10**12), st.sampled_from([0.5, 1.25, 100000.5]))
_path = st.sampled_from(["/", "/healthz", "/a/b.c", "/x-y_z~1", "/%7B", "/a{{b}}"])
_label_key = st.sampled_from(["team", "example.com/team", "cost-center", "a.b", "tier"])
_label_value = st.sampled_from(["", "a", "web", "A_b.c-d", "12345678", "true", "on"])
_env_name = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}|http_proxy|_[A-Z]|a[.-]b", fullmatch=True)
_duration = st.sampled_from([45, "60s", "2m"])


def _object(
    required: dict[str, Any], optional: dict[str, Any], *, at_least: int = 0
) -> st.SearchStrategy[dict[str, Any]]:
    drawn = st.fixed_dictionaries(required, optional=optional)
    return drawn.filter(lambda value: len(value) >= at_least) if at_least else drawn


def _short(drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The same, as a strategy that hypothesis describes in a word: it warns of descriptions of 30,000 characters."""

    @st.composite
    def one(draw: st.DrawFn) -> Any:
        return draw(drawn)

    return one()


images = st.one_of(
    st.sampled_from(
        ["ghcr.io/acme/shop:1.4.2", "localhost:5000/a/b:v2", "nginx:12345678", "r.io/x@sha256:" + "a" * 64]
    ),
    _object(
        {
            "repository": st.sampled_from(["ghcr.io/acme/shop", "localhost:5000/x"]),
            "tag": st.sampled_from(["1.4.2", "0123", "1e5"]),
        },
        {
            "digest": st.just("sha256:" + "b" * 64),
            "pullPolicy": st.sampled_from(["Always", "IfNotPresent", "Never"]),
            "pullSecrets": st.lists(st.sampled_from(["reg-a", "reg-b"]), unique=True),
        },
    ),
)

_CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012"
_service = st.one_of(
    st.sampled_from(["ClusterIP", "NodePort", "LoadBalancer"]),
    st.just({"type": "LoadBalancer", "aws": True}),
    st.just({"type": "LoadBalancer", "aws": "internal", "annotations": {"example.com/x": "{{ y }}"}}),
    st.just({"type": "LoadBalancer", "aws": True, "certificate": _CERTIFICATE, "sessionAffinity": "1h"}),
    st.sampled_from(["Headless", {"sessionAffinity": True}, {"type": "NodePort", "sessionAffinity": 60}]),
)

_times = {"timeout": st.integers(1, 9), "period": st.integers(1, 60), "failures": st.integers(1, 20)}
_probe = st.one_of(
    _path,
    _object({"path": _path}, _times),
    _object({"tcp": st.just(True)}, _times),
    _object({"grpc": st.just(True)}, _times),
    _object({"exec": st.lists(_text, min_size=1, max_size=3)}, _times),
)
_health = st.one_of(
    _path,
    st.just({"tcp": True}),
    _object({}, {"liveness": _probe, "readiness": _probe, "startup": _probe}, at_least=1),
)

_resources = st.sampled_from(
    [
        {"cpu": "250m", "memory": "512Mi"},
        {"cpu": 1},
        {"cpu": 2, "memory": "8Gi", "nvidia.com/gpu": 1},
        {
            "requests": {"cpu": "100m", "memory": "64Mi"},
            "limits": {"cpu": "1", "memory": "1Gi", "ephemeral-storage": "1Gi"},
        },
    ]
)

_env = st.dictionaries(
    _env_name,
    st.one_of(
        _scalar,
        st.just({"secret": "shop-db", "key": "url"}),
        st.just({"config": "shop-conf", "key": "level.x"}),
        st.sampled_from([{"field": "status.podIP"}, {"field": "metadata.labels['app.kubernetes.io/name']"}]),
        st.sampled_from([{"resource": "limits.memory"}, {"resource": "requests.cpu"}]),
    ),
    max_size=4,
)
_existing_secrets = st.dictionaries(
    st.sampled_from(["shop-secrets", "other.secret"]),
    st.one_of(
        st.just("env"),
        st.just({"env": ["S_KEY"]}),
        st.just({"env": {"S_URL": "uri.x"}}),
        st.just({"mount": "/etc/secrets"}),
    ),
    max_size=1,
)
_made_secrets = _object(
    {},
    {
        "vault": st.just({"env": ["V_KEY"], "external": "vault"}),
        "vault.all": st.just({"env": "all", "external": {"store": "x", "key": "a/{{ b }}", "kind": "SecretStore"}}),
        "given": st.just({"env": {"G_KEY": "a.b", "G_2": "0"}, "required": True}),
    },
    at_least=1,
)
"""Secrets that the chart brings about: one name, one source."""

_secrets = st.one_of(_existing_secrets, _made_secrets)

_ingress = st.one_of(
    st.just("shop.example.com"),
    _object(
        {"host": st.sampled_from(["shop.example.com", "*.example.com"])},
        {
            "path": st.sampled_from(["/", "/shop"]),
            "pathType": st.sampled_from(["Prefix", "Exact", "ImplementationSpecific"]),
            "class": st.just("nginx"),
            "tls": st.sampled_from([True, False, "shop-tls", {"secret": "s", "issuer": "letsencrypt"}]),
            "annotations": st.dictionaries(_label_key, _scalar, max_size=2),
        },
    ),
    st.just({"hosts": ["a.example.com", "b.example.com"], "gateway": "public"}),
    st.just({"host": "a.example.com", "gateway": {"name": "public", "namespace": "infra", "section": "https"}}),
    st.just({"host": "a.example.com", "class": "alb", "certificate": _CERTIFICATE}),
    st.just({"host": "a.example.com", "path": "/a(/|$)(.*)", "pathType": "ImplementationSpecific", "class": "nginx"}),
)
_grpc_ingress = st.one_of(
    st.just({"host": "a.example.com", "class": "alb", "certificate": _CERTIFICATE}),
    _object(
        {"host": st.just("a.example.com"), "gateway": st.sampled_from(["public", {"name": "g", "namespace": "infra"}])},
        {"path": st.sampled_from(["/", "/shop.v1.Orders", "/Orders/"]), "annotations": st.just({"a.b/c": "{{ d }}"})},
    ),
    _object(
        {"host": st.just("*.example.com"), "class": st.sampled_from(["nginx-a", "traefik", "contour", "kong"])},
        {"tls": st.booleans(), "path": st.just("/shop.v1.Orders/Get"), "pathType": st.just("Exact")},
    ).filter(lambda drawn: ("path" in drawn) == ("pathType" in drawn)),
)
_both_ingress = st.one_of(
    _ingress, st.just({"host": "a.example.com", "grpc": "g.example.com", "gateway": "public", "path": "/x"})
)

_metrics = st.sampled_from(
    [
        True,
        False,
        "/metrics",
        {"path": "/m", "interval": "15s"},
        {"requests": "http_requests_total", "errors": 'status=~"5.."', "latency": "http_request_duration_seconds"},
        {"latency": "request_seconds"},
    ]
)

_network = st.sampled_from(
    [
        True,
        False,
        {"from": ["frontend", "namespace:edge", "10.0.0.0/8"]},
        {
            "to": [
                {"app": "postgres", "ports": [5432]},
                {"cidr": "192.168.0.0/16", "ports": [443, "53/UDP", "8000-8100"]},
            ]
        },
        {"to": [{"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32", "10.0.0.0/8"]}]},
        {"from": [{"app": "gateway", "namespace": "edge", "ports": [8080]}], "to": []},
    ]
)

_security = st.one_of(
    st.just({"user": 1234}),
    st.just({"user": 1234, "group": 99, "writableRoot": True}),
    st.just({"capabilities": ["NET_BIND_SERVICE"]}),
)

_files = st.dictionaries(
    st.sampled_from(["/etc/shop/app.yaml", "/etc/shop/conf.d/app.yaml", "/etc/level", "/tmp/x", "/a/b_c", "/a/b/c"]),
    st.one_of(_text, _object({"content": _text}, {"covers": st.sampled_from(["file", "folder"])})),
    max_size=3,
)  # fmt: skip

_identity = st.sampled_from(
    [
        {"aws": "arn:aws:iam::111122223333:role/shop"},
        {"aws": {"role": "arn:aws:iam::111122223333:role/a/shop", "mode": "pod-identity"}},
        {"gcp": "shop@acme-prod.iam.gserviceaccount.com"},
        {"azure": "11111111-2222-3333-4444-555555555555"},
    ]
)

_inherited = {
    "env": _env,
    "secrets": _short(_secrets),
    "files": _short(_files),
    "resources": _resources,
    "security": _security,
    "identity": _identity,
    "labels": st.dictionaries(_label_key, _label_value, max_size=2),
    "annotations": st.dictionaries(_label_key, _scalar, max_size=2),
}

_permissions = st.sampled_from(
    [
        {"pods": "read"},
        {"pods": ["get"], "pods/log": ["get"], "widgets.example.com/status": ["patch"]},
        {"leases.coordination.k8s.io": {"verbs": ["create", "get", "update"], "names": ["leader", "a.b:c"]}},
        {"nodes": {"verbs": "read", "cluster": True}, "configmaps": {"verbs": ["delete"], "cluster": True}},
        {"secrets": ["list"], "endpointslices.discovery.k8s.io": "read", "services": "read"},
    ]
)

_volumes = st.dictionaries(
    st.sampled_from(["/data", "/var/lib/data", "/cache", "/etc/shop", "/tmp", "/a-b/1"]),
    st.one_of(
        st.sampled_from(["10Gi", {"size": "1Gi", "class": "fast", "access": "ReadWriteMany", "name": "shared"}]),
        st.sampled_from([{"tmp": True}, {"tmp": "1Gi"}, {"memory": "64Mi"}, {"token": "vault", "expires": "2h"}]),
        st.sampled_from([{"existing": "shop-data", "access": "ReadWriteMany"}, {"existing": "old", "readOnly": True}]),
    ),
    max_size=2,
)

_container = {
    "args": st.lists(_text, min_size=1, max_size=2),
    "command": st.lists(_text, min_size=1, max_size=2),
    "env": _env,
    "resources": _resources,
}
_init = st.dictionaries(
    st.sampled_from(["prepare", "wait-for", "lives-9"]),
    st.one_of(
        images.filter(lambda image: isinstance(image, str)),
        _object({"command": st.just(["init"])}, {"args": _container["args"], "env": _env}),
        _object({"image": images}, _container),
    ),
    max_size=2,
)
_sidecars = st.dictionaries(
    st.sampled_from(["proxy", "log-shipper"]),
    st.one_of(
        _object({"image": images}, _container),
        _object({"image": images, "ports": st.just({"side": 7777})}, {"health": st.just({"tcp": True})}),
        _object({"image": images, "ports": st.just({"metrics": 7779})}, _container),
        _object({"image": images, "ports": st.just({"more": 7778})}, _container),
    ),
    max_size=2,
)

_anywhere = {
    **_inherited,
    "volumes": _short(_volumes),
    "init": _short(_init),
    "sidecars": _short(_sidecars),
    "replicas": _short(replicas),
    "vpa": st.booleans(),
    "command": st.lists(_text, min_size=1, max_size=3),
    "args": st.lists(_text, min_size=1, max_size=3),
    "shutdown": st.one_of(_duration, st.just({"grace": "90s", "sleep": "10s"}), st.just({"sleep": 0})),
    "network": _network,
    "permissions": _permissions,
}

_lifecycle = _object(
    {},
    {
        "postStart": st.one_of(st.lists(_text, min_size=1, max_size=2), st.just({"path": "/warm"})),
        "preStop": st.one_of(st.lists(_text, min_size=1, max_size=2), st.just({"path": "/drain", "port": 8081})),
    },
    at_least=1,
)
_with_port = {
    **_anywhere,
    "lifecycle": _lifecycle,
    "service": _service,
    "health": _health,
    "ingress": _ingress,
    "metrics": _metrics,
}

_ending = {key: value for key, value in _anywhere.items() if key not in ("replicas", "vpa")} | {
    "backoff": st.integers(0, 10),
    "timeout": _duration,
    "completions": st.integers(3, 9),
    "parallelism": st.integers(1, 3),
}
_cron = {
    **_ending,
    "vpa": st.booleans(),
    "timezone": st.sampled_from(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"]),
    "concurrency": st.sampled_from(["Forbid", "Allow", "Replace"]),
    "deadline": _duration,
    "history": _object({}, {"successful": st.integers(0, 9), "failed": st.integers(0, 9)}, at_least=1),
    "suspend": st.booleans(),
}
_schedule = st.sampled_from(["0 3 * * *", "*/5 8-18/2 1,15 JAN-MAR MON-FRI", "@daily", "? ? ? ? ?", "@every 1h30m"])
_run = st.one_of(
    st.sampled_from(["pre-deploy", "post-deploy", "pre-upgrade", "post-delete"]),
    st.just(["post-install", "pre-rollback"]),
)
_daemon = {key: value for key, value in _with_port.items() if key != "replicas"}
_stateful = {**_with_port, "ordered": st.booleans()}

_workload = _short(
    st.one_of(
        _object({"schedule": _schedule}, _cron),
        _object({"run": _run}, {**_ending, "ttl": _duration.map(lambda value: value if value != 45 else 60)}),
        st.one_of(_object({"run": st.just("once")}, _ending), _object({"kind": st.just("Job")}, _ending)),
        _object({"kind": st.just("DaemonSet"), "port": st.integers(1024, 65535)}, _daemon),
        _object({"kind": st.just("DaemonSet")}, {key: _anywhere[key] for key in _anywhere if key != "replicas"}),
        _object({"kind": st.just("StatefulSet"), "ports": st.just({"http": 8080, "raft": 9000})}, _stateful),
        _object({"kind": st.just("StatefulSet")}, {**_anywhere, "ordered": st.booleans()}),
        _object({"port": st.integers(1024, 65535)}, _with_port),
        _object({"ports": st.just({"http": 8080, "metrics": {"port": 9090, "service": 9091}})}, _with_port),
        _object(
            {
                "ports": st.just(
                    {"rpc": {"port": 9000, "appProtocol": "grpc"}, "dns": {"port": 5353, "protocol": "UDP"}}
                )
            },
            {**_with_port, "ingress": _grpc_ingress},
        ),
        _object(
            {"ports": st.just({"grpc-api": {"port": 9000, "appProtocol": "kubernetes.io/h2c"}, "http": 8080})},
            {**_with_port, "ingress": _both_ingress},
        ),
        _object({}, _anywhere),
    )
).map(with_variable)

_secret = st.sampled_from(
    [False, "shop-db", {"name": "shop-db", "username": "user.x"}, {"password": "PASS"}, {"name": "a.b", "url": "uri"}]
)
_outside = {
    "host": st.sampled_from(["db.acme.internal", "10.0.0.7"]),
    "port": st.integers(1024, 65535),
    "secret": _secret,
    "peers": st.sampled_from([["10.20.0.0/16"], [{"app": "postgres", "namespace": "data"}, "namespace:infra"]]),
}
_named = st.sampled_from(["DB", "x_y", {"DSN": "url"}, {"HOST": "host", "NAME.x": "port"}, {"SERVERS": "address"}])
_kinds = st.sampled_from(["postgres", "mysql", "mongodb", "redis", "kafka", "nats", "elasticsearch", "memcached"])


def _operator(sizes: list[str], instances: st.SearchStrategy[int], versions: list[Any]) -> st.SearchStrategy[Any]:
    """A cluster of an operator, in every form."""
    return st.one_of(
        st.sampled_from(["20Gi", {"existing": "shop-db"}]),
        _object(
            {"storage": st.sampled_from(sizes)},
            {
                "existing": st.just("old-db"),
                "class": st.just("gp3"),
                "instances": instances,
                "version": st.sampled_from(versions),
                "resources": st.sampled_from([{"cpu": 1}, {"memory": "2Gi"}]),
            },
        ),
    )


_database = _operator(["1Gi", "0.5Ti"], st.integers(1, 9), [18, "17.6"])
_broker = _operator(["3Gi", "0.5Pi"], st.sampled_from([1, 3, 9]), [4, "4.3"])
_chart = _object(
    {"repository": st.sampled_from(["https://charts.acme.internal/x/", "oci://r.acme.internal/charts"])},
    {
        "name": st.sampled_from(["valkey", "redis-ha"]),
        "suffix": st.just("-master"),
        "values": st.sampled_from([{}, {"auth": {"enabled": False}}, {"on": ["{{ x }}"], "replicas": 3}]),
    },
).map(lambda chart: {**chart, "version": "1.2.3"})
_need = _short(
    st.one_of(
        _kinds,
        _object({"kind": _kinds}, {**_outside, "env": _named}),
        _object({"kind": st.just("postgres")}, {**_outside, "database": st.sampled_from(["shop", "a-b_c"])}),
        _object({"kind": st.just("postgres"), "operator": _database}, {"env": st.sampled_from(["PG", {"DSN": "url"}])}),
        _object(
            {"kind": st.just("rabbitmq"), "operator": _broker}, {"env": st.sampled_from(["MQ", {"AMQP_URL": "url"}])}
        ),
        _object({"kind": st.sampled_from(["redis", "nats"]), "chart": _chart}, _outside),
    )
)
_needs = st.dictionaries(st.sampled_from(["database", "n-1", "on", "cache"]), _need, min_size=1, max_size=2)

_monitoring = st.one_of(
    st.booleans(),
    st.just({"alerts": False}),
    st.just({"dashboard": False, "labels": {"release": "prom"}, "runbooks": "https://runbooks.example.com/shop"}),
    st.just({"alerts": {"cpu": 80, "restarts": 5, "notReady": "5m", "errorRate": 2.5, "latency": 0.25}}),
    st.just({"alerts": {"jobSlow": "2h", "cronLate": 3600}}),
)

_extra = st.dictionaries(
    _names,
    st.fixed_dictionaries(
        {
            "apiVersion": st.just("v1"),
            "kind": st.just("ConfigMap"),
            "metadata": st.fixed_dictionaries({"name": _names}),
            "data": st.dictionaries(st.sampled_from(["a", "b.txt"]), _text, max_size=2),
        }
    ),
    max_size=1,
)

_head = {"apiVersion": st.just("chartgen/v1"), "name": _names, "image": images}
_top = {
    "version": st.sampled_from(["1.3.0", "0.0.1-rc.1", "2.0.0+build.5"]),
    "description": _text.filter(lambda text: text.strip() != ""),
    "monitoring": _monitoring,
    "needs": _short(_needs),
    "extra": _extra,
}


def _merged(*drawn: dict[str, Any]) -> dict[str, Any]:
    return {key: value for part in drawn for key, value in part.items()}


def _knowing(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with a variable about a need, and one about a workload with a Service, where it has them."""
    about: dict[str, Any] = {}
    if spec.get("needs"):
        about["KNOWN"] = {"need": next(iter(spec["needs"])), "fact": "host"}
    for name, workload in spec.get("workloads", {}).items():
        if workload.get("port") and workload.get("service", "ClusterIP"):
            about["FOUND"] = {"workload": name, "fact": "url"}
    return {**spec, "env": {**spec.get("env", {}), **about}} if about else spec


_single = st.tuples(_object(_head, _top), _workload).map(lambda drawn: _merged(*drawn))
_several = st.tuples(
    _object(_head, _top),
    _object({}, {**_inherited, "vpa": st.booleans()}),
    st.dictionaries(_names, _workload, min_size=1, max_size=3),
).map(lambda drawn: {**_merged(drawn[0], drawn[1]), "workloads": drawn[2]})

_differing = {
    "image": images,
    "resources": _resources,
    "args": st.lists(_text, min_size=1, max_size=2),
    "env": st.dictionaries(_env_name, _scalar, max_size=2),
    "ingress": _ingress,
    "network": _network,
    "identity": _identity,
    "shutdown": _duration,
    "labels": st.dictionaries(_label_key, _label_value, max_size=2),
    "annotations": st.dictionaries(_label_key, _scalar, max_size=2),
}
"""What an environment may say about a workload."""


def _may_differ(workload: dict[str, Any]) -> dict[str, Any]:
    """What an environment may say about this one: some kinds have no number of pods, and some no ports."""
    ends = "schedule" in workload or "run" in workload or workload.get("kind") == "Job"
    without = {"replicas", "ingress"} if ends else {"replicas"} if workload.get("kind") == "DaemonSet" else set()
    claims = [path for path, value in workload.get("volumes", {}).items() if value == "10Gi" or "size" in value]
    sizes = _object({}, dict.fromkeys(claims, st.sampled_from(["20Gi", {"size": "2Gi", "class": "slow"}])), at_least=1)
    differing = {**_differing, "replicas": _short(elsewhere(workload)), **({"volumes": sizes} if claims else {})}
    return {key: value for key, value in differing.items() if key not in without}


_whole = st.one_of(_single, _several).map(_knowing)


def _elsewhere(needs: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """What an environment may say about needs: another server, or another number of them."""
    found: dict[str, Any] = {}
    for name, need in needs.items():
        given = need if isinstance(need, dict) else {}
        secret = given.get("secret")
        known = isinstance(secret, dict) and "host" in secret
        if isinstance(given.get("operator"), dict) and "storage" not in given["operator"]:
            found[name] = {"operator": {"existing": "another"}}
        elif "operator" in given:
            found[name] = {"operator": {"instances": 5, "storage": "3Gi"}}
        elif "chart" in given:
            found[name] = {"host": "elsewhere.internal", "chart": {"enabled": False}}
        else:
            found[name] = {"port": 7777, **({} if known else {"host": "elsewhere.internal"})}
    return _object({}, {name: st.just(part) for name, part in found.items()}, at_least=1)


@st.composite
def _with_environments(draw: st.DrawFn) -> dict[str, Any]:
    """A spec and what differs in one or two environments, for the most part where the spec itself says something."""
    spec = draw(_whole)
    named = spec.get("workloads")
    found = {}
    for name in draw(st.lists(st.sampled_from(["staging", "production", "a-1"]), min_size=1, max_size=2, unique=True)):
        needs = {"needs": _elsewhere(spec["needs"])} if spec.get("needs") else {}
        whole = {"monitoring": _monitoring, "extra": _extra, **needs}
        top = draw(_object({}, whole | ({} if named else _may_differ(spec))))
        own = {
            key: draw(_object({}, _may_differ(workload), at_least=1))
            for key, workload in (named or {}).items()
            if draw(st.booleans())
        }
        if part := {**top, **({"workloads": own} if own else {})}:
            found[name] = part
    return {**spec, "environments": found} if found else spec


environments: st.SearchStrategy[dict[str, Any]] = _with_environments().filter(lambda spec: "environments" in spec)
"""App specs with environments, as data."""

specs: st.SearchStrategy[dict[str, Any]] = st.one_of(_whole, environments)
"""App specs as data. A few are refused by a check that a schema cannot make; callers assume those away."""
