"""Packages: the same bytes from the same files, loaded, verified and pulled by Helm; published versions stay."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chartgen.chart.archive import unpack
from chartgen.chart.model import Chart
from chartgen.chart.read import read_chart
from chartgen.engine.publishing import describe, published, push, sign
from chartgen.errors import CannotDo, InvalidInput
from chartgen.release.package import package

from ..unit.engine_support import HELM, chart, helm, needs_helm, needs_library, write
from .registry import Registry, registry

NO_VERSION = "there is no version, which has to be three numbers, as SemVer has it"
CHARTS = Path(__file__).parents[2] / "charts-output"
ENGINES = [pytest.param("embedded", marks=needs_library), pytest.param("helm", marks=needs_helm)]


@pytest.fixture(autouse=True)
def helm_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    if HELM:
        monkeypatch.setenv("PATH", str(Path(HELM).parent), prepend=":")


def members(data: bytes) -> list[tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return tar.getmembers()


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    source = CHARTS / "podinfo"
    copy = tmp_path / "elsewhere"
    shutil.copytree(source, copy)
    for path in sorted(copy.rglob("*"), reverse=True):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    first, second = package(read_chart(source)), package(read_chart(copy))
    assert (first.name, first.data, first.digest) == (second.name, second.data, second.digest)
    assert package(read_chart(source), time=5).data != first.data


def test_files_are_packed_as_they_are_in_the_order_of_helm() -> None:
    others: dict[str, str | bytes] = {"values.yaml": "", "README.md": "r", "a.txt": b"\xff", "Chart.lock": "l"}
    others["charts__a__Chart.yaml"] = "name: a\n"
    given = chart("x: 1\n", "y: 1\n", chart_yaml="# mine\napiVersion: v2\nversion: 1.0.0\nname: c\n", **others)
    made = package(given, time=7)
    assert made.name == "c-1.0.0.tgz"
    assert [member.name for member in members(made.data)] == [
        "c/Chart.yaml",
        "c/Chart.lock",
        "c/values.yaml",
        "c/templates/x.yaml",
        "c/templates/y.yaml",
        "c/README.md",
        "c/a.txt",
        "c/charts/a/Chart.yaml",
    ]
    assert {(one.mtime, one.mode, one.uid, one.gid, one.uname, one.gname) for one in members(made.data)} == {
        (7, 0o644, 0, 0, "", "")
    }
    assert unpack(made.data, "") == dict(given.files)


def test_what_helmignore_names_is_left_out(tmp_path: Path) -> None:
    write(chart("x: 1\n", **{".helmignore": "secret*\n", "secret.txt": "x"}), tmp_path)
    names = [member.name for member in members(package(read_chart(tmp_path)).data)]
    assert names == ["c/Chart.yaml", "c/templates/x.yaml", "c/.helmignore"]


def test_long_and_foreign_names_survive() -> None:
    name = f"files/{'n' * 120}/é.txt"
    assert unpack(package(chart(**{name.replace("/", "__"): "x"})).data, "")[name] == b"x"


def test_versions_can_be_given() -> None:
    given = chart(chart_yaml='apiVersion: v2\nname: c\nversion: "1.0.0" # next\nappVersion: 1.0.0\n')
    made = package(given, version="2.0.0-rc.1", app_version="3")
    assert made.name == "c-2.0.0-rc.1.tgz"
    text = unpack(made.data, "")["Chart.yaml"].decode()
    assert text == 'apiVersion: v2\nname: c\nversion: "2.0.0-rc.1" # next\nappVersion: "3"\n'


@pytest.mark.parametrize(
    ("chart_yaml", "problems"),
    [
        ("apiVersion: v2\nversion: 1.0.0\n", ["the chart has no name that a file can have"]),
        ("apiVersion: v2\nname: a/b\nversion: 1.0.0\n", ["the chart has no name that a file can have"]),
        ("apiVersion: v2\nname: c\n", [NO_VERSION]),
        ("apiVersion: v2\nname: c\nversion: 1.2\n", ["version 1.2 is not three numbers, as SemVer has it"]),
        ("apiVersion: v2\nname: c\nversion: v1.2.3\n", ["version 'v1.2.3' is not three numbers, as SemVer has it"]),
        (
            "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies:\n- {name: a, version: 1.x.x, repository: x}\n",
            ["dependencies are not in charts/: a"],
        ),
        ("]\n", ["the chart has no name that a file can have", NO_VERSION]),
    ],
)  # fmt: skip
def test_what_cannot_be_published(chart_yaml: str, problems: list[str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        package(chart(chart_yaml=chart_yaml))
    assert [problem.message for problem in caught.value.problems] == problems


@pytest.mark.parametrize("engine", ENGINES)
def test_helm_loads_what_is_packed(engine: str) -> None:
    made = package(read_chart(CHARTS / "podinfo"))
    told = describe(made.data, engine=engine)
    assert (told["name"], told["version"]) == ("podinfo", made.metadata["version"])
    with pytest.raises(CannotDo, match=r"^Helm does not load the package: "):
        describe(b"no package", engine=engine)


@needs_helm
@pytest.mark.parametrize("name", sorted(path.name for path in CHARTS.iterdir()))
def test_helm_renders_a_package_as_it_renders_the_folder(name: str, tmp_path: Path) -> None:
    made = package(read_chart(CHARTS / name))
    (tmp_path / made.name).write_bytes(made.data)
    packed, folder = (helm("template", "x", path) for path in (tmp_path / made.name, CHARTS / name))
    assert (packed.returncode, packed.stdout) == (0, folder.stdout)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key in a secret keyring, and a public one."""
    if shutil.which("gpg") is None:
        pytest.skip("makes a key with gpg, which is not on PATH")
    folder = tmp_path_factory.mktemp("k")
    folder.chmod(0o700)
    run = ["gpg", "--homedir", str(folder), "--batch", "--quiet"]
    new = ["--passphrase", "", "--quick-generate-key", "Test <test@example.com>", "rsa2048", "sign", "never"]
    subprocess.run([*run, *new], check=True, capture_output=True)
    for option, name in (("--export-secret-keys", "secret.gpg"), ("--export", "public.gpg")):
        (folder / name).write_bytes(subprocess.run([*run, option], check=True, capture_output=True).stdout)
    subprocess.run(["gpgconf", "--homedir", str(folder), "--kill", "all"], check=False, capture_output=True)
    return folder


