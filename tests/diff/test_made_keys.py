"""Key pairs that templates make: compared as what they are, something new each time, without making them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from chartgen.diff.run import diff
from chartgen.engine.api import Engine, Job
from tests.diff.test_switches import chart, compared, told

SECRET = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ndata:\n"
MADE = (
    '{{- $ca := genCA "web-ca" 365 }}\n{{- $it := genSignedCert "web" nil nil 365 $ca }}\n'
    f"{SECRET}  ca.crt: {{{{ $ca.Cert | b64enc }}}}\n  tls.key: {{{{ $it.Key | b64enc }}}}\n"
)
STANDING = f"{SECRET}  ca.crt: YQ==\n  tls.key: YQ==\n"


class Listening:
    """An engine that notes the templates it is asked to render."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name, self.identity = engine.name, engine.identity
        self.texts: list[str] = []

    def render(self, jobs: Iterable[Job]) -> Any:
        return self.engine.render(self._noted(jobs))

    def lint(self, jobs: Iterable[Job]) -> Any:
        return self.engine.lint(jobs)

    def _noted(self, jobs: Iterable[Job]) -> Iterator[Job]:
        for job in jobs:
            self.texts.append(job.chart.text("templates/a.yaml") or "")
            yield job

    def __enter__(self) -> Listening:
        return self

    def __exit__(self, *_: object) -> None: ...


def test_a_key_that_is_made_now_is_new_at_each_rendering(engine: Engine) -> None:
    found = compared(engine, {"templates/a.yaml": STANDING}, {"templates/a.yaml": MADE})
    assert told(found, "secret-regenerated") == [("Secret/web", ("default",))]


def test_one_that_was_made_before_is_no_event(engine: Engine) -> None:
    found = compared(engine, {"templates/a.yaml": MADE}, {"templates/a.yaml": MADE.replace("365", "730")})
    assert [one.judgement for one in found.judged] == ["package-changed"]


def test_no_key_is_made(engine: Engine) -> None:
    listening = Listening(engine)
    old, new = chart({"templates/a.yaml": MADE}), chart({"templates/a.yaml": MADE + "# more\n"}, "1.1.0")
    diff(old, new, engine=listening)
    assert listening.texts
    assert not any("genCA" in text for text in listening.texts)


@pytest.mark.parametrize(
    "text", ["{{- $it := buildCustomCert (b64enc $ca.Cert) (b64enc $ca.Key) }}", '{{- $it := genCA "web" "long" }}']
)
def test_where_only_a_real_one_will_do_it_is_made(engine: Engine, text: str) -> None:
    old = {"templates/a.yaml": f'{{{{- $ca := genCA "web-ca" 365 }}}}\n{text}\n{SECRET}  a: {{{{ b64enc $it.Key }}}}\n'}
    found = compared(engine, old, {**old, "values.yaml": "a: 1\n"})
    fails = "long" in text
    assert bool(found.unjudged) is fails
    assert all("chartgen" not in one for one in found.unjudged)


def test_one_that_is_made_is_new_at_each_rendering_too(engine: Engine) -> None:
    made = (
        '{{- $ca := genCA "web-ca" 365 }}\n{{- $it := buildCustomCert (b64enc $ca.Cert) (b64enc $ca.Key) }}\n'
        f"{SECRET}  tls.key: {{{{ b64enc $it.Key }}}}\n"
    )
    found = compared(engine, {"templates/a.yaml": made}, {"templates/a.yaml": made, "values.yaml": "a: 1\n"})
    assert [one.judgement for one in found.judged] == ["package-changed"]
