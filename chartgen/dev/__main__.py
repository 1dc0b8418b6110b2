"""The command line of ``python -m chartgen.dev``; exit codes are those of chartgen."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chartgen.errors import CannotDo, ChartgenError

ROOT = Path(__file__).resolve().parents[2]


def main(argv: list[str] | None = None) -> int:
    """Run one of the commands and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m chartgen.dev", description="Work on chartgen itself.")
    commands = parser.add_subparsers(dest="command", required=True)
    regen = commands.add_parser(
        "regen", help="write all that is generated: charts-output/, docs/rules/, docs/judgements/, parts of README.md"
    )
    regen.add_argument("--check", action="store_true", help="write nothing; list what is stale and exit with 1")
    rule = commands.add_parser("new-rule", help="write the frame of a rule")
    rule.add_argument("name", metavar="GROUP/ID", help="for example security/host-path-mounted")
    judgement = commands.add_parser("new-judgement", help="write the frame of a judgement")
    judgement.add_argument("name", metavar="AREA/ID", help="for example objects/selector-changed")
    schemas = commands.add_parser("kube-schemas", help="derive the schemas in chartgen/kube/data/")
    schemas.add_argument(
        "--crds", metavar="FOLDER", type=Path, help="those of custom resources too, with Go and hera; made in FOLDER"
    )
    schemas.add_argument("--check", action="store_true", help="write nothing; exit with 1 when Kubernetes' are stale")
    arguments = parser.parse_args(argv)
    try:
        if not (ROOT / "examples").is_dir():
            raise CannotDo("chartgen.dev works in a checkout only", hint="clone the repository and run it there")
        if arguments.command == "new-rule":
            from chartgen.dev.new_rule import write

            print(write(ROOT, arguments.name))
            return 0
        if arguments.command == "new-judgement":
            from chartgen.dev.new_rule import write_judgement

            print(write_judgement(ROOT, arguments.name))
            return 0
        if arguments.command == "kube-schemas":
            return _kube_schemas(arguments.crds, check=arguments.check)
        return _regen(check=arguments.check)
    except ChartgenError as error:
        print(f"error: {error.message}" + (f"\n  help: {error.hint}" if error.hint else ""), file=sys.stderr)
        return 2


def _kube_schemas(work: Path | None, *, check: bool) -> int:
    from chartgen.dev.schemas import is_stale, write

    if not check:
        for path in write(ROOT, work):
            print(f"wrote {path}")
        return 0
    if stale := is_stale(ROOT):
        print("chartgen/kube/data is stale; 'python -m chartgen.dev kube-schemas' writes it", file=sys.stderr)
    return int(stale)


def _regen(*, check: bool) -> int:
    from chartgen.dev.regen import stale, write

    found = stale(ROOT)
    for item in found:
        print(item.sentence if check else f"wrote {item.path}" if item.content is not None else f"removed {item.path}")
    if not check:
        write(ROOT, found)
        return 0
    if found:
        print(f"{len(found)} stale; 'python -m chartgen.dev regen' writes them", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
