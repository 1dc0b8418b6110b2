"""The only door to ``cel_expr_python``, Google's C++ implementation of CEL.

An ``Environment`` knows variables and functions and compiles expressions into ``Program`` values, which are evaluated
any number of times. Values are plain Python data; ``None`` is null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from chartgen.errors import CannotDo
from chartgen.kube.cel.config import RE2, kubernetes
from chartgen.kube.cel.functions import UNSUPPORTED, Overload, readable, stand_in
from chartgen.kube.cel.rewrite import Rewritten, rewrite

if TYPE_CHECKING:
    from cel_expr_python import cel as _library

OPTIONAL = "optional_type"
"""The beginning of the type of an optional, which exists inside of expressions only."""


class CelError(Exception):
    """An expression does not compile, or ended in an error; ``str()`` says why, as the API server would."""


class NotKnown(CelError):
    """What an expression amounts to cannot be told here; ``str()`` says why, as a sentence about it."""


class Program:
    """A compiled expression. ``gives`` is its type (``BOOL``, ``DYN``); ``used`` tells what it names."""

    def __init__(self, compiled: _library.Expression, used: Rewritten, expression: str) -> None:
        self._compiled = compiled
        self.used = used
        self.expression = expression
        self.gives: str = compiled.return_type().name()
        self.type = compiled.return_type()

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The value of the expression. Raises CelError when it is an error, NotKnown when that is not known."""
        try:
            result = self._compiled.eval(data=dict(values))
            value = result.plain_value()
        except (RuntimeError, TypeError) as error:
            raise _error(str(error)) from None
        if result.type().name() == "ERROR":
            raise _error(str(value))
        return value


class Unreadable:
    """The value of a variable whose own expression ended in an error: the library makes an error of it when read."""


class Environment:
    """What expressions may name: ``variables`` by their types, and Kubernetes' functions.

    A type is a text as in ``functions``, or the ``type`` of a Program.
    Raises CannotDo where the library is not installed.
    """

    def __init__(self, variables: Mapping[str, Any]) -> None:
        library = _load()
        types = {name: _type(kind) if isinstance(kind, str) else kind for name, kind in variables.items()}
        config, functions = _kubernetes()
        self._env = library.NewEnv(config=config, variables=types, functions=functions)

    def compile(
        self, expression: str, inlined: Mapping[str, Rewritten] | None = None, *, ordered: bool = False
    ) -> Program:
        """Compile an expression of Kubernetes' CEL. Raises CelError with all that is wrong with it.

        ``inlined`` variables are replaced by their rewritten expressions; ``ordered`` is explained in ``rewrite``.
        """
        if not expression.strip():
            raise CelError("the expression is empty")
        rewritten = rewrite(expression, inlined, ordered=ordered)
        try:
            return Program(self._env.compile(rewritten.text), rewritten, expression)
        except RuntimeError as error:
            raise CelError(_refused(str(error))) from None


@cache
def _type(kind: str) -> Any:
    """A type written as in ``functions``."""
    return _load().Type(stand_in(kind).replace("(", "<").replace(")", ">"))


@cache
def _kubernetes() -> tuple[Any, list[Any]]:
    """The configuration of Kubernetes' environment, and its functions."""
    from chartgen.kube.cel import addresses, formats, lists, merging, scalars, standard
    from chartgen.kube.cel.regexes import Regexes

    by_name: dict[str, list[Any]] = {}
    for number, overload in enumerate(
        (
            *standard.OVERLOADS,
            *lists.OVERLOADS,
            *merging.OVERLOADS,
            *scalars.OVERLOADS,
            *addresses.OVERLOADS,
            *formats.OVERLOADS,
            *Regexes(*_RE2).overloads,
        )
    ):
        by_name.setdefault(overload.name, []).append(_declared(f"chartgen_{number}", overload))
    library = _load()
    config = library.NewEnvConfigFromYaml(kubernetes(standard.REPLACED))
    return config, [library.FunctionDecl(name, forms) for name, forms in by_name.items()]


def _declared(ident: str, overload: Overload) -> Any:
    """A form of a function as the library takes it."""
    call = {} if overload.call is None else {"impl": overload.call}
    takes = [_type(kind) for kind in overload.takes]
    return _load().Overload(ident, _type(overload.gives), takes, overload.member, **call)


