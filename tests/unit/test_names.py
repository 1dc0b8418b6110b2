"""Names that Kubernetes allows, asked of the characters one by one as its expressions say them."""

import re

import pytest

from chartgen.kube.access import is_dns_label, is_dns_subdomain, is_label_name, is_port_name

NAMES = [
    "", "a", "0", "-", ".", "_", "A", "web", "web-1", "web-", "-web", "web--1", "web.app", "web..app", ".web", "web.",
    "web_app", "_web", "Web", "0.1.0", "1-2", "80", "http", "http-metrics", "a" * 15, "a" * 16, "a" * 63, "a" * 64,
    "a." * 126 + "a", "a." * 127 + "a", "é", "a é", "a b", "a\n", "\n", "٣", "a٣", "²", "a/b", "a:b",
]  # fmt: skip

EXPRESSIONS = {
    is_dns_label: r"(?=.{1,63}\Z)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\Z",
    is_dns_subdomain: r"(?=.{1,253}\Z)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\Z",
    is_label_name: r"[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\Z",
    is_port_name: r"(?=.*[a-z])(?!.*--)[a-z0-9](?:[-a-z0-9]{0,13}[a-z0-9])?\Z",
}


@pytest.mark.parametrize("is_allowed", EXPRESSIONS)
def test_names_are_allowed_as_by_the_expressions_of_kubernetes(is_allowed) -> None:  # type: ignore[no-untyped-def]
    for name in NAMES:
        assert is_allowed(name) is (re.match(EXPRESSIONS[is_allowed], name) is not None), repr(name)