@needs_library
@needs_helm
def test_helm_verifies_what_is_signed(keys: Path, tmp_path: Path) -> None:
    made = package(read_chart(CHARTS / "podinfo"))
    path = tmp_path / made.name
    path.write_bytes(made.data)
    assert sign(path, key="Test", keyring=keys / "secret.gpg") == path.with_name(f"{path.name}.prov")
    verified = helm("verify", path, "--keyring", keys / "public.gpg")
    assert f"Chart Hash Verified: sha256:{made.digest}" in verified.stdout
    path.write_bytes(package(read_chart(CHARTS / "podinfo"), time=1).data)
    assert helm("verify", path, "--keyring", keys / "public.gpg").returncode == 1


@needs_library
def test_a_key_that_is_not_there_is_told(keys: Path, tmp_path: Path) -> None:
    (tmp_path / "c-1.0.0.tgz").write_bytes(package(chart()).data)
    with pytest.raises(CannotDo, match=r"^c-1\.0\.0\.tgz cannot be signed: private key not found$"):
        sign(tmp_path / "c-1.0.0.tgz", key="Nobody", keyring=keys / "secret.gpg")


def test_only_the_library_signs(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match=r"^signing needs Helm's library$"):
        sign(tmp_path / "c-1.0.0.tgz", key="Test", keyring=tmp_path, engine="helm")


@pytest.fixture
def store() -> Iterator[Registry]:
    with registry() as server:
        yield server


