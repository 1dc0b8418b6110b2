"""Folders and archives that lead out of the chart, never end, or hold too much."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path

from tests.hostile.case import CHART_YAML, Build, Case, chart
from tests.hostile.values import POD

CHART = (CHART_YAML % "hostile").encode()
SECRET = "the-secret-outside-of-the-chart"


def linked(links: Mapping[str, str], **files: str) -> Build:
    """A chart with symbolic links; ``{outside}`` is a folder beside it that holds a secret."""

    def build(folder: Path) -> None:
        chart(POD, '{{ .Files.Get "leak" }}{{ range $p, $c := .Files.Glob "**" }}{{ $c }}{{ end }}', **files)(folder)
        outside = folder.parent / "outside"
        outside.mkdir(exist_ok=True)
        for name in ("secret.yaml", "x-values.yaml"):
            (outside / name).write_text(f"a: {SECRET}\n")
        for path, target in links.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).unlink(missing_ok=True)
            (folder / path).symlink_to(target.format(outside=outside))

    return build


def special(path: str) -> Build:
    """A chart in which one file is a pipe that nobody writes to."""

    def build(folder: Path) -> None:
        chart(POD)(folder)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).unlink(missing_ok=True)
        os.mkfifo(folder / path)

    return build


def many(count: int) -> Build:
    """A chart with a great many files."""

    def build(folder: Path) -> None:
        chart(POD)(folder)
        (folder / "many").mkdir()
        for number in range(count):
            (folder / "many" / str(number)).touch()

    return build


def deep(levels: int) -> Build:
    """A chart with folders in folders."""

    def build(folder: Path) -> None:
        chart(POD)(folder)
        here = os.open(folder, os.O_RDONLY)
        for _ in range(levels):
            os.mkdir("d", dir_fd=here)
            below = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        os.close(here)

    return build


def sparse(path: str, size: int) -> Build:
    """A chart in which one file is as large as that, though it takes no room on the disk."""

    def build(folder: Path) -> None:
        chart(POD)(folder)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("ab") as file:
            file.truncate(size)

    return build


def member(
    name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = len(content), kind, link
    return info, content


def packed(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """An archive of some members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for info, content in members:
            tar.addfile(info, io.BytesIO(content))
    return gzip.compress(buffer.getvalue(), 1, mtime=0)


def archive(*members: tuple[tarfile.TarInfo, bytes]) -> Build:
    """A chart as a ``.tgz`` of these members behind its Chart.yaml."""
    content = packed(member("hostile/Chart.yaml", CHART), *members)
    return lambda folder: folder.with_suffix(".tgz").write_bytes(content)


def raw(content: bytes) -> Build:
    """Something that is called ``.tgz``."""
    return lambda folder: folder.with_suffix(".tgz").write_bytes(content)


def within(content: bytes) -> Build:
    """A chart with a packed subchart."""
    return chart(POD, **{"charts/sub-1.0.0.tgz": content})


def matryoshka(levels: int) -> bytes:
    """A packed chart in a packed chart, and so on."""
    content = packed(member("c/Chart.yaml", b"apiVersion: v2\nname: c\nversion: 1.0.0\n"))
    for _ in range(levels):
        content = packed(
            member("c/Chart.yaml", b"apiVersion: v2\nname: c\nversion: 1.0.0\n"),
            member("c/charts/c-1.0.0.tgz", content),
        )
    return content


def doubled(levels: int) -> bytes:
    """A packed chart that holds two of what it holds, and so on: 2 ** levels charts."""
    content = packed(member("c/Chart.yaml", b"apiVersion: v2\nname: c\nversion: 1.0.0\n"))
    for _ in range(levels):
        head = member("c/Chart.yaml", b"apiVersion: v2\nname: c\nversion: 1.0.0\n")
        content = packed(head, *(member(f"c/charts/c{n}-1.0.0.tgz", content) for n in range(2)))
    return content


ZEROS = b"\0" * (101 << 20)

