"""Image references no node can pull."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import Container, PodSpec, is_dns_label, is_label_name
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_HOST = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])"
_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_REFERENCE = (
    rf"(?:{_HOST}(?::[0-9]+)?/)?{_PART}(?:/{_PART})*(?::[\w][\w.-]{{0,127}})?"
    r"(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?\Z"
)
# Source: the grammar of github.com/distribution/reference, which containerd and CRI-O use.

_EXPONENT = r"[0-9.]+[eE]\+?[0-9]+\Z"


class MalformedImage(PodRule):
    """A container's image is not a reference that a node could pull.

    ## Why
    The pod stays in `InvalidImageName`. In charts it comes from the values: a numeric tag reaches the template as a
    float and prints as `5.8467965e+07`, a digest is joined with `:` instead of `@`, an empty tag leaves a colon
    behind. Quote tags in values.yaml, and print them with `toString`.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          initContainers:
            - name: migrate
              image: "example/web:{{ .Values.digest }}" # here
          containers:
            - name: web
              image: "example/web:{{ .Values.tag }}" # here
            - name: proxy
              image: "example/proxy:{{ .Values.proxyTag }}" # here
    ```
    ```yaml
    # values.yaml
    tag: 58467965
    proxyTag: ""
    digest: sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          initContainers:
            - name: migrate
              image: "example/web@{{ .Values.digest }}"
          containers:
            - name: web
              image: "registry.example.com:5000/example/web:{{ .Values.tag }}"
    ```
    ```yaml
    # values.yaml
    tag: "58467965"
    digest: sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1
    ```
    """

    id = "malformed-image"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Read each image as a container runtime would, and say what usually went wrong."""
        for container in pod.containers:
            found = _wrong(container)
            if found:
                message, cure = found
                yield self.fault(Place.on(obj, container.at("image")), f"{container.title} {message}", help=cure)


def _wrong(container: Container) -> tuple[str, str] | None:
    if "image" not in container.body:
        return "has no image", "set the image"
    value = container.body["image"]
    if not value:
        return "has an empty image", "set the image, or make the value required"
    if not isinstance(value, str):
        return f"has the image {value!r}, which is not text", "quote it"
    if _is_usual(value) or re.match(_REFERENCE, value, re.ASCII):
        return None
    return f"has the image {value!r}, which no node can pull", _cure(value)


def _is_usual(value: str) -> bool:
    """Whether it is surely an image, as most are: names of DNS labels, perhaps with a tag."""
    repository, colon, tag = value.partition(":")
    parts = (label for part in repository.split("/") for label in part.split("."))
    return all(map(is_dns_label, parts)) and (not colon or is_label_name(tag))


def _cure(value: str) -> str:
    image, _, tag = value.rpartition(":")
    if value != value.strip() or " " in value:
        return "remove the space"
    if "nil>" in value or "<no value>" in value:
        return "a value is missing: make it required or give it a default"
    if value.endswith(":"):
        return "the tag is empty: fall back to .Chart.AppVersion, or leave the colon out"
    if re.search(r":sha[0-9]+:", value):
        return "join a digest with '@' instead of ':'"
    if re.match(_EXPONENT, tag):
        return "the tag was a number: quote it in the values and print it with toString"
    if value.startswith("/"):
        return "the registry in front of '/' is empty"
    if "://" in value:
        return "an image has no scheme: remove what stands before '//'"
    if image.rpartition("/")[2] != image.rpartition("/")[2].lower():
        return "repositories are written in lower case"
    return "write it as registry/repository:tag or registry/repository@sha256:digest"
