"""The settings of the containers beside the application's own."""

from __future__ import annotations

from typing import Any

from chartgen.generate import allowed
from chartgen.generate import schema as s
from chartgen.generate.parts import ContainerView
from chartgen.generate.values_pods import PROBES, probe_value
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import WorkloadView

RESTRICTED = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}


def container_blocks(w: WorkloadView) -> tuple[Node, ...]:
    """``initContainers`` and ``sidecars``."""
    return tuple(
        Block(name, tuple(_block(view) for view in w.containers if view.block == name), doc)
        for name, doc in (
            ("initContainers", "Containers that run before the application starts."),
            ("sidecars", "Containers that run beside the application."),
        )
        if any(view.block == name for view in w.containers)
    )


def _block(view: ContainerView) -> Block:
    container = view.container
    resources: dict[str, Any] = {
        kind: dict(amounts)
        for kind, amounts in (("requests", container.resources.requests), ("limits", container.resources.limits))
        if amounts
    }
    env = tuple(
        Key(e.name, e.text, f"Environment variable {e.name}", s.STRING) for e in view.env if e.source == "value"
    )
    nodes: list[Node] = []
    if container.image:
        image = container.image
        nodes.append(
            Block(
                "image",
                (
                    Key("repository", image.repository, "Image repository, including the registry", s.NAME),
                    Key("tag", image.tag, "Image tag", s.STRING, ci={} if image.tag else {"minimal": "1.0.0"}),
                    Key("digest", image.digest, "Image digest; takes precedence over the tag", s.DIGEST,
                        ci={"full": image.digest or SAMPLE_DIGEST, "minimal": ""}),
                    Key("pullPolicy", image.pull_policy, "Image pull policy", s.PULL_POLICY),
                ),
            )
        )  # fmt: skip
    nodes += [
        Key("command", list(container.command), "Command that replaces the entrypoint of the image", s.TEXTS,
            ci={} if container.command else {"full": ["/bin/app"]}),
        Key("args", list(container.args), "Arguments of the command", s.TEXTS,
            ci={} if container.args else {"full": ["--verbose"]}),
        *([Block("env", env)] if env else []),
        Key("resources", resources, "Resource requests and limits", s.ref("resources")),
        Key("securityContext", RESTRICTED, "Security context of the container", s.ref("securityContext")),
    ]  # fmt: skip
    if not container.init:
        nodes += _probes(view)
    return Block(view.key, tuple(nodes))


def _probes(view: ContainerView) -> list[Node]:
    health = view.container.health
    nodes: list[Node] = []
    for name, attribute, doc in PROBES:
        probe = getattr(health, attribute)
        value = probe_value(probe, view.ports) if probe else {}
        ci = {} if value else {"full": {"exec": {"command": ["/bin/app", attribute]}}}
        alike = name == "livenessProbe" and allowed.impatient(health)
        remarks = allowed.asked(name, "identical-probes", alike)
        nodes.append(Key(name, value, doc, s.ref("probe"), ci=ci, remarks=remarks))
    return nodes


SAMPLE_DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
