"""Every file in cases/ is one run of the command line: arguments and files in, output and exit code out.

Keys of a case:

- ``about`` (one sentence) and ``args``; optionally ``stdin``, ``files`` (path -> text; null makes a folder), ``first``
  (runs before it, which must succeed), ``edit`` (what then happens to files: path -> old text -> new text; null deletes
  the file) and ``env``;
- what is expected: ``exit`` (always), ``stdout`` and ``stderr`` (exactly; left out means empty) or ``stdout_has`` and
  ``stderr_has`` (lines among others), ``after`` (path -> text, null for "does not exist").

``pytest tests/cli --snapshot-update`` writes exit, stdout and stderr anew; read the diff before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from chartgen.yamlread import read
from tests.cli.runner import Run, run

CASES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))
KEYS = {
    "about",
    "args",
    "stdin",
    "files",
    "first",
    "edit",
    "env",
    "exit",
    "stdout",
    "stderr",
    "stdout_has",
    "stderr_has",
    "after",
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    case = read(text).data
    assert set(case) <= KEYS, f"unknown keys in {path.name}: {sorted(set(case) - KEYS)}"
    assert case["about"], f"{path.name} does not say what it is about"
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in case.get("env", {}).items():
        monkeypatch.setenv(name, value)
    for name, content in case.get("files", {}).items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            target.mkdir()
        else:
            target.write_text(content, encoding="utf-8", newline="")
    for arguments in case.get("first", []):
        before = run(arguments)
        assert before.exit == 0, f"{arguments}: {before.stderr}"
    for name, changed in case.get("edit", {}).items():
        if changed is None:
            (tmp_path / name).unlink()
            continue
        content = (tmp_path / name).read_text(encoding="utf-8")
        for old, new in changed.items():
            assert old in content, f"{name} does not hold {old!r}"
            content = content.replace(old, new, 1)
        (tmp_path / name).write_text(content, encoding="utf-8", newline="")

    got = run(case["args"], stdin=case.get("stdin", ""))

    if request.config.getoption("--snapshot-update"):
        path.write_text(updated(text, case, got), encoding="utf-8")
        case = read(path.read_text(encoding="utf-8")).data
    assert (got.stdout, got.stderr, got.exit) == (
        got.stdout if "stdout_has" in case else case.get("stdout", ""),
        got.stderr if "stderr_has" in case else case.get("stderr", ""),
        case["exit"],
    )
    assert [line for line in case.get("stdout_has", []) if line not in got.stdout.splitlines()] == []
    assert [line for line in case.get("stderr_has", []) if line not in got.stderr.splitlines()] == []
    for name, content in case.get("after", {}).items():
        target = tmp_path / name
        assert (target.read_text(encoding="utf-8") if target.is_file() else None) == content, name


def updated(text: str, case: dict[str, object], got: Run) -> str:
    """The case's text with what the run gave; what stands before ``exit:`` is kept as it is."""
    kept = text.partition("\nexit:")[0].rstrip("\n")
    result = f"{kept}\nexit: {got.exit}\n"
    for stream in ("stdout", "stderr"):
        if f"{stream}_has" not in case and (output := getattr(got, stream)):
            result += f"{stream}: |2\n" + "".join(f"  {line}\n" if line else "\n" for line in output.splitlines())
    return result


def test_there_are_cases_and_each_asserts_its_exit_code() -> None:
    assert len(CASES) > 30
    for path in CASES:
        assert read(path.read_text(encoding="utf-8")).data["exit"] in (0, 1, 2), f"{path.name} must say its exit code"
