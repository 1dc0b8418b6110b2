"""A chart is generated anew into a folder: all of it or nothing, and never beyond the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from chartgen.errors import CannotDo, EngineError
from chartgen.regenerate.base import PATH, of_files, written
from chartgen.regenerate.folder import look, write
from chartgen.regenerate.plan import State, plan
from tests.cli.runner import Run, run
from tests.unit.test_since import git

SPEC = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\nport: 8080\nhealth: /healthz\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A chart in a folder, made by the app.yaml beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.yaml").write_text(SPEC)
    assert generate().exit == 0
    return tmp_path / "shop"


def generate(*options: str, folder: str = "shop", spec: str = "app.yaml") -> Run:
    return run(["generate", spec, "-o", folder, *options])


def respec(shop: Path, old: str, new: str) -> None:
    place = shop.parent / "app.yaml"
    text = place.read_text()
    assert old in text
    place.write_text(text.replace(old, new))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def tree(folder: Path) -> dict[str, bytes | str]:
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def fresh(shop: Path) -> dict[str, bytes | str]:
    """What the spec makes as it is now."""
    other = shop.parent / "fresh"
    assert generate(folder="fresh").exit == 0
    found = tree(other)
    shutil.rmtree(other)
    return found


def test_without_edits_the_folder_is_what_a_new_one_would_be(shop: Path) -> None:
    respec(shop, "port: 8080\nhealth: /healthz\n", "schedule: 0 3 * * *\n")
    got = generate()
    assert (got.exit, got.stdout) == (0, "shop\n")
    assert tree(shop) == fresh(shop)
    assert not (shop / "templates/tests").exists()


def test_modes_and_what_is_somebodys_own_stay(shop: Path) -> None:
    (shop / "values.yaml").chmod(0o640)
    (shop / "notes").mkdir()
    (shop / "notes/mine.txt").write_text("mine")
    (shop / "link").symlink_to("nowhere")
    respec(shop, "8080", "9090")
    assert generate().exit == 0
    assert (shop / "values.yaml").stat().st_mode & 0o777 == 0o640
    assert (shop / "notes/mine.txt").read_text() == "mine"
    assert (shop / "link").is_symlink()
    assert sorted(path.name for path in shop.parent.iterdir()) == ["app.yaml", "shop"]


def test_whoever_stands_in_the_folder_sees_files_come_and_go(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    respec(shop, "port: 8080\nhealth: /healthz\n", "schedule: 0 3 * * *\n")
    assert generate(folder=".", spec="../app.yaml").exit == 0
    assert not Path("templates/service.yaml").exists()
    assert Path("templates/cronjob.yaml").exists()
    monkeypatch.chdir(shop.parent)
    assert tree(shop) == fresh(shop)


def test_what_is_refused_leaves_every_byte(shop: Path) -> None:
    edit(shop / "values.yaml", "http: 8080", "http: 7070")
    (shop / "templates/pdb.yaml").unlink()
    respec(shop, "8080", "9090")
    before = tree(shop.parent)
    for options in ((), ("--check",), ("--dry-run",), ("--diff",), ("--check", "--force")):
        got = generate(*options)
        assert got.exit == (2 if not options else 1 if "--check" in options else 0), got
        assert tree(shop.parent) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("inside", [False, True])
def test_what_goes_wrong_half_way_leaves_every_byte(
    shop: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, inside: bool
) -> None:
    respec(shop, "port: 8080\nhealth: /healthz\n", "schedule: 0 3 * * *\n")
    edit(shop / "values.yaml", "# Default", "# Our default")
    before = tree(shop)
    if inside:
        monkeypatch.chdir(shop)
    replace, rename, calls = Path.replace, Path.rename, []

    def failing(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 4:
            raise error
        return replace(path, target)

    def refused(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    monkeypatch.setattr(Path, "rename", refused)
    got = generate(folder="." if inside else "shop", spec="../app.yaml" if inside else "app.yaml")
    assert got.exit == 2
    assert tree(shop) == before
    assert sorted(path.name for path in shop.parent.iterdir()) == ["app.yaml", "shop"]


def test_a_file_that_changes_meanwhile_is_not_overwritten(shop: Path) -> None:
    made = plan({"values.yaml": b"new\n"}, look(shop, ["values.yaml"]))
    (shop / "values.yaml").write_text("saved just now\n")
    before = tree(shop)
    with pytest.raises(CannotDo, match=r"values.yaml' has changed meanwhile$"):
        write(made, shop)
    assert tree(shop) == before


def test_nothing_is_written_or_removed_through_a_link(shop: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (shop / "templates").rename(elsewhere)
    (shop / "templates").symlink_to(elsewhere)
    before = tree(tmp_path)
    respec(shop, "port: 8080\nhealth: /healthz\n", "schedule: 0 3 * * *\n")
    got = generate()
    assert got.exit == 2
    assert got.stderr.endswith(
        "error: 'shop/templates' is a link, which is not written through\n  help: put a folder in its place\n"
    )
    (tmp_path / "app.yaml").write_text(SPEC)
    assert tree(tmp_path) == before


def test_a_link_that_holds_what_was_generated_is_replaced_and_its_target_stays(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_bytes((shop / "values.yaml").read_bytes())
    (shop / "values.yaml").unlink()
    (shop / "values.yaml").symlink_to("../shared.yaml")
    respec(shop, "8080", "9090")
    assert generate().exit == 0
    assert not (shop / "values.yaml").is_symlink()
    assert "8080" in (tmp_path / "shared.yaml").read_text()


def test_a_folder_in_the_way_is_said(shop: Path) -> None:
    (shop / "values.yaml").unlink()
    (shop / "values.yaml").mkdir()
    respec(shop, "8080", "9090")
    assert generate().exit == 0, "it counts as deleted"
    got = generate("--force")
    assert (got.exit, got.stderr.splitlines()[-1]) == (
        2, "error: 'shop/values.yaml' cannot be written: there is a folder where a file is due",
    )  # fmt: skip


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_said(shop: Path) -> None:
    (shop / "values.yaml").chmod(0)
    assert "values.yaml' cannot be read: permission denied" in generate().stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("place", [".", ".chartgen", ".chartgen/base.json"])
def test_a_folder_that_may_not_be_looked_into_is_said(shop: Path, place: str) -> None:
    (shop / place).chmod(0)
    for options in ((), ("--force",), ("--check",)):
        assert generate(*options).stderr.endswith(" cannot be read: permission denied\n")
    (shop / place).chmod(0o755)


def test_a_name_that_is_too_long_is_said(shop: Path) -> None:
    got = generate(folder="x" * 300)
    assert (got.exit, got.stderr) == (2, f"error: '{'x' * 300}' cannot be read: file name too long\n")


def test_a_check_names_the_command_that_was_checked(shop: Path) -> None:
    edit(shop / "values.yaml", "http: 8080", "http: 7070")
    respec(shop, "8080", "9090")
    assert generate("--check", "--conflicts", "mine").stderr.splitlines()[-1] == (
        "run: chartgen generate app.yaml -o shop --conflicts mine"
    )
    assert generate("--check", "--force").stderr.splitlines()[-1] == "run: chartgen generate app.yaml -o shop --force"


def test_the_name_of_a_file_moves_no_cursor(shop: Path) -> None:
    (shop / "a\n\x1b[31m").write_text("mine")
    assert "kept       shop/a\\n\\x1b[31m\n" in generate("--dry-run").stdout


def test_a_chart_that_is_gone_but_for_its_record_is_written_anew(shop: Path) -> None:
    wanted = tree(shop)
    for path in [path for path in shop.rglob("*") if path.is_file() and ".chartgen" not in path.parts]:
        path.unlink()
    assert generate().stderr == "wrote 24 files\n"
    assert tree(shop) == wanted


def test_force_is_refused_by_nothing_that_does_not_render(shop: Path) -> None:
    (shop / "templates/mine.yaml").write_text('{{ include "shop.selectorLabels" . }}\n')
    respec(shop, "port: 8080\nhealth: /healthz\n", "workloads: {web: {args: [a]}, api: {args: [b]}}\n")
    before = tree(shop)
    assert generate().exit == 2
    assert tree(shop) == before
    assert generate("--force").exit == 0
    assert (shop / "templates/api-deployment.yaml").is_file()


def test_where_there_is_no_helm_a_note_says_that_it_was_not_tried(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chartgen.engine import choose

    def none(name: str = "auto", **_: object) -> None:
        raise EngineError("Helm is not installed")

    monkeypatch.setattr(choose, "open_engine", none)
    edit(shop / "values.yaml", "replicaCount: 2", "replicaCount: 5")
    respec(shop, "8080", "9090")
    got = generate()
    assert got.exit == 0
    assert got.stderr.startswith("whether the chart renders with your edits was not tried: Helm is not installed\n")


def test_a_record_never_leads_to_a_file_that_is_not_the_charts(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x\n")
    (shop / "own.txt").write_text("x\n")
    (shop / PATH).write_bytes(written(of_files({"own.txt": b"y\n"})))
    made = plan({}, look(shop, []))
    assert made.of(State.REMOVED) == ()
    assert [step.path for step in made.of(State.LEFT)] == ["own.txt"]


def test_a_chart_of_before_is_recorded_when_it_is_what_the_spec_makes(shop: Path) -> None:
    shutil.rmtree(shop / ".chartgen")
    assert generate("--check").exit == 1
    got = generate()
    assert got.stderr == (
        "24 files unchanged\nwhat is generated is now recorded in 'shop/.chartgen': commit it, and your edits stay\n"
    )
    edit(shop / "values.yaml", "replicaCount: 2", "replicaCount: 5")
    respec(shop, "8080", "9090")
    assert generate().exit == 0
    assert "replicaCount: 5" in (shop / "values.yaml").read_text()


def branches(shop: Path, *, is_clean: bool) -> None:
    """Two branches, one with another port and an edit, the other with what ``other`` changes; then their merge."""
    root = shop.parent
    git(root, "init", "-q", "-b", "main", ".")
    for name in ("user.name", "user.email"):
        git(root, "config", name, "a")
    commit(root)
    git(root, "checkout", "-q", "-b", "other")
    respec(shop, "8080", "9090")
    assert generate().exit == 0
    commit(root)
    git(root, "checkout", "-q", "main")
    edit(shop / "templates/deployment.yaml", "  template:\n", "  # ours\n  template:\n")
    if not is_clean:
        respec(shop, "image:", "replicas: 4\nimage:")
        assert generate().exit == 0
    commit(root)
    merged = subprocess.run(["git", "merge", "-q", "--no-edit", "other"], cwd=root, check=False, capture_output=True)
    assert (merged.returncode == 0) == is_clean, merged


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")


def test_a_branch_that_generated_is_merged_into_one_with_edits(shop: Path) -> None:
    branches(shop, is_clean=True)
    assert generate("--check").exit == 0
    assert "  # ours\n" in (shop / "templates/deployment.yaml").read_text()


@pytest.mark.parametrize("record", ["ours", "theirs"])
@pytest.mark.parametrize("chart", ["ours", "theirs"])
def test_branches_that_both_generated_may_take_either_record(shop: Path, record: str, chart: str) -> None:
    branches(shop, is_clean=False)
    root = shop.parent
    assert "holds a conflict of git" in generate().stderr
    git(root, "checkout", f"--{record}", "--", "shop/.chartgen/base.json")
    assert "error: here is a conflict of git that nobody has resolved" in generate().stderr
    git(root, "checkout", f"--{chart}", "--", "shop/Chart.yaml")
    left = subprocess.run(["git", "grep", "-l", "^<<<<<<<"], cwd=root, check=False, capture_output=True).stdout
    assert left == b""
    assert generate().exit == 0
    wanted = fresh(shop)
    deployment = wanted["templates/deployment.yaml"]
    assert isinstance(deployment, bytes)
    wanted["templates/deployment.yaml"] = deployment.replace(b"  template:\n", b"  # ours\n  template:\n", 1)
    assert tree(shop) == wanted


def test_what_reads_charts_does_not_see_the_record(shop: Path) -> None:
    from chartgen.chart.read import find_charts, read_chart

    assert [path for path in read_chart(shop).files if ".chartgen" in path] == []
    assert find_charts([shop.parent]) == [shop]
    assert run(["lint", "shop", "--profile", "strict", "--fail-on", "info"]).exit == 0
    assert run(["package", "shop", "-d", "dist"]).exit == 0
    packed = read_chart(shop.parent / "dist/shop-0.1.0.tgz")
    assert [path for path in packed.files if ".chartgen" in path] == []
