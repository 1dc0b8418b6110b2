"""Key pairs that templates make: what stands in for them renders alike, and what Helm would refuse is still refused."""

import base64
from collections.abc import Iterator

import pytest

from chartgen.chart.model import Chart
from chartgen.engine.api import Failure, Job, Rendered
from chartgen.engine.embedded import Embedded
from chartgen.lint.run import Settings, lint
from chartgen.lint.standins import with_stand_ins
from chartgen.policy.model import Policy
from tests.unit.lint_support import an_engine, chart, told

SECRET = """\
{{- $host := "web.example.org" }}
{{- $names := list $host (printf "*.%s" $host) }}
{{- $ca := genCA "web-ca" 365 }}
{{- $cert := genSignedCert $host nil $names 365 $ca }}
{{- $own := genSelfSignedCert $host (list "127.0.0.1" "::1") (list $host .Release.Name) (int .Values.days) }}
apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}-tls
data:
  ca.crt: {{ $ca.Cert | b64enc }}
  tls.crt: {{ $cert.Cert | b64enc }}
  tls.key: {{ $cert.Key | b64enc }}
  own.crt: {{ $own.Cert | b64enc }}
  ssh: {{ genPrivateKey "ed25519" | b64enc }}
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with an_engine() as opened:
        yield opened


def with_template(text: str) -> Chart:
    return chart({"values.yaml": "days: 30\n", "templates/a.yaml": text})


def rendered(engine: Embedded, given: Chart) -> str:
    (answer,) = engine.render([Job(given)])
    assert isinstance(answer, Rendered), answer
    return answer.files["templates/a.yaml"]


def test_what_stands_in_has_the_form_and_the_lines_of_what_it_stands_for(engine: Embedded) -> None:
    given = with_template(SECRET)
    real, quick = (rendered(engine, one).split("\n") for one in (given, with_stand_ins(given)))
    assert len(real) == len(quick)
    for made, stand_in in zip(real, quick, strict=True):
        key, _, value = made.partition(": ")
        if key.strip() in ("ca.crt", "tls.crt", "tls.key", "own.crt", "ssh"):
            texts = [base64.b64decode(one.partition(": ")[2]).decode().split("\n") for one in (made, stand_in)]
            assert texts[0][0] == texts[1][0]
            assert texts[0][-2:] == texts[1][-2:]
        else:
            assert made == stand_in, value


def test_no_key_is_made_for_them(engine: Embedded) -> None:
    quick = with_stand_ins(with_template(SECRET))
    assert rendered(engine, quick) == rendered(engine, quick)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        '{{ "x" | genPrivateKey }}\n',
        '{{ $a := 365 | genCA "web" }}\n',
        '{{ genPrivateKey "quantum" }}\n',
        '{{ genPrivateKey "dsa" }}\n',
        '{{ $a := genSelfSignedCert "a" (list $host) nil 365 }}\n',
        '{{ $a := genSelfSignedCert "a" (list "10.0.0.300") nil 365 }}\n',
        '{{ $a := genSelfSignedCert "a" nil (splitList "," "a,b") 365 }}\n',
        '{{ (genCA "a" 365).Cert }}\n',
        '{{ $a := genCA "a" 365 }}{{ $a.Crt }}\n',
        '{{ $a := (genCAWithKey "a" 365 "key").Cert }}\n',
        '{{ $a := genCA "a" 365 }}{{ get $a "Cert" }}\n',
        '{{ $a := genCA "a" 365 }}{{ include "b" (dict "ca" $a) }}\n',
        '{{ $a := genCA "a" 365 }}{{ range $k, $v := $a }}{{ end }}\n',
        '{{ with $a := genCA "a" 365 }}{{ .Crt }}{{ end }}\n',
        '{{ $a := genCA "a"\n 365 }}\n',
        '{{ $a := genCA "a" 365 }}\n' * 101,
        '{{/* genCA "a" 365 */}}\n',
        'genCA "a" 365\n',
        '{{ $a := genCA "a" 365\n',
    ],
)
def test_what_is_not_plain_stays(text: str) -> None:
    given = with_template(text)
    assert with_stand_ins(given) is given


def test_only_templates_are_looked_at() -> None:
    given = chart({"README.md": '{{ genCA "a" 365 }}', "files/a.tpl": '{{ genCA "a" 365 }}'})
    assert with_stand_ins(given) is given


@pytest.mark.parametrize(
    "call",
    [
        'genCA "web" "long"',
        'genCA "web" .Values.days',
        "genCA .Values.nothing 365",
        'genSignedCert "web" nil (list .Values.days) 365 nil',
        'genSelfSignedCert "web" nil (list "a" .Values.nothing) 365',
        '(genCA "web" 365).Certificate',
        'genCA "web" 365 }}{{ get $it "Cert"',
        'genCA "web" 365 }}{{ fail "no"',
        'genCA "web" 365 }}{{ $it.Crt',
        'genSignedCert "web" nil nil 365 .Values.days',
        'dict "Cert" "a" "Key" "b" }}{{ $own := genSignedCert "web" nil nil 365 $it',
    ],
)
def test_what_helm_refuses_is_told_in_its_own_words(engine: Embedded, call: str) -> None:
    given = with_template(f"a: b\nc: {{{{ $it := {call} }}}}\n")
    (expected,) = engine.render([Job(given)])
    assert isinstance(expected, Failure)
    found = [one for one in lint([given], engine=engine, settings=Settings()).findings if one.rule == "template-fails"]
    assert [(one.primary.line, one.primary.column) for one in found] == [(expected.line, expected.column)]
    assert [one.message.partition("<")[2] for one in found] == [expected.message.partition("<")[2]]


ONLY_REAL = """\
{{- $ca := genCA "web-ca" 365 }}
{{- $again := buildCustomCert (b64enc $ca.Cert) (b64enc $ca.Key) }}
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {length: {{ len $again.Cert | quote }}}
spec:
  containers: [{name: web, image: "nginx:latest"}]
"""


@pytest.mark.parametrize("number", [0, 1, 5])
def test_what_only_a_real_key_can_do_is_done_with_one(engine: Embedded, number: int) -> None:
    scenarios = {f"ci/{one}-values.yaml": f"days: {one}\n" for one in range(number)}
    policy = Policy(select=("template-fails", "floating-image-tag", "collides-with-second-release"))
    given = chart({"templates/a.yaml": ONLY_REAL, **scenarios})
    findings = lint([given], engine=engine, settings=Settings(policy=policy)).findings
    assert [(one.rule, one.primary.line) for one in findings] == [
        ("collides-with-second-release", 6),
        ("floating-image-tag", 9),
    ], told(findings)


def test_it_takes_no_longer_than_to_read_them(engine: Embedded) -> None:
    for text in ("genCA " * 100_000, "{{ genCA\n" * 100_000):
        given = with_template(text)
        assert with_stand_ins(given) is given
