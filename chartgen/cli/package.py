"""``chartgen package``: reproducible packages, signed, pushed, and entered into an index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from chartgen.cli.distributing import RAISE, Made, push_package, signed
from chartgen.cli.options import ColorOption, Debug, OutputFile, Quiet, Verbose, terminal
from chartgen.cli.rendering import EngineOption
from chartgen.cli.terminal import given, read_input
from chartgen.cli.times import epoch, stamp, utc
from chartgen.errors import CannotDo, InvalidInput, Problem
from chartgen.location import Location

EXAMPLE = "chartgen package charts-output/podinfo -d dist"


def command(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CHART]...", help="Charts, folders of charts, or packages.  [default: .]"),
    ] = None,
    destination: Annotated[
        str, typer.Option("--destination", "-d", metavar="DIR", help="Where packages are put.")
    ] = ".",
    version: Annotated[
        str | None, typer.Option("--version", metavar="VERSION", help="Pack it as this version.")
    ] = None,
    app_version: Annotated[
        str | None, typer.Option("--app-version", metavar="VERSION", help="Pack it with this appVersion.")
    ] = None,
    sign: Annotated[bool, typer.Option("--sign", help="Write a provenance file beside each package.")] = False,
    key: Annotated[str | None, typer.Option("--key", metavar="NAME", help="The PGP key that signs.")] = None,
    keyring: Annotated[
        str | None, typer.Option("--keyring", metavar="FILE", help="The secret keyring with that key.")
    ] = None,
    passphrase_file: Annotated[
        str | None, typer.Option("--passphrase-file", metavar="FILE", help="The key's passphrase is its first line.")
    ] = None,
    push: Annotated[
        str | None, typer.Option("--push", metavar="oci://HOST/PATH", help="Push to this registry, as helm push does.")
    ] = None,
    plain_http: Annotated[bool, typer.Option("--plain-http", help="Speak HTTP to the registry.")] = False,
    index: Annotated[
        str | None, typer.Option("--index", metavar="FILE", help="Enter the packages into this index.yaml.")
    ] = None,
    url: Annotated[str, typer.Option("--url", metavar="URL", help="Where the repository's packages are found.")] = "",
    created: Annotated[
        str | None,
        typer.Option(
            "--created",
            metavar="TIME",
            help="When that was.  [default: SOURCE_DATE_EPOCH, or the chart's last commit]",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a package that holds something else.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write and push nothing.")] = False,
    engine: EngineOption = "auto",
    output: OutputFile = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    color: ColorOption = "auto",
    debug: Debug = False,
) -> None:
    """Pack charts into the same bytes every time; sign, push and index them."""
    from chartgen.chart.read import find_charts

    out = terminal(ctx)
    _check_options(sign=sign, key=key, keyring=keyring, push=push, index=index, url=url, created=created)
    time = epoch()
    found = find_charts(map(given, paths or ["."]))
    if (version or app_version) and len(found) > 1:
        raise CannotDo(f"there are {len(found)} charts", hint="--version and --app-version are for one")
    made = [_made(path, given(destination), time or 0, version or "", app_version or "") for path in found]
    _judge(made, engine, force=force)
    text = _indexed(made, index, url, created, time)
    writes: dict[Path, bytes | str] = {one.target: one.package.data for one in made if one.target != one.source}
    if index is not None and text is not None:
        writes[given(index)] = text
    lines = [*map(str, (one.target for one in made))]
    if not dry_run:
        from chartgen.cli.writing import write_all

        if sign:
            assert key is not None
            assert keyring is not None
            proofs = signed(made, key, given(keyring), given(passphrase_file) if passphrase_file else None, engine)
            lines += map(str, proofs)
            writes |= proofs
        given(destination).mkdir(parents=True, exist_ok=True)
        write_all(writes)
    for one in made:
        out.note(f"{one.package.name}: {len(one.package.data):,} bytes, sha256:{one.package.digest}")
    out.result("".join(f"{line}\n" for line in lines), output)
    if push is not None:
        for one in made:
            push_package(one, push, created, time, engine, plain_http=plain_http, dry_run=dry_run, say=out.note)


def _check_options(
    *,
    sign: bool,
    key: str | None,
    keyring: str | None,
    push: str | None,
    index: str | None,
    url: str,
    created: str | None,
) -> None:
    """Raise CannotDo for options that do not go together."""
    if sign and (not key or not keyring):
        raise CannotDo("--sign needs --key and --keyring", hint="gpg --export-secret-keys > secring.gpg")
    if not sign and (key or keyring):
        raise CannotDo("--key and --keyring are for --sign", hint="add --sign")
    if push is not None and not re.match(r"oci://[^/]+", push):
        raise CannotDo(f"--push {push!r} is no registry", hint="as in oci://registry.example.com/charts")
    if url and index is None:
        raise CannotDo("--url is for --index", hint="add --index index.yaml")
    if created is not None:
        utc(created)


def _made(path: Path, destination: Path, time: int, version: str, app_version: str) -> Made:
    from chartgen.release.package import opened, package
    from chartgen.release.source import released

    chart = released(path)
    if path.is_dir():
        made = package(chart, time=time, version=version, app_version=app_version)
        return Made(made, path, destination / made.name)
    if version or app_version:
        raise CannotDo(f"{str(path)!r} is packed already", hint="--version and --app-version are for folders")
    return Made(opened(path.name, path.read_bytes(), chart), path, path)


def _judge(made: Sequence[Made], engine: str, *, force: bool) -> None:
    """Raise CannotDo for packages that Helm does not load, or that would replace another."""
    from chartgen.engine.publishing import describe

    targets: dict[Path, Path] = {}
    for one in made:
        if one.target in targets:
            raise CannotDo(f"{str(targets[one.target])!r} and {str(one.source)!r} would both be {str(one.target)!r}")
        targets[one.target] = one.source
        differs = one.target.is_file() and one.target.read_bytes() != one.package.data
        if differs and one.target != one.source and not force:
            raise CannotDo(
                f"{str(one.target)!r} is there, with other bytes",
                hint="raise the version (chartgen bump), or --force replaces it",
            )
        told = describe(one.package.data, engine=engine)
        if (told.get("name"), told.get("version")) != (one.package.metadata["name"], one.package.metadata["version"]):
            raise CannotDo(f"Helm takes {one.package.name} for {told.get('name')} {told.get('version')}")


def _indexed(made: Sequence[Made], index: str | None, url: str, created: str | None, time: int | None) -> str | None:
    """The text of the index with all packages in it; None where there is none, or where they are in it already."""
    if index is None:
        return None
    from chartgen.fielddata import CannotEdit
    from chartgen.release.index import AlreadyPublished, entry, with_entry

    path = given(index)
    text = before = read_input(index).decode("utf-8", "surrogateescape") if path.exists() else ""
    for one in made:
        when = stamp(created, time, one.source)
        if when is None:
            raise CannotDo(
                f"when {one.package.name} was made is not known", hint="--created TIME, or set SOURCE_DATE_EPOCH"
            )
        try:
            text = with_entry(text, entry(one.package, url=url, created=when))
        except AlreadyPublished as error:
            problem = Problem(str(error), Location(index), RAISE, "already-published")
            raise InvalidInput((problem,)) from None
        except CannotEdit as error:
            raise CannotDo(f"{index!r} cannot be added to: {error}", hint="add the entry by hand") from None
    return text if text != before else None
