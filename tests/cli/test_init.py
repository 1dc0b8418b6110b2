"""``chartgen init``: what it asks, and that what it writes is a spec of the best kind."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartgen.__main__ import main
from chartgen.resources import schema_text
from chartgen.spec.starter import NONE, SCHEMA, faults, guessed_name, starter, suggestions
from chartgen.spec.validate import problems
from tests.cli.runner import Run, Stream, run

SERVER = {"name": "shop", "image": "ghcr.io/acme/shop:1.4.2", "port": "8080", "health": "/healthz"}
WORKER = {"name": "mailer", "image": "ghcr.io/acme/mailer:2.0.0", "port": NONE, "health": NONE}
FLAGS = [part for key, value in SERVER.items() for part in (f"--{key}", value)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "Shop.App"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("NO_COLOR", "1")
    return place


def asked(arguments: list[str], answers: str) -> Run:
    """Run chartgen with somebody at the terminal who types this."""
    out, err = Stream(), Stream(terminal=True)
    with (
        mock.patch.object(sys, "stdin", Stream(answers.encode(), terminal=True)),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
    ):
        code = main(arguments)
    return Run(out.text, err.text, code)


def test_four_questions_with_answers_to_choose(folder: Path) -> None:
    got = asked(["init"], "\nghcr.io/acme/shop:1.4.2\n\n\n")
    assert (got.stdout, got.exit) == ("app.yaml\n", 0)
    assert got.stderr == (
        "name of the application [shop-app]: image, e.g. ghcr.io/acme/shop:1.4.2: "
        "port it listens on, or none [8080]: path that answers while it is well, or none [/healthz]: "
        "editors learn its keys from app-spec.v1.schema.json; next: chartgen generate app.yaml\n"
    )
    assert (folder / "app.yaml").read_text() == starter({**SERVER, "name": "shop-app"}, file="app.yaml")
    assert (folder / SCHEMA).read_text() == schema_text("app-spec.v1")


def test_a_wrong_answer_is_told_at_once_and_asked_again(folder: Path) -> None:
    got = asked(["init", "--name", "shop", "--image", "a/b:1"], "99999\n80 80\n9000\nup\n/up\n")
    assert got.exit == 0
    assert got.stderr.splitlines()[:6] == [
        "port it listens on, or none [8080]: error: port: 99999 is greater than 65535",
        "  help: choose a port between 1 and 65535",
        "port it listens on, or none [8080]: error: port: expected a whole number, found '80 80'",
        "  help: e.g. 8080",
        (
            "port it listens on, or none [8080]: path that answers while it is well, or none [/healthz]: "
            "error: health: 'up' is not a path: it begins with '/' and holds no spaces and no '#'"
        ),
        "  help: did you mean '/up'?",
    ]
    assert "\nport: 9000\nhealth: /up\n" in (folder / "app.yaml").read_text()


def test_an_application_without_a_port_is_not_asked_how_it_is(folder: Path) -> None:
    got = asked(["init", "--image", "a/b:1"], "mailer\nnone\n")
    assert got.exit == 0
    assert "well" not in got.stderr
    assert "port" not in (folder / "app.yaml").read_text()


def test_a_question_without_a_usual_answer_is_asked_until_it_has_one() -> None:
    got = asked(["init", *FLAGS[4:]], "shop\n\n  \nghcr.io/acme/shop:1.4.2\n")
    assert got.exit == 0
    assert got.stderr.count("image, e.g.") == 3


def test_the_end_of_input_is_no_answer(folder: Path) -> None:
    got = asked(["init"], "shop\n")
    assert (got.stdout, got.exit) == ("", 2)
    assert got.stderr.endswith(": \nerror: there is no answer for 'image'\n  help: give it as --image\n")
    assert list(folder.iterdir()) == []


def test_ctrl_c_at_a_question_writes_nothing(folder: Path) -> None:
    screen, keyboard = pty.openpty()
    command = [sys.executable, "-m", "chartgen", "init"]
    defaults = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stdin=keyboard, stderr=keyboard, preexec_fn=defaults) as process:
        try:
            shown = seen(screen, until=b"]: ")
            # Again and again, as people press it: one that comes just before the reading begins is noticed after it.
            for _ in range(100):
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)
                    time.sleep(0.2)
            code = process.poll()
        finally:
            process.kill()
    shown += seen(screen, until=b"interrupted")
    os.close(screen)
    os.close(keyboard)
    assert (code, shown.decode().replace("\r", "")) == (2, "name of the application [shop-app]: \nerror: interrupted\n")
    assert list(folder.iterdir()) == []


def seen(screen: int, *, until: bytes) -> bytes:
    """What a terminal shows, until it shows something, or nothing more for 20 s."""
    shown = b""
    while until not in shown and select.select([screen], [], [], 20)[0]:
        shown += os.read(screen, 1000)
    time.sleep(0.1)
    return shown + (os.read(screen, 1000) if select.select([screen], [], [], 0)[0] else b"")


def test_a_schema_that_is_there_stays(folder: Path) -> None:
    (folder / SCHEMA).write_text("mine")
    assert run(["init", *FLAGS]).exit == 0
    assert (folder / SCHEMA).read_text() == "mine"


@pytest.mark.parametrize("answers", [SERVER, WORKER, {**SERVER, "health": NONE}], ids=["server", "worker", "unchecked"])
def test_the_spec_and_all_it_proposes_are_valid(answers: dict[str, str]) -> None:
    text = starter(answers, file="app.yaml")
    found = problems(text.encode(), file="app.yaml")
    assert [problem.code for problem in found] == (
        ["no-health"] if answers["health"] == NONE != answers["port"] else []
    )
    for line in suggestions(answers):
        assert f"\n# {line}\n" in text
        text = text.replace(f"# {line}\n", f"{line}\n")
    assert [problem.message for problem in problems(text.encode(), file="app.yaml") if not problem.warning] == []


def test_the_chart_of_a_first_spec_is_without_fault() -> None:
    assert run(["init", *FLAGS]).exit == 0
    assert run(["validate", "app.yaml"]) == Run("", "no problems in 1 file\n", 0)
    assert run(["generate", "app.yaml", "-o", "chart", "-q"]) == Run("chart\n", "", 0)
    assert run(["lint", "chart", "--profile", "strict", "--fail-on", "info", "-q"]) == Run("", "", 0)


@given(st.dictionaries(st.sampled_from(sorted(SERVER)), st.text(max_size=20), min_size=1))
def test_no_answer_says_more_than_it_is_asked(answers: dict[str, str]) -> None:
    """Whatever is answered is either refused or the one value that was asked for."""
    from chartgen.yamlread import read

    if not any(faults(key, answers) for key in answers):
        said = read(starter({**SERVER, **answers}, file="app.yaml")).data
        assert set(said) <= {"apiVersion", "version", *SERVER}


@pytest.mark.parametrize(
    ("name", "guess"),
    [("shop", "shop"), ("My Shop_2", "my-shop-2"), ("2048-game", "game"), ("...", ""), ("yes", ""), ("", ""),
     ("a" * 60, "a" * 40)],
)  # fmt: skip
def test_the_name_that_is_guessed(name: str, guess: str) -> None:
    assert guessed_name(name) == guess


def test_a_strange_file_name_stays_out_of_the_text() -> None:
    assert "chartgen generate app.yaml\n" in starter(SERVER, file="x\nname: other")