def _re2(expression: str) -> Callable[[str, str], Any]:
    """An expression of RE2 as a function of a text and a pattern, compiled when it is first called."""

    @cache
    def compiled() -> Any:
        library = _load()
        types = {"text": library.Type.STRING, "pattern": library.Type.STRING}
        return library.NewEnv(config=library.NewEnvConfigFromYaml(RE2), variables=types).compile(expression)

    def call(text: str, pattern: str) -> Any:
        result = compiled().eval(data={"text": text, "pattern": pattern})
        if result.type().name() == "ERROR":
            raise ValueError(_said(str(result.plain_value())))
        return result.plain_value()

    return call


_RE2 = (
    _re2("regex.extract(text, pattern).orValue('')"),
    _re2("regex.extractAll(text, pattern)"),
    _re2("text.matches(pattern)"),
)
"""RE2 as functions: the first match, every match, whether there is one."""


@cache
def _load() -> Any:
    try:
        from cel_expr_python import cel
    except ImportError:
        raise CannotDo(
            "policies in CEL need the package cel-expr-python, which is not installed",
            hint="pip install cel-expr-python (there are wheels for Linux with glibc, macOS and Windows)",
        ) from None
    return cel


def _error(message: str) -> CelError:
    if "Iteration budget exceeded" in message:
        return NotKnown("it goes through more than 10,000 items, which takes too long here")
    return NotKnown(f"it asks for {_said(message)}") if UNSUPPORTED in message else CelError(_said(message))


_CODE = re.compile(r"\A(?:[A-Z_]+: )?(.*?)(?: \[[A-Z_]+\])?\Z", re.DOTALL)
_MISSING = re.compile(r'Key not found in map : "?(.*?)"?\Z')
_OVERLOAD = re.compile(r"No matching overloads found : (.*)\Z")
_INDEX = re.compile(r"Index error: index=(-?[0-9]+) size=[0-9]+\Z")


def _said(message: str) -> str:
    """An error of evaluation in cel-go's words, where those are known."""
    matched = _CODE.match(message)
    text = matched[1] if matched else message
    if missing := _MISSING.search(text):
        return f"no such key: {missing[1]}"
    if "<iter_range>" in text:
        return "no such overload: what is gone through is neither a list nor a map"
    if "<jump_condition>" in text:
        return "no such overload: a condition is no bool"
    if overload := _OVERLOAD.search(text):
        return f"no such overload: {_named(overload[1].replace('int64', 'int'))}"
    if index := _INDEX.search(text):
        return f"index out of bounds: {index[1]}"
    if "Applying SELECT to non-message type" in text:
        return "no such key: a field of what is no map"
    return "division by zero" if text == "divide by zero" else text


def _refused(message: str) -> str:
    """All that the compiler said, on one line and without its drawing."""
    matched = _CODE.match(message)
    text = matched[1] if matched else message
    found = re.findall(r"ERROR: <input>:[0-9]+:[0-9]+: (.*)", text)
    said = "; ".join(dict.fromkeys(one.replace(" (in container '')", "") for one in found)) or text
    return readable(_named(_with_hint(said)))


def _named(text: str) -> str:
    """A message with our functions by the names that Kubernetes gives them."""
    return re.sub(r"\b(indexOf|lastIndexOf)_(?!\w)", r"\1", text)


def _with_hint(said: str) -> str:
    """A message that names the function which was probably meant by a misspelt one."""
    from difflib import get_close_matches

    unknown = re.match(r"undeclared reference to '(\w+)'\Z", said)
    near = get_close_matches(unknown[1], _FUNCTIONS, n=1, cutoff=0.8) if unknown else []
    return f"{said} (did you mean {near[0]!r}?)" if near else said


_FUNCTIONS = re.findall(
    r"\w+",
    """
    all exists exists_one existsOne map filter size contains startsWith endsWith matches find findAll lowerAscii
    upperAscii replace split join substring trim charAt indexOf lastIndexOf format isSorted sum min max quantity
    isQuantity isLessThan isGreaterThan compareTo asInteger semver isSemver cidr isCIDR containsIP containsCIDR isIP
    isURL optional orValue hasValue optMap transformList transformMap duration timestamp string
    object oldObject request namespaceObject
    """,
)
"""Names that people misspell."""
