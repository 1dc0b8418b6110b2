"""Key pairs that templates make, replaced by ones that stand in for them: to make one takes a tenth of a second.

``genCA "web-ca" 365`` gives another key each time, so nothing that is found depends on which: it matters that a
certificate is there, not that it is good. Only calls that are plain are replaced, and what Helm would check of their
arguments is still checked: ``trunc`` takes a number and a text. A chart that does not render so is to be rendered as it
is where ``may_be_to_blame`` says so, which tells what is wrong in its own words.

The functions: https://masterminds.github.io/sprig/crypto.html and ``crypto.go`` of sprig 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure

if TYPE_CHECKING:
    from chartgen.templates.syntax import Expr

# A leading \b would take ten times as long to find.
_CALL = re.compile(rb"gen(?<!\wgen)(?:CA|SelfSignedCert|SignedCert|PrivateKey)\b")

_LIST, _AUTHORITY = "a list of names for a certificate", "an authority to sign a certificate"

_KEPT = re.compile(rb"(\$\w+)\s*:?=\s*gen[A-Z]")
_USE = re.compile(rb"(\$\w+)(\.\w+|\s*:?=)?")
_SIGNING = re.compile(rb"genSignedCert [^\n{}]*")

_MOST = 100
"""Calls in one template beyond which none is replaced: what stands in for one takes 3 KB."""


def with_stand_ins(chart: Chart, *, others: bool = False) -> Chart:
    """The chart whose templates make no key pairs where that can be told; the same value if there are none.

    There are two sets of stand-ins: with the ``others``, what a chart makes comes out different, as it would.
    """
    changed = {}
    for path, content in chart.files.items():
        if "templates/" in path and b"gen" in content:
            places = [match.start() for match in islice(_CALL.finditer(content), _MOST + 1)]
            if 0 < len(places) <= _MOST and _reads_known_fields(content):
                replaced = _replaced(content, places, others)
                if replaced != content:
                    changed[path] = replaced
    return chart._replace(files={**chart.files, **changed}) if changed else chart


def may_be_to_blame(failure: Failure, chart: Chart, stood_in: Chart) -> bool:
    """Whether a chart may not have failed, or not in that column, but for its stand-ins.

    What it says itself elsewhere (``fail``, ``required``) it would have said without.
    """
    if failure.kind != "render" or stood_in == chart:
        return False
    path = failure.path or ""
    is_from_helm = failure.message.startswith("<") or failure.message in (_LIST, _AUTHORITY)
    return is_from_helm or stood_in.files.get(path) != chart.files.get(path)


def _reads_known_fields(content: bytes) -> bool:
    """Whether certificates are only asked for what they have, and taken to sign others.

    They are no maps: Helm refuses ``get`` and ``index``, and other fields, of one that is handed on, too.
    """
    kept = set(_KEPT.findall(content))
    uses = _USE.findall(_SIGNING.sub(b"", content)) if kept else []
    return all(use in (b".Cert", b".Key") or use.endswith(b"=") for name, use in uses if name in kept)


def _replaced(content: bytes, places: Iterable[int], others: bool) -> bytes:
    """A template, the calls at some places replaced. It keeps its lines."""
    parts: list[bytes] = []
    done = 0
    for place in places:
        start, end = content.rfind(b"{{", 0, place), content.find(b"}}", place) + 2
        if done <= start < end:
            parts += (content[done:start], _without_keys(content[start:end], others))
            done = end
    return b"".join((*parts, content[done:]))


@lru_cache(maxsize=256)
def _without_keys(action: bytes, others: bool) -> bytes:
    """One action that stands on one line: ``{{ $ca := genCA "web-ca" 365 }}``, or a private key anywhere in it."""
    from chartgen.templates.parse import parse  # few charts make any

    text = action.decode("utf-8", "surrogateescape")
    template = parse(text) if "\n" not in text else None
    if template is None or not template.calls or template.nodes[0].pipe is None:
        return action
    whole = template.nodes[0].pipe
    for call in template.calls:
        name = call.args[0].value
        is_kept = template.nodes[0].kind == "action" and len(whole.names) == 1 and whole.args == (call,)
        stand_in = _STAND_INS.get(name) if is_kept or name == "genPrivateKey" else None
        if stand_in and (code := stand_in(text, call.args[1:])) is not None:
            # One call is enough: two in an action nobody writes.
            code = code.replace(_FIRST, _OTHER) if others else code
            return (text[: call.start] + code + text[call.end :]).encode("utf-8", "surrogateescape")
    return action


def _authority(text: str, args: tuple[Expr, ...]) -> str | None:
    """``genCA NAME DAYS``."""
    if len(args) != 2:
        return None
    name, days = (text[arg.start : arg.end] for arg in args)
    return _pair(_checked(name, days))


def _self_signed(text: str, args: tuple[Expr, ...]) -> str | None:
    """``genSelfSignedCert NAME ADDRESSES NAMES DAYS``."""
    return _certificate(text, args) if len(args) == 4 else None


def _signed(text: str, args: tuple[Expr, ...]) -> str | None:
    """``genSignedCert NAME ADDRESSES NAMES DAYS AUTHORITY``."""
    if len(args) != 5 or args[4].kind != "variable" or args[4].names:
        return None
    authority = text[args[4].start : args[4].end]
    stands_in = f'(and (kindIs "map" {authority}) (contains "{_FIRST}" (get {authority} "Cert")))'
    is_one = f'(or (kindIs "struct" {authority}) {stands_in})'
    return _certificate(text, args, _demanded(_AUTHORITY, is_one))


def _certificate(text: str, args: tuple[Expr, ...], *checks: str) -> str | None:
    addresses, names = args[1:3]
    if not _are_addresses(addresses):
        return None
    name, days = (text[arg.start : arg.end] for arg in (args[0], args[3]))
    others = _texts(text, names, days)
    return None if others is None else _pair(_checked(name, days), *others, *checks)


def _are_addresses(given: Expr) -> bool:
    """Whether it is nil, or ``(list "127.0.0.1")``: Helm refuses what is no address."""
    from ipaddress import ip_address

    texts = () if given.kind == "nil" else _listed(given)
    try:
        return texts is not None and all(ip_address(one.value if one.kind == "string" else "") for one in texts)
    except ValueError:
        return False


def _listed(given: Expr) -> tuple[Expr, ...] | None:
    """What is in ``(list A B)``; None where it is something else."""
    inner = given.args[0] if given.kind == "pipe" and len(given.args) == 1 else None
    return inner.args[1:] if inner is not None and inner.args[0].value == "list" else None


def _texts(text: str, names: Expr, days: str) -> list[str] | None:
    """Code that fails where an argument is no list of texts, as far as that can be seen; None where it cannot."""
    code = text[names.start : names.end]
    if names.kind == "nil":
        return []
    if names.kind == "variable":
        return [_demanded(_LIST, f'(kindIs "slice" {code})')]
    listed = _listed(names)
    return None if listed is None else [_checked(text[one.start : one.end], days) for one in listed]


def _private_key(text: str, args: tuple[Expr, ...]) -> str | None:
    """``genPrivateKey "rsa"``."""
    kind = args[0].value if len(args) == 1 and args[0].kind == "string" else None
    return f'(print "{_pem(_KEYS[kind])}")' if kind in _KEYS else None


_STAND_INS: dict[str, Callable[[str, tuple[Expr, ...]], str | None]] = {
    "genCA": _authority,
    "genSelfSignedCert": _self_signed,
    "genSignedCert": _signed,
    "genPrivateKey": _private_key,
}

_KEYS = {"rsa": "RSA PRIVATE KEY", "ecdsa": "EC PRIVATE KEY", "ed25519": "PRIVATE KEY"}


def _checked(name: str, days: str) -> str:
    """Code that fails where the one is no text or the other no number."""
    return f"(trunc {days} {name})"


def _demanded(what: str, condition: str) -> str:
    """Code that fails where a condition does not hold."""
    return f'(required "{what}" (ternary "{what}" "" {condition}))'


def _pair(*checks: str) -> str:
    """Code for a certificate and its key: ``coalesce`` works out all it is given and takes the first."""
    pair = f'(dict "Cert" "{_pem("CERTIFICATE")}" "Key" "{_pem(_KEYS["rsa"])}")'
    return f"coalesce {pair} {' '.join(checks)}"


def _pem(what: str) -> str:
    """Something as long as what is meant, in the form it has, as it stands in a template between quotes."""
    return r"\n".join((f"-----BEGIN {what}-----", *[_FIRST] * 24, f"-----END {what}-----", ""))


_FIRST, _OTHER = "chartgen" * 8, "rendered" * 8
"""Lines of keys, which have 64 characters of base64."""
