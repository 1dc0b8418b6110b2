"""The settings of the Secrets that the chart itself brings about."""

from __future__ import annotations

from chartgen.generate import schema as s
from chartgen.generate.valuetree import Block, Key, Node
from chartgen.generate.view import ChartView

DURATION = {"type": "string", "pattern": "^([0-9]+(ms|[hms]))+$"}
"""Go's way of writing a duration."""


def secret_blocks(chart: ChartView) -> tuple[Node, ...]:
    """``secretValues``, to be given at install, and ``externalSecrets``."""
    given = tuple(
        Block(
            made.key,
            tuple(
                Key(key.setting, "", f"Value of {key.name} in the Secret {made.name}", s.STRING,
                    ci={"full": "given-at-install"})
                for key in made.keys
            ),
        )
        for made in chart.secrets
        if made.external is None
    )  # fmt: skip
    external = tuple(
        Block(
            made.key,
            (
                Key("enabled", True,
                    "Create an ExternalSecret, which makes the Secret; without it the pods use the existing one",
                    s.BOOLEAN, ci={"minimal": False}),
                Key("store", made.external.store, "Name of the store", s.NAME),
                Key("storeKind", made.external.kind, "Whether the store serves the whole cluster or one namespace",
                    {"enum": ["ClusterSecretStore", "SecretStore"]}),
                Key("key", made.external.key, "Name of the secret in the store", s.NAME),
                Key("refreshInterval", f"{made.external.refresh}s",
                    "How often the store is asked whether the secret has changed; 0s for once", DURATION),
            ),
        )
        for made in chart.secrets
        if made.external is not None
    )  # fmt: skip
    blocks = (
        ("secretValues", given,
         "Values of Secrets that the chart creates: give all of one Secret at install, or none and have one."),
        ("externalSecrets", external, "Secrets that the External Secrets operator takes from a store."),
    )  # fmt: skip
    return tuple(Block(name, children, doc) for name, children, doc in blocks if children)