FOLDERS = {
    "a-link-to-a-file-outside": Case(linked({"leak": "{outside}/secret.yaml"})),
    "a-relative-link-to-a-file-outside": Case(linked({"leak": "../outside/secret.yaml"})),
    "a-link-to-a-folder-outside": Case(linked({"templates/more": "{outside}"})),
    "a-link-to-the-folder-above": Case(linked({"up": ".."})),
    "a-link-to-the-root": Case(linked({"root": "/"})),
    "a-link-to-itself": Case(linked({"me": "me"})),
    "a-link-to-the-chart": Case(linked({"sub/me": ".."})),
    "links-in-a-circle": Case(linked({"a": "b", "b": "a"})),
    "a-link-to-nothing": Case(linked({"gone": "nowhere"})),
    "values-that-are-a-link-outside": Case(linked({"values.yaml": "{outside}/secret.yaml"})),
    "chart-yaml-that-is-a-link-outside": Case(linked({"Chart.yaml": "{outside}/secret.yaml"})),
    "a-scenario-that-is-a-link-outside": Case(linked({"ci/x-values.yaml": "{outside}/secret.yaml"})),
    "a-hidden-scenario-that-is-a-link-outside": Case(
        linked({"ci/x-values.yaml": "{outside}/secret.yaml"}, **{".helmignore": "ci/\n"})
    ),
    "hidden-scenarios-in-a-folder-outside": Case(linked({"ci": "{outside}"}, **{".helmignore": "ci\n"})),
    "helmignore-that-is-a-link-outside": Case(linked({".helmignore": "{outside}/secret.yaml"})),
    "a-link-to-a-device": Case(linked({"zero": "/dev/zero"})),
    "helmignore-that-is-a-link-to-a-device": Case(linked({".helmignore": "/dev/zero"})),
    "values-that-are-a-link-to-a-device": Case(linked({"values.yaml": "/dev/zero"})),
    "a-pipe": Case(special("pipe")),
    "a-pipe-for-values": Case(special("values.yaml")),
    "a-pipe-for-helmignore": Case(special(".helmignore")),
    "a-pipe-for-a-hidden-scenario": Case(special("ci/x-values.yaml")),
    "twenty-five-thousand-files": Case(many(25_000)),
    "three-hundred-folders-in-each-other": Case(deep(300)),
    "nine-hundred-folders-in-each-other": Case(deep(900)),
    "a-file-of-a-hundred-megabytes": Case(sparse("big.bin", 101 << 20)),
    "a-file-of-a-terabyte": Case(sparse("big.bin", 1 << 40)),
    "a-template-of-sixty-megabytes": Case(sparse("templates/big.yaml", 60 << 20)),
    "values-of-sixty-megabytes": Case(sparse("values.yaml", 60 << 20)),
    "chart-yaml-of-sixty-megabytes": Case(sparse("Chart.yaml", 60 << 20)),
    "helmignore-of-sixty-megabytes": Case(sparse(".helmignore", 60 << 20)),
    "a-hidden-scenario-of-a-terabyte": Case(
        lambda folder: (chart(POD, **{".helmignore": "ci/\n"})(folder), sparse("ci/x-values.yaml", 1 << 40)(folder))
    ),
    "helmignore-with-a-hundred-thousand-patterns": Case(
        chart(POD, **{".helmignore": "".join(f"*a*b*{n}*\n" for n in range(100_000))})
    ),
    "helmignore-that-backtracks": Case(
        chart(POD, **{".helmignore": "*a" * 60 + "b\n", "a" * 200: "x", "templates/" + "a" * 200 + ".yaml": "x"})
    ),
    "helmignore-with-classes": Case(chart(POD, **{".helmignore": "[" + "a-" * 5_000 + "z]\n"})),
    "a-name-with-escapes": Case(chart(POD, "x: [", **{"templates/\x1b[31mred\n::error::x.yaml": "a: ["})),
    "a-name-with-metacharacters": Case(
        chart("a: [", name="'$(touch pwned); `id` | # <script>'", **{"templates/$(touch pwned).yaml": "a: ["})
    ),
    "a-chart-that-is-called-by-escapes": Case(chart("a: [", name='"\\e[31m\\n\\r::error::x"')),
    "a-name-of-a-thousand-characters": Case(chart("a: [", name="a" * 1_000)),
}

