"""The panels of the clusters that a chart makes. Their queries ask what the alerts ask, see ``operators``."""

from __future__ import annotations

from collections.abc import Sequence

from chartgen.generate.needs import NeedView
from chartgen.generate.panels import Panel, row


def placeholder(view: NeedView) -> str:
    """What stands for the name of its cluster in the dashboard's text."""
    return f"__CLUSTER_{view.name}__"


def needpanels(views: Sequence[NeedView]) -> list[Panel]:
    """A row for each cluster, whatever workload is chosen in the dashboard."""
    return [
        panel
        for view in views
        if view.creates and view.operator
        for panel in (row(f"{view.operator.title} {view.name}"), *view.operator.panels(view.name, placeholder(view)))
    ]
