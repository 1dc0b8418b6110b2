"""Worker processes: started early, replaced when they die, and gone when their engine is."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chartgen.engine import spawn
from chartgen.engine.api import Failure, Job, Rendered
from chartgen.engine.embedded import Embedded
from chartgen.engine.pool import Pool, Request
from chartgen.engine.process import Reply
from chartgen.errors import EngineError

from .engine_support import chart, job, needs_library, rendered

pytestmark = needs_library

ROOT = Path(__file__).parent.parent.parent
HANGING = '{{ $d := dict }}{{ $_ := set $d "me" $d }}{{ deepCopy $d }}'


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def children() -> set[int]:
    """The worker processes that are children of this one."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            command = status.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and b"import worker" in command and fields[0] != "Z":
            found.add(int(status.parent.name))
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")


@needs_proc
def test_leaving_an_engine_ends_its_workers() -> None:
    before = children()
    with Embedded(jobs=2) as engine:
        list(engine.render([job("a: 1")]))
        mine = children() - before
        assert mine
    assert not any(alive(pid) for pid in mine)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a pipe holds less")
def test_a_worker_renders_while_nobody_waits_for_it() -> None:
    large = Job(chart("a: 1", README__md=b"x" * 500_000))
    with Embedded(jobs=1) as engine:
        list(engine.render([job("a: 1")]))
        (worker,) = engine._pool._workers
        answers = engine.render([large, large])
        for answer in answers:
            assert isinstance(answer, Rendered)
            if worker.busy:
                assert select.select([worker._process.answers], [], [], 20)[0], "it waits for its request"


@needs_proc
def test_a_worker_killed_from_outside_is_replaced() -> None:
    before = children()
    with Embedded(jobs=1) as engine:
        list(engine.render([job("a: 1")]))
        (pid,) = children() - before
        os.kill(pid, signal.SIGKILL)
        first, second = engine.render([job("a: 1"), job("b: 1")])
    assert first == Failure("memory", "it needs more than 3 GiB of memory")
    assert rendered(second).files == {"templates/x.yaml": "b: 1"}


@needs_proc
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_hanging_worker_does_not_outlive_chartgen(tmp_path: Path) -> None:
    program = tmp_path / "hang.py"
    program.write_text(
        "from tests.unit.engine_support import job\n"
        "from chartgen.engine.embedded import Embedded\n"
        "engine = Embedded(jobs=1, time_limit=600)\n"
        "list(engine.render([job('a: 1')]))\n"
        "print(engine._pool._workers[0]._process.pid, flush=True)\n"
        f"list(engine.render([job({HANGING!r})]))\n"
    )
    command, environment = [sys.executable, program], {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        assert alive(worker)
        parent.kill()
    for _ in range(100):
        if not alive(worker) or Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("the worker outlived its parent by ten seconds")


def test_starting_early_needs_next_to_nothing_and_serves_the_first_engine(tmp_path: Path) -> None:
    program = tmp_path / "early.py"
    program.write_text(
        "import sys\n"
        "before = set(sys.modules)\n"
        "from chartgen.engine.spawn import prestart\n"
        "prestart()\n"
        "heavy = {'json', 'dataclasses', 'typing', 're', 'subprocess', 'ctypes', 'logging', 'pathlib'}\n"
        "print(sorted(heavy & (set(sys.modules) - before)))\n"
        "from chartgen.engine import spawn\n"
        "pid = spawn._early.pid\n"
        "from tests.unit.engine_support import job\n"
        "from chartgen.engine.embedded import Embedded\n"
        "with Embedded(jobs=1) as engine:\n"
        "    print(next(engine.render([job('a: 1')])).files['templates/x.yaml'])\n"
        "    print(engine._pool._workers[0]._process.pid == pid)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; exec(open({str(program)!r}).read())"],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert ended.stderr == ""
    assert ended.stdout == "[]\na: 1\nTrue\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "Helm's library could not be loaded: .*no such file or directory"),
        (b"no library", "Helm's library could not be loaded: .*(file too short|invalid ELF|not a mach-o)"),
    ],
    ids=["missing", "broken"],
)
def test_a_library_that_cannot_be_loaded_is_the_engine_s_error(
    content: bytes | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "libhelm_c.so"
    if content is not None:
        path.write_bytes(content)
    pool = Pool(str(path), size=1)
    with pytest.raises(EngineError, match=f"(?i){message}") as caught:
        list(pool.run([Request((b"parse", b"a=1"), 5)]))
    assert "--engine helm" in caught.value.hint
    pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the limit")
def test_a_library_without_room_to_load_is_the_engine_s_error() -> None:
    pool = Pool(str(spawn.library()), size=1, memory=64 << 20)
    with pytest.raises(EngineError, match=r"^(Helm's library could not be loaded|the process that loads Helm ended)"):
        list(pool.run([Request((b"parse", b"a=1"), 5)]))
    pool.close()


def test_requests_are_taken_only_when_there_is_a_worker_for_them() -> None:
    taken: list[int] = []

    def requests() -> object:
        for number in range(20):
            taken.append(number)
            yield Request((b"parse", b"a=%d" % number), 5)

    pool = Pool(str(spawn.library()), size=1)
    answers = pool.run(requests())  # type: ignore[arg-type]
    first = next(answers)
    assert isinstance(first, Reply)
    assert first.fields == (b"0", b'{"a":0}')
    assert len(taken) < 5
    answers.close()  # type: ignore[attr-defined]
    pool.close()


def test_a_request_of_many_megabytes_and_an_answer_as_large() -> None:
    text = "x" * (4 << 20)
    pool = Pool(str(spawn.library()), size=2)
    for answer in pool.run([Request((b"parse", f"a={text}".encode()), 30)] * 3):
        assert isinstance(answer, Reply)
        assert answer.fields == (b"0", f'{{"a":"{text}"}}'.encode())
    pool.close()


def test_two_runs_share_the_workers_and_one_given_up_disturbs_none() -> None:
    def requests(name: str) -> list[Request]:
        return [Request((b"parse", f"{name}={number}".encode()), 5) for number in range(6)]

    pool = Pool(str(spawn.library()), size=2)
    first, second = pool.run(requests("a")), pool.run(requests("b"))
    turns = [next(first), next(second), next(second)]
    given_up = pool.run(requests("c"))
    next(given_up)
    given_up.close()  # type: ignore[attr-defined]

    told = [answer.fields[1].decode() for answer in [*turns, *first, *second] if isinstance(answer, Reply)]
    order = [("a", 0), ("b", 0), ("b", 1), *(("a", n) for n in range(1, 6)), *(("b", n) for n in range(2, 6))]
    assert told == [f'{{"{name}":{number}}}' for name, number in order]
    pool.close()