ARCHIVES = {
    "a-member-above": Case(archive(member("hostile/../../escaped", b"x"))),
    "an-absolute-member": Case(archive(member("/etc/escaped", b"x"))),
    "a-member-of-windows": Case(archive(member("hostile/..\\..\\escaped", b"x"))),
    "a-drive": Case(archive(member("hostile/C:/escaped", b"x"))),
    "a-symbolic-link": Case(archive(member("hostile/values.yaml", kind=tarfile.SYMTYPE, link="/etc/passwd"))),
    "a-hard-link": Case(archive(member("hostile/values.yaml", kind=tarfile.LNKTYPE, link="/etc/passwd"))),
    "a-link-and-a-member-through-it": Case(
        archive(member("hostile/up", kind=tarfile.SYMTYPE, link="../.."), member("hostile/up/escaped", b"x"))
    ),
    "a-device": Case(
        archive(member("hostile/zero", kind=tarfile.CHRTYPE), member("hostile/sda", kind=tarfile.BLKTYPE))
    ),
    "a-pipe": Case(archive(member("hostile/values.yaml", kind=tarfile.FIFOTYPE))),
    "chart-yaml-twice": Case(archive(member("hostile/Chart.yaml", b"name: other\n"))),
    "a-file-that-is-a-folder-too": Case(archive(member("hostile/a", b"x"), member("hostile/a/b", b"x"))),
    "a-name-with-nul": Case(archive(member("hostile/a\0b", b"x"))),
    "a-name-with-escapes": Case(archive(member("hostile/templates/\x1b[31m\n.yaml", b"a: ["))),
    "a-name-of-ten-thousand-characters": Case(archive(member("hostile/" + "a" * 10_000, b"x"))),
    "a-bomb": Case(archive(member("hostile/zeros", ZEROS))),
    "a-bomb-of-many-files": Case(archive(*(member(f"hostile/{n}") for n in range(25_000)))),
    "a-bomb-in-a-header": Case(archive(member("hostile/" + "a/" * 400_000 + "x", b"x"))),
    "zeros": Case(raw(gzip.compress(ZEROS * 2, 1))),
    "a-member-that-lies-about-its-size": Case(raw(gzip.compress(packed(member("hostile/Chart.yaml", CHART))[:200]))),
    "half-an-archive": Case(raw(packed(member("hostile/Chart.yaml", CHART * 1000))[:300])),
    "nothing": Case(raw(b"")),
    "text": Case(raw(b"x" * 1000)),
    "many-empty-gzips": Case(raw(gzip.compress(b"") * 200_000)),
    "a-subchart-that-is-a-bomb": Case(within(packed(member("sub/Chart.yaml", CHART), member("sub/zeros", ZEROS)))),
    "a-subchart-that-leads-out": Case(within(packed(member("sub/Chart.yaml", CHART), member("sub/../../x", b"x")))),
    "a-subchart-that-is-none": Case(within(b"x" * 1000)),
    "a-subchart-with-a-link": Case(
        within(
            packed(member("sub/Chart.yaml", CHART), member("sub/values.yaml", kind=tarfile.SYMTYPE, link="/etc/passwd"))
        )
    ),
    "fifty-subcharts-in-each-other": Case(within(matryoshka(50))),
    "a-million-subcharts": Case(within(doubled(12))),
    "subcharts-in-each-other-unpacked": Case(
        chart(
            POD,
            **{
                f"{'charts/c/' * n}Chart.yaml": f"apiVersion: v2\nname: {'hostile' if not n else 'c'}\nversion: 1.0.0\n"
                for n in range(60)
            },
        )
    ),
    "two-thousand-subcharts": Case(
        chart(POD, **{f"charts/c{n}/Chart.yaml": f"apiVersion: v2\nname: c{n}\nversion: 1.0.0\n" for n in range(2_000)})
    ),
    "a-dependency-on-itself": Case(
        chart(
            POD,
            **{
                "Chart.yaml": CHART.decode()
                + "dependencies: [{name: hostile, version: 1.0.0, repository: 'file://.', alias: a}]\n",
                "charts/hostile/Chart.yaml": CHART.decode()
                + "dependencies: [{name: hostile, version: 1.0.0, repository: 'file://../..'}]\n",
            },
        )
    ),
    "a-thousand-aliases": Case(
        chart(
            POD,
            **{
                "Chart.yaml": CHART.decode()
                + "dependencies:\n"
                + "".join(f"  - {{name: c, version: 1.0.0, alias: a{n}}}\n" for n in range(1_000)),
                "charts/c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n"
                "dependencies:\n" + "".join(f"  - {{name: d, version: 1.0.0, alias: b{n}}}\n" for n in range(1_000)),
                "charts/c/charts/d/Chart.yaml": "apiVersion: v2\nname: d\nversion: 1.0.0\n",
                "charts/c/charts/d/templates/x.yaml": POD,
            },
        )
    ),
    "missing-dependencies": Case(
        chart(
            POD,
            **{
                "Chart.yaml": CHART.decode()
                + "dependencies:\n"
                + "".join(
                    f"  - {{name: c{n}, version: 1.0.0, repository: 'https://x.invalid'}}\n" for n in range(1_000)
                )
            },
        )
    ),
}
