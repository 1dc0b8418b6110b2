"""The templates of a chart, filled in: jinja2's only door.

Go templates use ``{{ }}``, so Jinja's marks are ``<@ value @>``, ``<% statement %>`` and ``<# comment #>``. Every value
passes through one of five filters, because text of a spec must never reach a Go template as code:

``name``     an identifier or a path of them, checked, as it is
``q``        a double-quoted YAML scalar
``yaml(n)``  data as block YAML, indented by n
``go``       a Go string literal, for use inside ``{{ }}``
``comment``  text for the inside of a Go template comment or a YAML comment line

A sixth, ``shifted(n)``, is for whole blocks that several templates share, such as the template of a pod.

To compile the templates takes most of the time in which one chart is made, so what they are compiled to is kept in
``__pycache__``, as Python keeps its own modules.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chartgen import bytecode
from chartgen.generate import valuetree
from chartgen.resources import folder
from chartgen.yamlwrite import quote

if TYPE_CHECKING:
    from jinja2 import Environment, FileSystemBytecodeCache, Template
    from jinja2.bccache import Bucket

FILTERS = ("name", "q", "yaml", "go", "comment", "shifted")
"""The filters an output must end in."""


def render(path: str, values: Mapping[str, Any]) -> str:
    """Fill in one template of ``chart-templates/chart``, named by its path below that folder, ``.j2`` included."""
    return _template(f"chart/{path}").render(values)


@cache
def _template(path: str) -> Template:
    return environment().get_template(path)


@cache
def environment() -> Environment:
    """The settings all templates share. Undefined names and None are errors, never empty text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(folder("chart-templates")),
        variable_start_string="<@",
        variable_end_string="@>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        autoescape=False,
        finalize=_no_none,
        bytecode_cache=_kept(Path(bytecode.FILE).parent),
    )
    made.filters = {"name": name, "q": quoted, "yaml": block, "go": go_literal, "comment": comment, "shifted": shifted}
    return made


def _kept(folder: Path) -> FileSystemBytecodeCache | None:
    """Keeps compiled templates from one run to the next; None where that is not allowed.

    They depend on the text of the template, which Jinja compares, and on what the names of the files say: the version
    of Jinja, and this module with its settings. What cannot be read or written is compiled, as ever.
    """
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    from pickle import UnpicklingError

    from jinja2 import FileSystemBytecodeCache, __version__

    class Kept(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            try:
                super().load_bytecode(bucket)
            except (OSError, EOFError, UnpicklingError):
                bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    this = Path(__file__).stat()
    return Kept(str(folder), f"jinja-{__version__}-{this.st_mtime_ns}-{this.st_size}-%s.bin")


def _no_none(value: object) -> object:
    if value is None:
        raise ValueError("a template printed None")
    return value


_NAME = re.compile(r"[./]?[A-Za-z0-9_](?:[A-Za-z0-9_./+-]*[A-Za-z0-9_./])?", re.ASCII)


def name(value: str | int) -> str:
    """An identifier, a path (``.Values.web``, ``/healthz``), a version or a number. Raises ValueError for all else."""
    text = str(value)
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text!r} is no identifier")
    return text


def _no_action(text: str) -> str:
    # In double-quoted YAML, where \x7b is a brace, this is the same text, and no action to Go.
    return text.replace("{{", "{\\x7b")


def quoted(value: str) -> str:
    """Text as one double-quoted YAML scalar that no Go template takes for an action."""
    return _no_action(quote(value))


def block(value: Any, indent: int) -> str:
    """A non-empty mapping or list as block YAML, each line but the first indented, without a final new line."""
    text = _no_action(valuetree.yaml_block(value, literals=False)).removesuffix("\n")
    return text.replace("\n", "\n" + " " * indent)


_GO = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def go_literal(value: str) -> str:
    """Text as a Go string literal in double quotes.

    Helm splits nothing inside a literal: ``{{ "}}" }}`` prints two braces.
    """
    return '"' + "".join(_GO.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in value) + '"'


def comment(value: str) -> str:
    """Text for a comment: on one line, without the marks that could end one or begin an action."""
    line = " ".join(value.split())
    return line.replace("{{", "{ {").replace("}}", "} }").replace("*/", "* /")


_NINDENT = re.compile(r"(\{\{-?[^{}]*\| nindent )(\d+)(?= \}\})")


def shifted(text: str, width: int) -> str:
    """A block of a template further to the right: its lines, and what its actions indent."""
    deeper = _NINDENT.sub(lambda found: f"{found[1]}{int(found[2]) + width}", text)
    pad = " " * width
    return "".join(f"{pad}{line}\n" for line in deeper.removesuffix("\n").split("\n"))
