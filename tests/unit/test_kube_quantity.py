"""Quantities as the Kubernetes API reads them."""

from decimal import Decimal
from typing import Any

import pytest

from chartgen.kube.quantity import parse


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100m", "0.1"),
        ("1", "1"),
        (2, "2"),
        (0.5, "0.5"),
        ("1.5Gi", "1610612736"),
        ("1k", "1000"),
        ("1Ki", "1024"),
        ("1e3", "1000"),
        ("1E3", "1000"),
        ("12E", "12e18"),
        ("1.34217728e+08", "134217728"),
        (1.34217728e22, "1.34217728e22"),
        ("+1", "1"),
        ("-1", "-1"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1n", "1e-9"),
    ],
)
def test_quantities(text: Any, amount: str) -> None:
    assert parse(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["500MB", "1 Gi", "1gi", "Gi", "", "1K", "0x10", "1_000", "1Gi\n", "e3", ".", None, True, [], {}]
)
def test_what_the_api_refuses(text: Any) -> None:
    assert parse(text) is None
