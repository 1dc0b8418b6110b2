"""Dependencies are fetched on request, as Helm fetches them; ``file://`` ones without any network."""

from __future__ import annotations

from pathlib import Path

import pytest

from chartgen.__main__ import main
from chartgen.engine import once
from chartgen.engine.fetching import fetch
from chartgen.errors import CannotDo

from .engine_support import HELM, needs_helm, needs_library

PARENT = (
    "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n  - {name: child, version: %s, repository: '%s'}\n"
)

ENGINES = [pytest.param("embedded", marks=needs_library), pytest.param("helm", marks=needs_helm)]


@pytest.fixture(autouse=True)
def helm_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    if HELM:
        monkeypatch.setenv("PATH", str(Path(HELM).parent), prepend=":")


def parent(folder: Path, *, version: str = "^1.0.0", repository: str = "file://../child") -> Path:
    """A chart that depends on the one beside it."""
    for name, text in (("child", "apiVersion: v2\nname: child\nversion: 1.2.3\n"), ("parent", PARENT)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "Chart.yaml").write_text(text % (version, repository) if name == "parent" else text)
    return folder / "parent"


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_missing_is_fetched_and_locked(engine: str, tmp_path: Path) -> None:
    folder = parent(tmp_path)
    assert fetch(folder, engine=engine) == ("child",)
    assert files(folder) == ["Chart.lock", "Chart.yaml", "charts/child-1.2.3.tgz"]
    assert fetch(folder, engine=engine) == ()


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_locked_is_fetched_as_it_is_locked(engine: str, tmp_path: Path) -> None:
    folder = parent(tmp_path)
    fetch(folder, engine=engine)
    lock = (folder / "Chart.lock").read_bytes()
    (folder / "charts/child-1.2.3.tgz").unlink()
    assert fetch(folder, engine=engine) == ("child",)
    assert (folder / "Chart.lock").read_bytes() == lock
    assert files(folder) == ["Chart.lock", "Chart.yaml", "charts/child-1.2.3.tgz"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_lock_that_was_left_behind_is_made_anew(engine: str, tmp_path: Path) -> None:
    folder = parent(tmp_path)
    fetch(folder, engine=engine)
    lock = (folder / "Chart.lock").read_bytes()
    (folder / "charts/child-1.2.3.tgz").unlink()
    parent(tmp_path, version="~1.2.0")
    assert fetch(folder, engine=engine) == ("child",)
    assert (folder / "Chart.lock").read_bytes() != lock


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("repository", "message", "hint"),
    [
        ("file://../none", r"directory .*/none not found$", "correct 'repository' in Chart.yaml"),
        ("@unknown", "no repository definition for @unknown", "write the repository's address into Chart.yaml"),
        ("http://127.0.0.1:9/charts", "", "is the address right"),
        ("oci://127.0.0.1:9/charts", "connection refused", "is the address right"),
    ],
)
def test_what_cannot_be_had_says_why(engine: str, repository: str, message: str, hint: str, tmp_path: Path) -> None:
    folder = parent(tmp_path, repository=repository)
    with pytest.raises(CannotDo, match=f"^the dependencies of .* cannot be fetched: .*{message}") as caught:
        fetch(folder, engine=engine)
    assert caught.value.hint.startswith(hint)
    assert files(folder) == ["Chart.yaml"]


@needs_library
def test_lint_says_what_to_run_and_fetches_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = parent(tmp_path)
    assert main(["lint", str(folder)]) == 1
    assert f"help: run 'helm dependency update {folder}' before linting, or lint with --dependency-update" in (
        capsys.readouterr().out
    )
    assert files(folder) == ["Chart.yaml"]
    assert main(["lint", str(folder), "--dependency-update"]) == 0
    assert f"fetched child into {folder}/charts\n" in capsys.readouterr().err
    (folder / "charts/child-1.2.3.tgz").unlink()
    assert main(["lint", str(folder)]) == 1
    assert f"run 'helm dependency build {folder}'" in capsys.readouterr().out


@needs_library
def test_lint_ends_with_2_when_something_cannot_be_had(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = parent(tmp_path, repository="file://../none")
    assert main(["lint", str(folder), "--dependency-update"]) == 2
    assert capsys.readouterr().err.startswith(f"error: the dependencies of '{folder}' cannot be fetched: directory ")


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        ("response status code 401: Unauthorized", "log in"),
        ("unexpected status code 403", "log in"),
        ("denied: requested access to the resource is denied", "log in"),
        ("open web-1.0.0.tgz: permission denied", ""),
        ("manifest sha256:ab401cd40399 not found", ""),
        ("http: server gave HTTP response to HTTPS client", "it speaks HTTP"),
        ("dial tcp 127.0.0.1:5000: connect: connection refused", "is the address right"),
    ],
)
def test_what_a_registry_says_has_a_cure(error: str, hint: str) -> None:
    found = once.registry_hint(error)
    assert found.startswith(hint)
    assert bool(found) is bool(hint)
