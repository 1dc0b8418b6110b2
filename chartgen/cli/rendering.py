"""Options of the commands that render; ``circumstances`` says what they become."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

ValuesOption = Annotated[
    list[str] | None, typer.Option("--values", "-f", metavar="FILE", help="Lay values over the chart's; repeatable.")
]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set one value, as Helm's --set; repeatable.")
]
KubeVersion = Annotated[
    str | None,
    typer.Option("--kube-version", metavar="VERSION", help="Render for this Kubernetes.  [default: 1.36.0]"),
]
KubeVersions = Annotated[
    list[str] | None,
    typer.Option(
        "--kube-version",
        metavar="VERSION,...",
        help="Judge for these Kubernetes versions; repeatable.  [default: those that Chart.yaml's kubeVersion allows]",
    ),
]
SchemaLocation = Annotated[
    list[str] | None,
    typer.Option(
        "--schema-location",
        metavar="FOLDER",
        help="Take schemas from here first: CRDs in YAML, or JSON files as kubeconform names them; repeatable.",
    ),
]
ApiVersions = Annotated[
    list[str] | None,
    typer.Option("--api-versions", metavar="API", help="Render as if the cluster served this too; repeatable."),
]
Namespace = Annotated[str, typer.Option("--namespace", "-n", metavar="NAME", help="The release's namespace.")]
Release = Annotated[str, typer.Option("--release-name", metavar="NAME", help="The release's name.")]
EngineOption = Annotated[
    Literal["auto", "embedded", "helm"],
    typer.Option("--engine", help="Helm's own library, the helm on PATH, or whichever there is."),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Renders at a time.  [default: one for each processor]"),
]
