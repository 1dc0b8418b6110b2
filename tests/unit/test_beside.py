"""What files a spec may read: those that belong to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chartgen.errors import InvalidInput
from chartgen.spec.beside import LARGEST, Refused, beside, nowhere
from chartgen.spec.load import load_spec
from chartgen.spec.validate import problems

HEAD = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\nargs: [work]\n"
SPEC = HEAD + "files:\n  /etc/shop/a: {from: %s}\n"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A spec in ``repo/app``, with a secret outside of ``repo``."""
    (tmp_path / "secret").write_text("outside")
    folder = tmp_path / "repo" / "app"
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "a.yaml").write_bytes(b"a: 1\r\n\xff")
    (folder.parent / "shared.yaml").write_text("shared")
    return folder / "app.yaml"


def refusal(spec: Path, name: str) -> str:
    with pytest.raises(Refused) as caught:
        beside(spec)(name)
    return caught.value.message


def test_bytes_are_read_as_they_are(spec: Path) -> None:
    assert beside(spec)("config/a.yaml") == b"a: 1\r\n\xff"


def test_nothing_is_read_outside_of_the_folder(spec: Path) -> None:
    assert refusal(spec, "../shared.yaml") == "'../shared.yaml' leads out of the folder of the spec"


def test_the_whole_repository_belongs_to_the_spec_and_its_history_does_not(spec: Path) -> None:
    git = spec.parent.parent / ".git"
    git.mkdir()
    (git / "config").write_text("token")
    assert beside(spec)("../shared.yaml") == b"shared"
    assert refusal(spec, "../../secret") == "'../../secret' leads out of the repository of the spec"
    assert refusal(spec, "../.git/config") == "'../.git/config' belongs to git, not to the application"


def test_links_are_followed_inside_only(spec: Path) -> None:
    (spec.parent / "inside").symlink_to("config/a.yaml")
    (spec.parent / "outside").symlink_to("../../secret")
    (spec.parent / "folder").symlink_to("../..")
    (spec.parent / "loop").symlink_to("loop")
    assert beside(spec)("inside") == b"a: 1\r\n\xff"
    assert refusal(spec, "outside") == "'outside' leads out of the folder of the spec"
    assert refusal(spec, "folder/secret") == "'folder/secret' leads out of the folder of the spec"
    assert "'loop'" in refusal(spec, "loop")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "there is no file 'missing'"),
        ("config", "'config' is a folder"),
        ("a\0b", "'a\\x00b' leads nowhere"),
    ],
)
def test_what_is_no_file_is_refused(spec: Path, name: str, message: str) -> None:
    assert refusal(spec, name) == message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_refused_without_waiting_for_a_writer(spec: Path) -> None:
    os.mkfifo(spec.parent / "pipe")
    assert refusal(spec, "pipe") == "'pipe' is not a regular file"


def test_a_file_larger_than_a_configmap_is_refused(spec: Path) -> None:
    (spec.parent / "exact").write_bytes(b"x" * LARGEST)
    (spec.parent / "large").write_bytes(b"x" * (LARGEST + 1))
    assert len(beside(spec)("exact")) == LARGEST
    assert refusal(spec, "large") == "'large' is larger than the 1,048,576 bytes a ConfigMap can hold"


def test_files_are_found_from_the_spec_and_not_from_the_working_directory(
    spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec.write_text(SPEC % "config/a.yaml")
    monkeypatch.chdir(spec.parent.parent)
    assert load_spec("app/app.yaml").workloads[0].files[0].data == b"a: 1\r\n\xff"
    assert load_spec(spec).workloads[0].files[0].path == "/etc/shop/a"


def test_a_missing_file_is_a_problem_of_the_spec(spec: Path) -> None:
    spec.write_text(SPEC % "config/b.yaml")
    with pytest.raises(InvalidInput) as caught:
        load_spec(spec)
    (problem,) = caught.value.problems
    assert problem.message == "files./etc/shop/a.from: there is no file 'config/b.yaml'"
    assert (problem.location.line, problem.location.column) == (6, 23)


def test_a_spec_without_a_folder_has_no_files() -> None:
    (problem,) = problems((SPEC % "a.yaml").encode(), file="-", read=nowhere)
    assert (
        problem.message
        == "files./etc/shop/a.from: 'a.yaml' lies beside the spec, and this one comes from standard input"
    )


def test_all_files_together_must_fit_into_one_configmap() -> None:
    text = SPEC.replace("{from: %s}", "{from: a}\n  /etc/shop/b: {from: b}")
    contents = {"a": b"x" * 600_000, "b": b"y" * 500_000}
    (problem,) = problems(text.encode(), file="app.yaml", read=contents.__getitem__)
    assert problem.message == "files./etc/shop/a: the files have 1,100,000 bytes in all; a ConfigMap can hold 1,048,576"


def test_a_byte_order_mark_is_warned_of_since_helm_drops_it() -> None:
    (problem,) = problems((SPEC % "a").encode(), file="app.yaml", read=lambda name: b"\xef\xbb\xbfx")
    assert problem.warning
    assert problem.message == "files./etc/shop/a: begins with a byte order mark, which Helm takes away"
