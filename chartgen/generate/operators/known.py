"""Every operator there is, by the kind of need whose clusters it runs."""

from __future__ import annotations

from chartgen.generate.operators.base import Operator
from chartgen.generate.operators.cloudnativepg import CLOUDNATIVEPG
from chartgen.generate.operators.rabbitmq import RABBITMQ

OPERATORS: dict[str, Operator] = {"postgres": CLOUDNATIVEPG, "rabbitmq": RABBITMQ}
"""The same kinds as in ``chartgen.spec.operators``."""

ALERTS = tuple(alert for operator in OPERATORS.values() for alert in operator.alerts)
"""The alerts on the clusters of all of them. About what is outside of the release nothing is known that could be asked
without a guess."""
