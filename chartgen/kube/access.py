"""Reads what matters out of Kubernetes objects, whatever nonsense a chart renders.

Every function takes an object's body and gives typed, possibly empty answers; none raises on a wrong shape, so rules
never walk raw dictionaries. Each answer carries the pointer at which it stands.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.location import Pointer
from chartgen.tuples import NamedTuple

WORKLOADS = frozenset(
    {
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "ReplicationController",
        "DeploymentConfig",
        "Job",
        "CronJob",
        "Pod",
    }
)
"""The kinds that run pods: Kubernetes' own, and OpenShift's DeploymentConfig."""

CONTROLLERS = WORKLOADS - {"Job", "CronJob", "Pod"}
"""The kinds that keep pods running, unlike Jobs and bare Pods."""

_POD = {
    "Pod": Pointer(("spec",)),
    "CronJob": Pointer(("spec", "jobTemplate", "spec", "template", "spec")),
    **dict.fromkeys(WORKLOADS - {"Pod", "CronJob"}, Pointer(("spec", "template", "spec"))),
}


def get(body: Any, *path: str | int) -> Any:
    """The value at a path of keys and indexes, or None when there is none."""
    for part in path:
        if isinstance(body, dict):
            body = body.get(part)
        elif isinstance(body, list) and isinstance(part, int) and -len(body) <= part < len(body):
            body = body[part]
        else:
            return None
    return body


def mapping(body: Any, *path: str | int) -> Mapping[str, Any]:
    """The mapping at a path, or an empty one."""
    value = get(body, *path)
    return value if isinstance(value, dict) else {}


def items(body: Any, *path: str | int) -> list[Any]:
    """The list at a path, or an empty one."""
    value = get(body, *path)
    return value if isinstance(value, list) else []


def text(body: Any, *path: str | int) -> str:
    """The string at a path, or ``""`` (numbers are not strings)."""
    value = get(body, *path)
    return value if isinstance(value, str) else ""


class Image(NamedTuple):
    """A container image's parts; ``tag`` and ``digest`` are empty when not given.

    >>> Image.parse("localhost:5000/app").tag
    ''
    """

    text: str
    repository: str
    tag: str
    digest: str

    @classmethod
    def parse(cls, reference: str) -> "Image":
        """Split a reference as container runtimes do: the tag follows the last colon after the last slash."""
        rest, _, digest = reference.partition("@")
        head, slash, last = rest.rpartition("/")
        name, _, tag = last.partition(":")
        return cls(reference, head + slash + name, tag, digest)

    def __str__(self) -> str:
        return self.text


def capability(value: Any) -> str:
    """A Linux capability as Kubernetes names it (``NET_ADMIN``), or ``""`` for what is no text."""
    return value.upper().removeprefix("CAP_") if isinstance(value, str) else ""


class Container(NamedTuple):
    """One container of a pod. ``role`` is ``main``, ``init``, ``sidecar`` (an init container that keeps running)
    or ``ephemeral``.
    """

    name: str
    body: Mapping[str, Any]
    pointer: Pointer
    role: str

    @property
    def image(self) -> Image:
        """The image it runs; empty parts when none is given."""
        return Image.parse(text(self.body, "image"))

    @property
    def title(self) -> str:
        """How messages name it: ``container 'web'``, ``init container 'migrate'``."""
        kind = {"main": "container", "init": "init container", "sidecar": "sidecar", "ephemeral": "ephemeral container"}
        return f"{kind[self.role]} {self.name!r}"

    @property
    def security(self) -> Mapping[str, Any]:
        """Its own securityContext; ``PodSpec.effective`` also asks the pod's."""
        return mapping(self.body, "securityContext")

    @property
    def added(self) -> tuple[str, ...]:
        """The capabilities it adds, without ``CAP_``, in capitals."""
        return tuple(filter(None, map(capability, items(self.security, "capabilities", "add"))))

    @property
    def dropped(self) -> tuple[str, ...]:
        """The capabilities it drops, without ``CAP_``, in capitals."""
        return tuple(filter(None, map(capability, items(self.security, "capabilities", "drop"))))

    @property
    def ports(self) -> tuple[Mapping[str, Any], ...]:
        """The ports it declares."""
        return tuple(port for port in items(self.body, "ports") if isinstance(port, dict))

    @property
    def long_running(self) -> bool:
        """Whether it runs as long as its pod."""
        return self.role in ("main", "sidecar")

    def at(self, *path: str | int) -> Pointer:
        """The pointer of a place in this container."""
        return Pointer((*self.pointer.parts, *path))


