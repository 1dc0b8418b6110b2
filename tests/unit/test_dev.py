"""What ``python -m chartgen.dev`` finds stale, writes, and refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chartgen.dev import __main__ as dev
from chartgen.dev import new_rule, readme
from chartgen.dev.regen import stale, write
from chartgen.errors import CannotDo
from chartgen.rules.base import Rule

SPEC = "apiVersion: chartgen/v1\nname: shop\nimage: ghcr.io/acme/shop:1.4.2\n"
README = "# x\n<!-- generated: file examples/shop.yaml -->\nold\n<!-- end -->\nrest\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples/shop.yaml").write_text(SPEC)
    (tmp_path / "schemas").mkdir()
    shutil.copy(Path(dev.__file__).parents[2] / "schemas/app-spec.v1.schema.json", tmp_path / "schemas")
    (tmp_path / "README.md").write_text(README)
    (tmp_path / "CONTRIBUTING.md").write_text("nothing generated\n")
    return tmp_path


def test_what_is_missing_stale_or_left_over_is_said_and_mended(root: Path) -> None:
    first = stale(root)
    sentences = [item.sentence for item in first]
    assert sentences[0] == "chartgen/rules/index.py is not what the rules say of themselves"
    assert sentences[1] == "charts-output/shop/.helmignore is missing; it is generated from examples/shop.yaml"
    assert "docs/rules/images/floating-image-tag.md is not what the rules say of themselves" in sentences
    assert first[-1].sentence == "README.md shows old 'file examples/shop.yaml'"
    write(root, first)
    assert stale(root) == ()
    assert (root / "README.md").read_text() == (
        f"# x\n<!-- generated: file examples/shop.yaml -->\n```yaml\n{SPEC}```\n<!-- end -->\nrest\n"
    )

    (root / "charts-output/shop/values.yaml").write_text("edited: true\n")
    (root / "charts-output/shop/old.yaml").write_text("left: over\n")
    (root / "docs/rules/images/old-rule.md").write_text("# old-rule\n")
    (root / "charts-output/mine").mkdir()
    (root / "charts-output/mine/Chart.yaml").write_text("name: mine\n")
    second = stale(root)
    assert [item.sentence for item in second] == [
        "charts-output/shop/values.yaml is not what examples/shop.yaml gives now",
        "charts-output/shop/old.yaml is no longer generated from examples/shop.yaml",
        "docs/rules/images/old-rule.md is about a rule that there is not",
    ]
    write(root, second)
    assert stale(root) == ()
    assert (root / "charts-output/mine/Chart.yaml").exists()


def test_check_writes_nothing_and_exits_with_1(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "ROOT", root)
    assert dev.main(["regen", "--check"]) == 1
    captured = capsys.readouterr()
    assert "charts-output/shop/Chart.yaml is missing; it is generated from examples/shop.yaml\n" in captured.out
    assert captured.err.endswith(" stale; 'python -m chartgen.dev regen' writes them\n")
    assert not (root / "charts-output").exists()
    assert dev.main(["regen"]) == 0
    assert "wrote charts-output/shop/Chart.yaml\n" in capsys.readouterr().out
    assert dev.main(["regen", "--check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_two_examples_of_one_name_are_refused(root: Path) -> None:
    (root / "examples/web.yaml").write_text(SPEC)
    with pytest.raises(CannotDo, match=r"^examples/web.yaml has the name 'shop', as examples/shop.yaml has$"):
        stale(root)


def test_outside_a_checkout_nothing_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    assert dev.main(["regen"]) == 2
    assert capsys.readouterr().err == (
        "error: chartgen.dev works in a checkout only\n  help: clone the repository and run it there\n"
    )


def test_a_command_is_shown_with_what_a_person_sees_of_it() -> None:
    root = Path(dev.__file__).parents[2]
    text = "<!-- generated: $ chartgen --version && chartgen schema --help -->\n<!-- end -->\n"
    new, names = readme.filled(text, root)
    assert names == ["$ chartgen --version && chartgen schema --help"]
    assert new.splitlines()[1:5] == [
        "```console",
        "$ chartgen --version",
        "chartgen 0.1.0",
        "$ chartgen schema --help",
    ]
    assert readme.filled(new, root) == (new, [])


def test_commands_in_a_folder_of_their_own_are_shown_also_where_they_fail(root: Path) -> None:
    commands = "sed -i s/shop/SHOP/ shop.yaml && chartgen generate shop.yaml"
    new, _ = readme.filled(f"<!-- generated: with examples/shop.yaml $ {commands} -->\n<!-- end -->\n", root)
    assert new.splitlines()[1:5] == [
        "```console",
        "$ sed -i s/shop/SHOP/ shop.yaml",
        "$ chartgen generate shop.yaml",
        "error: name: 'SHOP' is not a name: lower-case letters, digits and '-', beginning with a letter",
    ], new
    assert (root / "examples/shop.yaml").read_text() == SPEC


def test_a_command_that_cannot_be_done_stops_the_writing() -> None:
    root = Path(dev.__file__).parents[2]
    with pytest.raises(CannotDo, match=r"^'chartgen schema nope' failed: error: no schema is named 'nope'"):
        readme.filled("<!-- generated: $ chartgen schema nope -->\n<!-- end -->\n", root)
    with pytest.raises(CannotDo, match=r"^no part is called 'magic'$"):
        readme.filled("<!-- generated: magic -->\n<!-- end -->\n", root)


def test_the_frame_of_a_rule_is_a_rule(tmp_path: Path) -> None:
    (tmp_path / "chartgen/rules/security").mkdir(parents=True)
    (tmp_path / "chartgen/rules/security/__init__.py").touch()
    path = new_rule.write(tmp_path, "security/open-door-left")
    assert path == "chartgen/rules/security/open_door_left.py"
    names: dict[str, object] = {}
    exec(compile((tmp_path / path).read_text(), path, "exec"), names)
    rule = names["OpenDoorLeft"]
    assert isinstance(rule, type)
    assert issubclass(rule, Rule)
    assert rule.id == "open-door-left"
    for name, message in (
        (
            "security/open-door-left",
            "rule 'open-door-left' exists already, in chartgen/rules/security/open_door_left.py",
        ),
        ("doors/open-door", "no group is called 'doors'"),
        ("security/OpenDoor", "'OpenDoor' is no rule id"),
        ("security", "'' is no rule id"),
    ):
        with pytest.raises(CannotDo) as caught:
            new_rule.write(tmp_path, name)
        assert caught.value.message == message
