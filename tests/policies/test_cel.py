"""Kubernetes' CEL: each expression and what the API server makes of it.

The functions are those of ``pkg/cel/library`` in k8s.io/apiserver; what they do was taken from their documentation.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from chartgen.kube.cel.door import CelError, Environment, NotKnown

OBJECT = {
    "name": "web-1",
    "empty": "",
    "nothing": None,
    "count": 3,
    "ratio": 1.5,
    "numbers": [3, 1, 2],
    "names": ["a", "b", "b"],
    "labels": {"app": "web", "tier": "front"},
    "image": "registry.example.com/team/web:1.2.3",
}

VALUES: dict[str, Any] = {
    # Quantities.
    "quantity('1.5G').isLessThan(quantity('2Gi'))": True,
    "quantity('50k').add(quantity('20k')) == quantity('70k')": True,
    "quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')": True,
    "quantity('50k').asInteger()": 50000,
    "quantity('9999999999999999999999999999999999999G').isInteger()": False,
    "quantity('200M').compareTo(quantity('0.2G'))": 0,
    "quantity('50M').compareTo(quantity('50Mi'))": -1,
    "quantity('50Mi').isGreaterThan(quantity('50M'))": True,
    "quantity('100m').asApproximateFloat()": 0.1,
    "sign(quantity('-1'))": -1,
    "[quantity('9999999999999999999999999999999999999')].all(x, x.add(1).compareTo(x) == 1)": True,
    "['200K', '1,3G', 'Mi', '1.3Gi', '10000k'].map(x, isQuantity(x))": [False, False, False, True, True],
    # Semantic versions.
    "semver('1.2.3').major() + semver('1.2.3').minor() + semver('1.2.3').patch()": 6,
    "semver('1.0.0-alpha').isLessThan(semver('1.0.0'))": True,
    "semver('1.2.3').compareTo(semver('0.1.2'))": 1,
    "semver('1.0.0+build') == semver('1.0.0')": True,
    "semver('v01.1', true) == semver('1.1.0')": True,
    "isSemver('v1.0')": False,
    "isSemver('v1.0', true)": True,
    "isSemver('1.0-x', true)": False,
    # Addresses and networks.
    "ip('127.0.0.1').isLoopback() && ip('::1').family() == 6": True,
    "['127.0.0.256', ':::1', 'fe80::1%eth0', '::ffff:1.2.3.4', '01.2.3.4'].exists(x, isIP(x))": False,
    "ip.isCanonical('2001:DB8::ABCD')": False,
    "string(ip('2001:DB8::ABCD'))": "2001:db8::abcd",
    "ip('224.0.0.1').isLinkLocalMulticast() && !ip('224.0.1.1').isLinkLocalMulticast()": True,
    "ip('ff02::1').isLinkLocalMulticast() && ip('fe80::1').isLinkLocalUnicast()": True,
    "ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()": True,
    "ip('::').isUnspecified()": True,
    "cidr('192.168.0.0/24').containsIP('192.168.0.1')": True,
    "cidr('192.168.0.0/24').containsIP(ip('192.168.1.1'))": False,
    "cidr('192.168.0.0/24').containsCIDR('192.168.0.0/25')": True,
    "cidr('192.168.0.0/24').containsCIDR(cidr('192.168.0.0/23'))": False,
    "cidr('192.168.0.1/24').ip() == ip('192.168.0.1')": True,
    "cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24')": True,
    "string(cidr('192.168.0.1/24'))": "192.168.0.1/24",
    "cidr('::/64').prefixLength()": 64,
    "['10.0.0.0/33', '10.0.0.0', '10.0.0.0/08', '10.0.0.0/8'].map(x, isCIDR(x))": [False, False, False, True],
    # URLs.
    "url('https://example.com:80/').getHost()": "example.com:80",
    "url('https://[::1]:80/').getHostname()": "::1",
    "url('https://[::1]:80/').getPort()": "80",
    "url('HTTPS://example.com/').getScheme()": "https",
    "url('/path').getHost()": "",
    "url('https://example.com/with spaces/').getEscapedPath()": "/with%20spaces/",
    "url('https://example.com/a%20b').getEscapedPath()": "/a%20b",
    "url('https://example.com').getEscapedPath()": "",
    "url('https://example.com/p?k1=a&k2=b&k2=c').getQuery()": {"k1": ["a"], "k2": ["b", "c"]},
    "url('https://example.com/p?a b=c+d').getQuery()": {"a b": ["c d"]},
    "['https://a:b:c/', '../x', '', 'https://exa mple.com/', '/%zz'].exists(x, isURL(x))": False,
    "['https://u:p@example.com:80/p?q=v#f', '/absolute', 'mailto:someone', '*'].all(x, isURL(x))": True,
    # Formats.
    "format.dns1123Label().validate('My').hasValue()": True,
    "format.dns1123Label().validate('my').hasValue()": False,
    "format.named('uuid').value().validate('x').value()": ["does not match the UUID format"],
    "format.named('nope').hasValue()": False,
    "format.dns1123LabelPrefix().validate('my-').hasValue()": False,
    "format.qualifiedName().validate('example.com/My_Name').hasValue()": False,
    "format.qualifiedName().validate('a/b/c').hasValue()": True,
    "format.labelValue().validate('').hasValue()": False,
    "format.date().validate('2021-02-29').value()": ["invalid date"],
    "format.datetime().validate('2021-01-01T00:00:00Z').hasValue()": False,
    "format.byte().validate('aGVsbG8=').hasValue()": False,
    "format.uri().validate('../x').value()": ["parse '../x': invalid URI for request"],
    # Regular expressions, which are RE2.
    "'abc 123'.find('[0-9]+')": "123",
    "'abc 123'.find('xyz')": "",
    "'123 abc 456'.findAll('[0-9]+')": ["123", "456"],
    "'123 abc 456'.findAll('([0-9])+', 1)": ["123"],
    "'baaab'.findAll('a*')": ["", "aaa", ""],
    r"'a(b)c'.find('[(](b)\\)')": "(b)",
    "object.image.find('^[^/:]+')": "registry.example.com",
    # Lists.
    "object.numbers.isSorted()": False,
    "object.names.isSorted() && [].isSorted()": True,
    "[1, 3].sum() + object.numbers.sum()": 10,
    "[1.0, 3.5].sum()": 4.5,
    "object.numbers.min() + object.numbers.max()": 4,
    "object.names.indexOf('b') + object.names.lastIndexOf('b')": 3,
    "[1.0].indexOf(1.1)": -1,
    "object.names.includes('b') && 'b'.includes('b') && !object.names.includes(1)": True,
    "object.numbers.sort().reverse()": [3, 2, 1],
    "lists.range(3).slice(1, 3)": [1, 2],
    "[[1], [2, 2]].flatten().distinct()": [1, 2],
    "object.numbers.sortBy(x, -x)": [3, 2, 1],
    "object.names.first().value() + object.names.last().value()": "ab",
    "sets.contains([1, 2], [1]) && !sets.intersects([1], [2]) && sets.equivalent([1, 1], [1])": True,
    # Strings.
    "'hello mellow'.indexOf('ello', 2) + 'hello mellow'.lastIndexOf('ello', 6)": 8,
    "object.name.charAt(0) + object.name.upperAscii() + object.name.substring(4)": "wWEB-11",
    "' a,b '.trim().split(',').join('-').replace('a', 'c')": "c-b",
    "'%s is %d, %.2f %x %s'.format([object.name, 5, 1.5, 255, [1, 'a']])": "web-1 is 5, 1.50 ff [1, a]",
    "strings.quote('a\"b')": '"a\\"b"',
    "string(1) + string(1.5) + string(true)": "11.5true",
    # Two variables, optionals, numbers of several types.
    "object.labels.all(k, v, k != v)": True,
    "object.numbers.exists_one(i, n, i == n)": False,
    "object.numbers.existsOne(n, n == 3)": True,
    "object.labels.transformList(k, v, k + v).sort()": ["appweb", "tierfront"],
    "object.labels.transformMap(k, v, v.size())": {"app": 3, "tier": 5},
    "object.labels.transformMap(k, v, k == 'app', v)": {"app": "web"},
    "object.labels.transformMapEntry(k, v, {v: k})": {"web": "app", "front": "tier"},
    "object.?labels['team'].orValue('none')": "none",
    "object.?spec.?replicas.optMap(n, n + 1).orValue(0)": 0,
    "object.labels.orValue({}).app": "web",
    "object.?nope.or(optional.of(2)).value()": 2,
    "[optional.of(1), optional.none()].unwrapOpt() == optional.unwrap([optional.of(1)])": True,
    "{?'a': object.?name, ?'b': object.?nope}": {"a": "web-1"},
    "1 < 1.5 && object.ratio > 1 && object.count >= 2.5 && 2u > 1": True,
    "object.count == 3.0": True,
    "duration('90s') > duration('1m') && timestamp('2024-01-01T00:00:00Z') < timestamp('2025-01-01T00:00:00Z')": True,
    "has(object.nothing) && object.nothing == null && !has(object.nope)": True,
    "false && object.nope || true": True,
    "object.nope || true": True,
    '"it\'s // no comment" // but this is': "it's // no comment",
}


@cache
def environment() -> Environment:
    return Environment({"object": "dyn", "authorizer": "Authorizer", "authorizer.requestResource": "ResourceCheck"})


@pytest.mark.parametrize("expression", VALUES)
def test_expressions_have_the_values_the_api_server_gives_them(expression: str) -> None:
    value = environment().compile(expression).evaluate({"object": OBJECT})
    assert (value, type(value)) == (VALUES[expression], type(VALUES[expression]))


ERRORS = {
    "object.nope": "no such key: nope",
    "object.labels['team']": "no such key: team",
    "object.nothing.field": "no such key: a field of what is no map",
    "object.numbers[9]": "index out of bounds: 9",
    "object.name > 1": "no such overload: _>_(string, int)",
    "object.name.indexOf(object.count)": "no such overload: (string).indexOf(int)",
    "object.name.nope.orValue(1)": "no such key: a field of what is no map",
    "1 / 0": "division by zero",
    "quantity('200K').asInteger()": "quantities must match the regular expression"
    " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' (got '200K')",
    "quantity('1.5').asInteger()": "cannot convert value to integer",
    "ip('1.2.3')": "IP Address '1.2.3' parse error during conversion from string",
    "[].max()": "max called on empty list",
    "[1, object.name].isSorted()": "no such overload: values of the list cannot be compared",
    "'x'.find('[')": "invalid regular expression: missing ]: [)",
    "object.labels.transformMapEntry(k, v, {'x': v})": "insert failed: key 'x' already exists",
    "string(object)": "no such overload",
    "object.nothing.all(x, true)": "no such overload: what is gone through is neither a list nor a map",
    "object.name ? 1 : 2": "no such overload: a condition is no bool",
}


@pytest.mark.parametrize("expression", ERRORS)
def test_errors_are_told_in_the_api_servers_words(expression: str) -> None:
    with pytest.raises(CelError) as error:
        environment().compile(expression).evaluate({"object": OBJECT})
    assert str(error.value) == ERRORS[expression]


REFUSED = {
    "object.name.startWith('x')": "undeclared reference to 'startWith' (did you mean 'startsWith'?)",
    "semver('1.0.0').isLessThan(quantity('1'))": "found no matching overload for 'isLessThan' applied to"
    " '(kubernetes.Semver, kubernetes.Quantity)'",
    "quantity('1') == 1": "found no matching overload for '_==_' applied to '(kubernetes.Quantity, int)'",
    "[1].indexOf(1, 2)": "found no matching overload for 'indexOf' applied to '(list(int), int, int)'",
    "authorizer.requestResource.check('x').alowed()": "undeclared reference to 'alowed'",
    "params.x": "undeclared reference to 'params.x'",
    "'abc'.reverse()": "found no matching overload for 'reverse' applied to '(string)'",
    "math.greatest(1, 2)": "undeclared reference to 'math'; undeclared reference to 'greatest'",
    "  ": "the expression is empty",
}
"""What Kubernetes does not have, or would refuse; ``math`` and ``cel.bind`` are parts of CEL it leaves out."""


@pytest.mark.parametrize("expression", REFUSED)
def test_what_the_api_server_refuses_does_not_compile(expression: str) -> None:
    with pytest.raises(CelError) as error:
        environment().compile(expression)
    assert str(error.value) == REFUSED[expression]


@pytest.mark.parametrize("expression", ["'abc'.", "((((", "a b", "'unclosed", "object.all(", "{", "x.transformMap(k)"])
def test_broken_syntax_is_an_error_and_no_crash(expression: str) -> None:
    with pytest.raises(CelError):
        environment().compile(expression)


def test_the_authorizer_is_known_to_the_checker() -> None:
    check = "authorizer.group('').resource('pods').namespace('x').check('create').allowed()"
    assert environment().compile(check).gives == "BOOL"


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("object.all(x, x >= 0)", "it goes through more than 10,000 items, which takes too long here"),
        ("[duration('1s')].sum() > duration('0s')", "it asks for the sum of durations, which is not supported here"),
    ],
)
def test_what_cannot_be_known_is_told_apart_from_errors(expression: str, why: str) -> None:
    with pytest.raises(NotKnown) as raised:
        environment().compile(expression).evaluate({"object": list(range(20_000))})
    assert str(raised.value) == why


def test_messages_go_through_maps_in_order() -> None:
    program = environment().compile("object.map(k, k).join(',') + object.filter(k, k > 'a').join(',')", ordered=True)
    assert program.evaluate({"object": {"c": 1, "a": 2, "b": 3}}) == "a,b,cb,c"
