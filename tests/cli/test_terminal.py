"""Streams, colour, files, interruptions and bugs: what every command has in common."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from chartgen import resources
from chartgen.cli.app import COMMANDS
from chartgen.cli.outcome import outcome
from chartgen.cli.terminal import Terminal
from tests.cli.runner import run

BAD_SPEC = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\nport: 99999\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "app.yaml").write_text(BAD_SPEC)


def test_colour_is_for_terminals() -> None:
    assert "\x1b[1;31merror\x1b[0m" in run(["validate", "app.yaml"], terminal=True).stdout
    assert "\x1b" not in run(["validate", "app.yaml"]).stdout


@pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
def test_the_environment_switches_colour_off(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "dumb")
    assert "\x1b" not in run(["validate", "app.yaml"], terminal=True).stdout


def test_an_empty_no_color_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b" in run(["validate", "app.yaml"], terminal=True).stdout


def test_the_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" in run(["validate", "app.yaml", "--color", "always"]).stdout
    assert "\x1b" not in run(["validate", "app.yaml", "--color=never"], terminal=True).stdout


def test_a_file_is_not_coloured_because_the_terminal_is(tmp_path: Path) -> None:
    got = run(["validate", "app.yaml", "-o", "out.txt"], terminal=True)
    assert (got.stdout, got.exit) == ("", 1)
    assert (tmp_path / "out.txt").read_text().startswith("error: port: 99999 is greater than 65535\n")


def test_quiet_keeps_the_result_and_drops_the_summary() -> None:
    loud, quiet = run(["validate", "app.yaml"]), run(["validate", "app.yaml", "-q"])
    assert (quiet.stdout, quiet.stderr, quiet.exit) == (loud.stdout, "", 1)
    assert loud.stderr == "\n1 error in 1 file\n"


def test_verbose_says_more_on_standard_error() -> None:
    got = run(["validate", "app.yaml", "--verbose"])
    assert got.stderr == "app.yaml: 1 error\n\n1 error in 1 file\n"


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "schema.json"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(target)
    assert run(["schema", "report", "-o", "link.json"]).exit == 0
    assert target.read_text() == resources.schema_text("report.v1")
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app.yaml", "link.json", "schema.json"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    assert run(["schema", "report", "-o", "/dev/null"]).exit == 0
    assert not Path("/dev/null").is_file()


def test_a_dash_is_standard_output() -> None:
    assert run(["schema", "report", "-o", "-"]).stdout == resources.schema_text("report.v1")


def test_a_bug_says_so_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "schema_text", lambda name: 1 // 0)
    got = run(["schema"])
    assert (got.stdout, got.exit) == ("", 2)
    assert got.stderr == (
        "error: this is a bug in chartgen (ZeroDivisionError: integer division or modulo by zero); "
        "run again with --debug and report it\n"
    )
    debug = run(["schema", "--debug"])
    assert (debug.stdout, debug.exit) == ("", 2)
    assert debug.stderr.startswith("Traceback (most recent call last):\n")
    assert debug.stderr.endswith("ZeroDivisionError: integer division or modulo by zero\n")


def test_an_interruption_is_told_and_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(name: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(resources, "schema_text", interrupt)
    got = run(["schema"])
    assert (got.stdout, got.stderr, got.exit) == ("", "error: interrupted\n", 2)


def process(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """A chartgen of its own. It listens to Ctrl-C, which jobs that a script starts with ``&`` do not."""
    command = [sys.executable, "-m", "chartgen", *arguments]
    options["preexec_fn"] = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def test_ctrl_c_ends_a_real_process_with_exit_code_2(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "spec")
    with process("validate", "spec", stdout=subprocess.PIPE) as waiting:
        writer = writing_end(tmp_path / "spec", waiting)
        try:
            # Again and again, as people press it: a signal between opening and reading only shows once there is data.
            for _ in range(100):
                if waiting.poll() is None:
                    waiting.send_signal(signal.SIGINT)
                    time.sleep(0.2)
            out, err = waiting.communicate(timeout=20)
        finally:
            waiting.kill()
            os.close(writer)
    assert (out, err, waiting.returncode) == (b"", b"error: interrupted\n", 2)


def writing_end(pipe: Path, reader: subprocess.Popen[bytes]) -> int:
    """Open a pipe for writing, which succeeds once the process reads from it."""
    while reader.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    raise AssertionError(f"the process ended with {reader.returncode}: {reader.communicate()}")


def test_a_reader_that_leaves_is_no_error() -> None:
    with process("schema", stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.close()
        assert writer.stderr is not None
        err = writer.stderr.read()
        assert (writer.wait(timeout=20), err) == (0, b"")


@pytest.mark.parametrize("where", ["closed pipe", "/dev/full"])
def test_notes_that_nobody_reads_change_nothing(where: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    if where == "/dev/full" and not Path(where).exists():
        pytest.skip("needs /dev/full")
    place = writer if where == "closed pipe" else os.open(where, os.O_WRONLY)
    for arguments, code in ((["validate", "app.yaml", "-v"], 1), (["validate", "none.yaml"], 2)):
        command = [sys.executable, "-m", "chartgen", *arguments]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=place, timeout=60)
        assert done.returncode == code
        assert done.stdout.startswith(b"error: port") == (code == 1)


def test_a_full_disk_is_an_error() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full, process("schema", stdout=full) as writer:
        _, err = writer.communicate(timeout=20)
    assert (writer.returncode, err) == (2, b"error: the result cannot be written: no space left on device\n")


def test_output_survives_an_ascii_terminal() -> None:
    Path("app.yaml").write_text("apiVersion: chartgen/v1\nname: caf\u00e9\nimage: a/b:1\n")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    with process("validate", "app.yaml", stdout=subprocess.PIPE, env=environment) as done:
        out, _ = done.communicate(timeout=20)
    assert b"caf\\xe9" in out
    assert done.returncode == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_one_line_and_an_example(command: str) -> None:
    got = run([command, "--help"])
    lines = got.stdout.splitlines()
    assert (got.stderr, got.exit) == ("", 0)
    assert lines[0].startswith(f"Usage: chartgen {command} ")
    assert lines[2].startswith("  ")
    assert lines[2].endswith(".")
    assert lines[3] == "", f"the help of {command} is longer than one line"
    example = lines[lines.index("  Example:") + 1].strip()
    assert example.startswith(f"chartgen {command} ")
    assert "Exit codes:" in got.stdout


def test_help_lists_every_command_and_the_exit_codes() -> None:
    got = run(["--help"])
    assert got.exit == 0
    for command in COMMANDS:
        assert f"\n  {command} " in got.stdout
    for code in ("  0  nothing", "  1  the input", "  2  chartgen could not"):
        assert code in got.stdout


def test_completion_knows_commands_and_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "floating-image-tag" in complete("chartgen explain floating", monkeypatch)
    assert "validate" in complete("chartgen val", monkeypatch)
    assert "--fail-on" in complete("chartgen lint --fail", monkeypatch)
    assert complete("chartgen lint --ignore privileged-con", monkeypatch) == ["privileged-container"]
    assert complete("chartgen lint --select images", monkeypatch) == ["images"]
    assert complete("chartgen lint -o sar", monkeypatch) == ["sarif="]
    assert complete("chartgen schema r", monkeypatch) == ["report"]


def complete(line: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What bash is offered for a line with the cursor at its end."""
    monkeypatch.setenv("_CHARTGEN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    return run([]).stdout.split()


def test_an_interrupt_while_a_class_is_made_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    def action() -> int:
        raise RuntimeError("Error calling __set_name__ on 'cached_property'") from KeyboardInterrupt()

    assert outcome(Terminal(), action) == 2
    assert capsys.readouterr().err == "error: interrupted\n"


def test_a_link_that_leads_nowhere_is_not_offered_as_its_own_correction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.yaml").symlink_to("gone.yaml")
    got = run(["validate", "link.yaml"])
    assert "error: 'link.yaml' is a link to 'gone.yaml', which does not exist\n" in got.stderr
    assert "did you mean" not in got.stderr
