"""The settings of a chart: what stands in values.yaml, in the order a reader looks for it.

One workload has the value names of ``helm create``; several have a block each, with the same names inside.
"""

from __future__ import annotations

from typing import Any

from chartgen.generate import schema as s
from chartgen.generate import spare
from chartgen.generate.alerts import monitoring_block
from chartgen.generate.values_containers import container_blocks
from chartgen.generate.values_keda import keda, recommendations
from chartgen.generate.values_needs import need_blocks
from chartgen.generate.values_network import metrics, network_policy
from chartgen.generate.values_pods import container, pods
from chartgen.generate.values_runs import running
from chartgen.generate.values_scale import autoscaling, availability, scheduling
from chartgen.generate.values_secrets import secret_blocks
from chartgen.generate.values_traffic import traffic
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import ChartView, WorkloadView
from chartgen.spec.model import Image

TEST_IMAGE = ("docker.io/library/busybox", "1.37.0")
"""The image of the pod `helm test` runs: small, with wget and nc."""

SAMPLE_DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def values_tree(chart: ChartView) -> tuple[Node, ...]:
    """Every setting of the chart."""
    if chart.single:
        w = chart.workloads[0]
        return (
            *running(w),
            _image(chart.spec.image),
            *_shared(chart),
            *secret_blocks(chart),
            *need_blocks(chart),
            *_workload(w),
            *_last(chart),
        )
    return (
        _image(chart.spec.image),
        *_shared(chart),
        *secret_blocks(chart),
        *need_blocks(chart),
        *(
            Block(w.key, (*running(w), _own_image(chart, w), *_workload(w)), f"Settings of the workload {w.name}.")
            for w in chart.workloads
        ),
        *_last(chart),
    )


def _workload(w: WorkloadView) -> tuple[Node, ...]:
    return (
        *pods(w),
        *container(w),
        *container_blocks(w),
        *traffic(w),
        *metrics(w),
        network_policy(w),
        *([keda(w) if w.workload.replicas.triggers else autoscaling(w)] if w.scales else []),
        *([recommendations()] if w.workload.vpa else []),
        *availability(w),
        *scheduling(w),
    )


def _image(image: Image) -> Block:
    tag = {"minimal": "1.0.0"} if image.digest else {}
    digests = {"full": image.digest or SAMPLE_DIGEST, "minimal": ""}
    return Block(
        "image",
        (
            Key("repository", image.repository, "Image repository, including the registry", s.NAME),
            Key("tag", "", "Image tag; the chart's appVersion if empty", s.STRING, ci=tag),
            Key(
                "digest", image.digest, "Image digest (sha256:...); takes precedence over the tag", s.DIGEST, ci=digests
            ),
            Key("pullPolicy", image.pull_policy, "Image pull policy", s.PULL_POLICY),
        ),
    )


def _own_image(chart: ChartView, w: WorkloadView) -> Block:
    own = w.workload.image
    if own == chart.spec.image:
        own = Image("", pull_policy="")
    return Block(
        "image",
        (
            Key("repository", own.repository, "Image repository; image.repository of the chart if empty", s.STRING),
            Key("tag", own.tag, "Image tag; image.tag of the chart if empty", s.STRING),
            Key("digest", own.digest, "Image digest; takes precedence over the tag", s.DIGEST),
            Key("pullPolicy", own.pull_policy, "Image pull policy; image.pullPolicy of the chart if empty",
                {"enum": [*s.PULL_POLICY["enum"], ""]}),
        ),
        "Overrides the image of the chart for this workload.",
    )  # fmt: skip


def _shared(chart: ChartView) -> tuple[Node, ...]:
    spec = chart.spec
    images = (spec.image, *(w.workload.image for w in chart.workloads))
    secrets = [{"name": name} for name in dict.fromkeys(secret for image in images for secret in image.pull_secrets)]
    sample = [{"name": "registry-credentials"}]
    return (
        Key("imagePullSecrets", secrets, "Secrets with the credentials of the image registry",
            {"type": "array", "items": s.closed(name=s.STRING)},
            ci={"full": sample}, example="" if secrets else "- name: registry-credentials"),
        Key("nameOverride", "", "Overrides the chart name in the names of all objects", s.NAME_PART),
        Key("fullnameOverride", "", "Overrides the release and chart name in the names of all objects", s.NAME_PART,
            ci={"full": f"{spec.name}-full"}),
        Key("commonLabels", dict(spec.labels), "Labels added to every object", s.LABELS,
            ci={"full": {"team": "platform"}}),
        Key("commonAnnotations", dict(spec.annotations), "Annotations added to every object", s.STRINGS,
            ci={"full": {"example.com/contact": "platform@example.com"}}),
    )  # fmt: skip


def _last(chart: ChartView) -> tuple[Node, ...]:
    extra: dict[str, Any] = {name: dict(manifest) for name, manifest in chart.spec.extra.items()}
    objects = Key("extraObjects", extra,
        "Additional objects to deploy, each under a key of your choice. A mapping is deployed as it is; a string is "
        "rendered as a template first",
        {"type": "object", "additionalProperties": {"type": ["object", "string"]}},
        ci={"full": spare.objects(chart.spec)})  # fmt: skip
    if not chart.tested:
        return (monitoring_block(chart.spec), objects)
    repository, tag = TEST_IMAGE
    image = Block(
        "image",
        (
            Key("repository", repository, "Repository of an image that has wget and nc", s.NAME),
            Key("tag", tag, "Image tag", s.NAME),
        ),
    )
    return (monitoring_block(chart.spec), Block("test", (image,), "The pod that `helm test` runs."), objects)