class PodSpec(NamedTuple):
    """The pod spec in a workload, with its place and the pod's labels and annotations.

    ``containers`` are all of them: init containers and sidecars, main ones, ephemeral ones, each in the spec's order.
    """

    body: Mapping[str, Any]
    pointer: Pointer
    labels: Mapping[str, str]
    annotations: Mapping[str, Any]
    labels_pointer: Pointer
    containers: tuple[Container, ...]

    @property
    def is_windows(self) -> bool:
        """Whether the pod says that it runs on Windows, where most of a securityContext means nothing."""
        return (
            text(self.body, "os", "name") == "windows"
            or text(self.body, "nodeSelector", "kubernetes.io/os") == "windows"
        )

    def effective(self, container: Container, field: str) -> tuple[Any, Pointer]:
        """A securityContext field as a container gets it, and where it stands: its own, or else the pod's.

        When neither sets it, or only to null, the value is None and the pointer the container's.
        """
        value = container.security.get(field)
        if value is None:
            inherited = get(self.body, "securityContext", field)
            if inherited is not None:
                return inherited, self.at("securityContext", field)
        return value, container.at("securityContext", field)

    def at(self, *path: str | int) -> Pointer:
        """The pointer of a place in this pod spec."""
        return Pointer((*self.pointer.parts, *path))


def pod_spec(kind: str, body: Mapping[str, Any]) -> PodSpec | None:
    """The pod spec a workload runs, or None for other kinds and for workloads without a pod template.

    A template without a ``spec`` has an empty one.
    """
    pointer = _POD.get(kind)
    if pointer is None:
        return None
    spec = get(body, *pointer.parts)
    if spec is None and kind != "Pod" and isinstance(get(body, *pointer.parent.parts), dict):
        spec = {}
    if not isinstance(spec, dict):
        return None
    above = pointer.parent / "metadata"
    return PodSpec(
        spec,
        pointer,
        strings(mapping(body, *above.parts, "labels")),
        mapping(body, *above.parts, "annotations"),
        above / "labels",
        tuple(_containers(spec, pointer)),
    )


def _containers(spec: Mapping[str, Any], pointer: Pointer) -> Iterator[Container]:
    for key, role in (("initContainers", "init"), ("containers", "main"), ("ephemeralContainers", "ephemeral")):
        for index, item in enumerate(items(spec, key)):
            if isinstance(item, dict):
                actual = "sidecar" if role == "init" and item.get("restartPolicy") == "Always" else role
                name = text(item, "name") or f"{key}[{index}]"
                yield Container(name, item, Pointer((*pointer.parts, key, index)), actual)


def replicas(body: Mapping[str, Any]) -> int | None:
    """How many pods a workload asks for: 1 when it does not say, None when what it says is no number."""
    value = get(body, "spec", "replicas")
    if value is None:
        return 1
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def strings(values: Mapping[str, Any]) -> dict[str, str]:
    """The entries of a mapping whose values are strings."""
    return {key: value for key, value in values.items() if isinstance(value, str)}


def selects(selector: Any, labels: Mapping[str, str]) -> bool:
    """Whether a LabelSelector (matchLabels and matchExpressions) selects labels; an empty one selects everything.

    A malformed expression selects nothing. Source: the LabelSelector type of the Kubernetes API reference.
    """
    if not isinstance(selector, dict):
        return False
    wanted = mapping(selector, "matchLabels")
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_expression(item, labels) for item in items(selector, "matchExpressions"))


def _expression(item: Any, labels: Mapping[str, str]) -> bool:
    key, operator, values = text(item, "key"), text(item, "operator"), items(item, "values")
    if operator == "In":
        return labels.get(key) in values
    if operator == "NotIn":
        return labels.get(key) not in values
    if operator == "Exists":
        return key in labels
    return operator == "DoesNotExist" and key not in labels


def service_selects(service: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a Service's plain selector selects labels; a Service without a selector selects nothing."""
    selector = mapping(service, "spec", "selector")
    return bool(selector) and all(labels.get(key) == value for key, value in selector.items())


def policy_directions(policy: Mapping[str, Any]) -> list[Any]:
    """The directions that a NetworkPolicy restricts, as Kubernetes works them out when it does not say."""
    given = items(policy, "spec", "policyTypes")
    return given or ["Ingress", *(["Egress"] if items(policy, "spec", "egress") else [])]


def is_dns_label(name: str) -> bool:
    """RFC 1123 label: up to 63 lower-case letters, digits and dashes, a letter or digit at both ends."""
    return len(name) <= 63 and _is_dns(name)


def is_dns_subdomain(name: str) -> bool:
    """RFC 1123 subdomain as Kubernetes checks it: labels of any length joined by dots, up to 253 characters in all."""
    return len(name) <= 253 and all(map(_is_dns, name.split(".")))


def is_port_name(name: str) -> bool:
    """A port's name (IANA_SVC_NAME): a DNS label of up to 15 characters, with a letter, and no two dashes in a row."""
    return len(name) <= 15 and _is_dns(name) and "--" not in name and not name.replace("-", "").isdecimal()


def is_label_name(name: str) -> bool:
    """A label's name or value: up to 63 letters, digits, ``-``, ``_`` and ``.``, a letter or digit at both ends."""
    return len(name) <= 63 and _is_word(name, "-_.")


def _is_dns(name: str) -> bool:
    return _is_word(name, "-") and name == name.lower()


def _is_word(name: str, between: str) -> bool:
    """Whether a text is of letters and digits, with some other characters among them, but not at its ends."""
    letters = name
    for char in between:
        letters = letters.replace(char, "")
    return letters.isalnum() and name.isascii() and name[0] not in between and name[-1] not in between
