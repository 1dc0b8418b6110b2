"""Charts that kill, hang or exhaust the engine end as failures of their own; the others of the run are rendered."""

from __future__ import annotations

import pytest

from chartgen.engine.api import Failure, Job
from chartgen.engine.embedded import Embedded

from .engine_support import chart, failed, job, needs_library, rendered

pytestmark = needs_library

MEMORY = 2200 << 20
"""Bytes: little above what Go takes for itself, so that the greedy die soon."""

CYCLE = '{{ $d := dict }}{{ $_ := set $d "me" $d }}'

DEADLY = {
    "a-value-that-contains-itself-printed": CYCLE + "{{ $d }}",
    "a-value-that-contains-itself-as-toml": CYCLE + "{{ toToml $d }}",
    "a-value-that-contains-itself-copied": CYCLE + "{{ deepCopy $d }}",
    "a-value-that-contains-itself-merged": CYCLE + "{{ mergeOverwrite $d $d }}",
    "tpl-that-calls-itself": '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t "Template" .Template) }}',
    "text-repeated-two-thousand-million-times": '{{ repeat 2000000000 "xxxxxxxxxx" }}',
    "indented-by-twenty-thousand-million": '{{ indent 20000000000 "x" }}',
    "two-thousand-million-random-characters": "{{ randAlphaNum 2000000000 }}",
    "a-sequence-of-a-thousand-million": "{{ seq 1 1000000000 }}",
    "a-list-of-ten-thousand-million": "{{ until 10000000000 }}",
    "loops-in-loops": "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}",
    "a-loop-of-nine-thousand-million": "{{ range $i := 9000000000 }}{{ end }}",
    "output-without-end": "{{ range until 100000000 }}0123456789abcdef0123456789abcdef\n{{ end }}",
}


@pytest.mark.parametrize("template", DEADLY.values(), ids=DEADLY)
def test_a_deadly_chart_is_a_failure_and_the_others_are_rendered(template: str) -> None:
    with Embedded(jobs=2, time_limit=4, memory=MEMORY) as engine:
        before, deadly, after = engine.render([job("before"), job(template), job("after")])
    assert rendered(before).files == {"templates/x.yaml": "before"}
    assert rendered(after).files == {"templates/x.yaml": "after"}
    assert failed(deadly).kind in ("timeout", "memory", "crash")
    assert len(failed(deadly).message) < 120


def test_a_hanging_chart_says_how_long_was_waited() -> None:
    with Embedded(jobs=1, time_limit=1.5) as engine:
        answer, after = engine.render([job(DEADLY["a-value-that-contains-itself-copied"]), job("after")])
    assert answer == Failure("timeout", "it takes longer than 1.5 s")
    assert rendered(after).files == {"templates/x.yaml": "after"}


def test_a_greedy_chart_says_how_much_was_allowed() -> None:
    with Embedded(jobs=1, time_limit=30) as engine:
        (answer,) = engine.render([job(DEADLY["text-repeated-two-thousand-million-times"])])
    assert answer == Failure("memory", "it needs more than 3 GiB of memory")


def test_endless_recursion_is_told_as_such() -> None:
    with Embedded(jobs=1, time_limit=60) as engine:
        (answer,) = engine.render([job(DEADLY["a-value-that-contains-itself-printed"])])
    assert answer == Failure(
        "crash", "Helm's engine crashed: a template calls itself without end, or prints a value that contains itself"
    )


def test_an_answer_is_read_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chartgen.engine.process.LARGEST_ANSWER", 1 << 20)
    with Embedded(jobs=1) as engine:
        answer, after = engine.render([job('{{ repeat 3000000 "x" }}'), job("after")])
    assert answer == Failure("memory", "it renders to more than 64 MiB")
    assert rendered(after).files == {"templates/x.yaml": "after"}


def test_a_chart_that_floods_the_log_is_rendered_all_the_same() -> None:
    defaults = "".join(f"k{number}: 1\n" for number in range(20_000))
    given = chart("done", **{"values.yaml": defaults})
    with Embedded(jobs=1) as engine:
        (answer,) = engine.render([Job(given, {f"k{number}": {"x": 1} for number in range(20_000)})])
    assert rendered(answer).files == {"templates/x.yaml": "done"}
    assert "Not a table" in rendered(answer).log
    assert len(rendered(answer).log) < 200_000


def test_many_deaths_in_a_run() -> None:
    jobs = [job('{{ repeat 2000000000 "xxxxxxxxxx" }}' if number % 4 == 1 else str(number)) for number in range(12)]
    with Embedded(jobs=2, time_limit=10, memory=MEMORY) as engine:
        answers = list(engine.render(jobs))
    assert [number for number, answer in enumerate(answers) if isinstance(answer, Failure)] == [1, 5, 9]