def pushed(made_from: Chart, folder: Path, store: Registry, engine: str) -> str:
    made = package(made_from)
    path = folder / made.name
    path.write_bytes(made.data)
    os.utime(path, (0, 0))
    remote = f"oci://{store.address}/charts"
    return push(path, remote, "c", str(made.metadata["version"]), plain_http=True, engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_package_is_pushed_and_pulled_byte_for_byte(engine: str, store: Registry, tmp_path: Path) -> None:
    given = chart("x: 1\n", chart_yaml="apiVersion: v2\nname: c\nversion: 1.0.0+build\n")
    remote = f"oci://{store.address}/charts"
    assert published(remote, "c", "1.0.0+build", plain_http=True, engine=engine) is None
    digest = pushed(given, tmp_path, store, engine)
    assert ("charts/c", digest) in store.manifests
    assert published(remote, "c", "1.0.0+build", plain_http=True, engine=engine) == package(given).data
    assert pushed(given, tmp_path, store, engine) == digest, "the manifest of the same package is another"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_registry_that_does_not_say_what_it_has_is_not_one_that_has_nothing(engine: str, store: Registry) -> None:
    remote = f"oci://{store.address}/charts"
    for status in (401, 403, 404):
        store.trouble = status
        assert published(remote, "c", "1.0.0", plain_http=True, engine=engine) is None
    store.trouble = 500
    with pytest.raises(CannotDo, match=f"^{remote}/c:1.0.0 may be published already, and the registry does not say: "):
        published(remote, "c", "1.0.0", plain_http=True, engine=engine)


@needs_library
@needs_helm
def test_a_signature_is_pushed_with_its_package(keys: Path, store: Registry, tmp_path: Path) -> None:
    path = tmp_path / "c-1.0.0.tgz"
    path.write_bytes(package(chart("x: 1\n")).data)
    sign(path, key="Test", keyring=keys / "secret.gpg")
    push(path, f"oci://{store.address}/charts", "c", "1.0.0", plain_http=True)
    (tmp_path / "pulled").mkdir()
    reference = f"oci://{store.address}/charts/c"
    flags = ["--plain-http", "--verify", "--keyring", str(keys / "public.gpg")]
    answer = helm("pull", reference, "--version", "1.0.0", "-d", tmp_path / "pulled", *flags)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "pulled" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_registry_that_is_not_there_is_told(engine: str, tmp_path: Path) -> None:
    (tmp_path / "c-1.0.0.tgz").write_bytes(package(chart("x: 1\n")).data)
    with pytest.raises(CannotDo, match=r"^c-1\.0\.0\.tgz cannot be pushed to 'oci://127\.0\.0\.1:1/x': ") as caught:
        push(tmp_path / "c-1.0.0.tgz", "oci://127.0.0.1:1/x", "c", "1.0.0", plain_http=True, engine=engine)
    assert caught.value.hint == "is the address right, and can it be reached from here?"


@needs_library
@needs_helm
def test_a_locked_key_takes_its_passphrase(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    keys = locked(tmp_path_factory.mktemp("l"))
    path = tmp_path / "c-1.0.0.tgz"
    path.write_bytes(package(chart("x: 1\n")).data)
    for name, phrase in (("right", "open\n"), ("wrong", "shut\n")):
        (tmp_path / name).write_text(phrase)
    for given in (None, tmp_path / "wrong"):
        with pytest.raises(CannotDo) as caught:
            sign(path, key="Locked", keyring=keys / "secret.gpg", passphrase_file=given)
        assert caught.value.hint == "give its passphrase: the first line of --passphrase-file FILE"
    sign(path, key="Locked", keyring=keys / "secret.gpg", passphrase_file=tmp_path / "right")
    assert helm("verify", path, "--keyring", keys / "public.gpg").returncode == 0


def locked(folder: Path) -> Path:
    """A folder with a key that has a passphrase, in keyrings."""
    if shutil.which("gpg") is None:
        pytest.skip("makes a key with gpg, which is not on PATH")
    folder.chmod(0o700)
    run = ["gpg", "--homedir", str(folder), "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "open"]
    new = ["--quick-generate-key", "Locked <l@example.com>", "rsa2048", "sign", "never"]
    subprocess.run([*run, *new], check=True, capture_output=True)
    for option, name in (("--export-secret-keys", "secret.gpg"), ("--export", "public.gpg")):
        (folder / name).write_bytes(subprocess.run([*run, option], check=True, capture_output=True).stdout)
    subprocess.run(["gpgconf", "--homedir", str(folder), "--kill", "all"], check=False, capture_output=True)
    return folder
