"""Reads a policy file: text -> Config, or every problem in it.

``schemas/policy.v1.schema.json`` says the same for editors. It is not what judges here, because loading jsonschema
takes longer than linting a chart; a test holds that the two agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from chartgen.changes import Level
from chartgen.errors import BadSettings, CannotDo, Problem
from chartgen.findings import Severity
from chartgen.location import Location, Pointer
from chartgen.nearest import nearest
from chartgen.policy.compat import TOOLS
from chartgen.policy.config import CHANGELOGS, Config, NamedScenario, ReleaseSettings
from chartgen.policy.ignores import Ignore
from chartgen.policy.model import expand
from chartgen.policy.options import read_options
from chartgen.rules import catalogue
from chartgen.rules.base import CHOICES, Profile
from chartgen.yamlread import Document, given_twice, read
from chartgen.yamlscalar import YamlError

if TYPE_CHECKING:
    from chartgen.policy.custom import CustomPolicies

FAIL_ON = ("error", "warning", "info", "never")
_LEVELS = (*(severity.value for severity in Severity), "off")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_VERSION = re.compile(r"1\.\d+")
_MOST_GUESSES = 100
"""Problems of a file after which nobody guesses what was meant: no more of them are shown, and guessing takes long."""


ReadPolicies = Callable[[tuple[str, ...]], "CustomPolicies | None"]
"""Reads the user's own policies from the paths that a policy file names."""


Names = Callable[[], Iterable[str]]
"""Gives the ids of all judgements, which are asked for only where a file names one."""


def load_config(
    text: str, *, file: str, policies: ReadPolicies = lambda paths: None, judgements: Names | None = None
) -> Config:
    """The policy in a file's text. Raises BadSettings with every problem found, and what ``policies`` raises.

    Without ``judgements`` every name is taken for one.
    """
    try:
        document = read(text)
    except YamlError as error:
        problem = Problem(error.message, Location(file, error.line, error.column))
        raise BadSettings((problem,), {file: text}) from None
    reader = _Reader(document, file, policies, judgements)
    reader.problems += given_twice(document, file)
    config = reader.config()._replace(file=file, text=text)
    if reader.problems:
        problems = sorted(reader.problems, key=lambda problem: problem.location.sort_key)
        raise BadSettings(tuple(problems), {file: text})
    return config


class _Reader:
    """Reads the parts of one policy file and keeps what is wrong with them; a wrong part reads as empty."""

    def __init__(self, document: Document, file: str, policies: ReadPolicies, judgements: Names | None) -> None:
        self.document = document
        self.file = file
        self.policies = policies
        self.judgements = judgements
        self.custom: tuple[str, ...] = ()
        self.problems: list[Problem] = []

    def config(self) -> Config:
        """The whole file."""
        top = Pointer()
        data = self._mapping(self.document.data, top)
        readers: dict[str, Callable[[Any, Pointer], Any]] = {
            "profile": lambda value, at: Profile(word) if (word := self._word(value, at, CHOICES)) else None,
            "compat": lambda value, at: self._word(value, at, TOOLS),
            "select": self._rules,
            "ignore": self._rules,
            "rules": self._settings,
            "required": self._rules,
            "exclude": self._strings,
            "ignores": self._ignores,
            "scenarios": self._scenarios,
            "scenarioFiles": self._strings,
            "kubeVersions": self._versions,
            "schemaLocations": self._strings,
            "baseline": self._string,
            "failOn": lambda value, at: self._word(value, at, FAIL_ON),
            "release": self._release,
        }
        self._unknown(data, top, (*readers, "policies"))
        # Their names may be used in all the rest.
        policies = self._strings(data.get("policies") or [], top / "policies")
        custom = self.policies(policies)
        self.custom = custom.ids if custom else ()
        found: dict[str, Any] = {"policies": policies}
        for key, value in data.items():
            if key in readers and value is not None:
                found[re.sub("([A-Z])", lambda match: "_" + match[0].lower(), key)] = readers[key](value, top / key)
        return Config(**{**found.pop("rules", {}), **found, "custom": custom})

    def _settings(self, value: Any, at: Pointer) -> dict[str, Any]:
        """``rules``: a rule's severity or ``off``, or a mapping of that and its options."""
        severities: dict[str, Severity] = {}
        options: dict[str, Any] = {}
        off: list[str] = []
        entries = self._mapping(value, at)
        for rule_id, given in entries.items():
            where = at / rule_id
            if not self._known([rule_id], where, key=True):
                continue
            settings = dict(given) if isinstance(given, dict) else {"severity": given}
            level = settings.pop("severity", None)
            if level is not None and (word := self._word(level, where, _LEVELS)):
                if word == "off":
                    off += expand((rule_id,), "rules", self.custom)
                else:
                    severities |= dict.fromkeys(expand((rule_id,), "rules", self.custom), Severity(word))
            if settings:
                self._options(rule_id, settings, where, options)
        # To name a rule is to want it; to name a group is to say how bad its findings are.
        enabled = tuple(rule_id for rule_id in entries if rule_id in catalogue.ids())
        enabled = tuple(rule_id for rule_id in enabled if rule_id not in off)
        return {"severities": severities, "options": options, "off": tuple(off), "enabled": enabled}

    def _options(self, rule_id: str, settings: Mapping[str, Any], where: Pointer, options: dict[str, Any]) -> None:
        try:
            if rule_id in self.custom:
                raise CannotDo(f"{rule_id} is a policy of your own, which has no options", hint="change its file")
            if rule_id not in catalogue.ids():
                raise CannotDo(f"{rule_id} is a group, and only rules have options", hint="name the rule")
            options[rule_id] = read_options(catalogue.rule(rule_id), settings)
        except CannotDo as error:
            self._problem(error.message, where, hint=error.hint, key=True)

    def _release(self, value: Any, at: Pointer) -> ReleaseSettings:
        entry = self._mapping(value, at)
        self._unknown(entry, at, ("levels", "changelog", "switches"))
        given = self._mapping(entry.get("levels"), at / "levels")
        known = tuple(self.judgements()) if given and self.judgements else tuple(given)
        levels = {}
        for name, level in given.items():
            where = at / "levels" / name
            if name not in known:
                meant = self._nearest(name, known)
                hint = f"did you mean {meant!r}?" if meant else "'chartgen diff' names the judgement of each change"
                self._problem(f"unknown judgement {name!r}", where, hint=hint, key=True)
            elif word := self._word(level, where, tuple(one.value for one in Level)):
                levels[name] = Level(word)
        changelog = self._word(entry.get("changelog", "kept"), at / "changelog", CHANGELOGS)
        switches = self._flag(entry.get("switches", True), at / "switches")
        return ReleaseSettings(levels, changelog or "kept", switches)

    def _ignores(self, value: Any, at: Pointer) -> tuple[Ignore, ...]:
        found = []
        for index, given in enumerate(self._list(value, at)):
            where = at / index
            entry = self._mapping(given, where)
            self._unknown(entry, where, ("rule", "path", "object", "reason", "until"))
            if not entry.get("rule"):
                self._problem("an entry of ignores names no rule", where, hint="add rule: <id>")
                continue
            until = str(entry.get("until") or "")
            if until and not _DAY.fullmatch(until):
                self._problem(f"{until!r} is not a day", where / "until", hint="write it as 2027-01-31")
            found.append(
                Ignore(
                    expand(self._rules(entry["rule"], where / "rule"), "ignores", self.custom),
                    self._string(entry.get("reason") or "", where / "reason").strip(),
                    self._at(where / "rule"),
                    self._strings(entry.get("path") or [], where / "path"),
                    self._strings(entry.get("object") or [], where / "object"),
                    until,
                )
            )
        return tuple(found)

    def _scenarios(self, value: Any, at: Pointer) -> tuple[NamedScenario, ...]:
        found = []
        for name, given in self._mapping(value, at).items():
            where = at / name
            entry = self._mapping(given, where)
            self._unknown(entry, where, ("values", "set"))
            values = self._strings(entry.get("values") or [], where / "values")
            found.append(NamedScenario(name, values, self._strings(entry.get("set") or [], where / "set")))
        return tuple(found)

    def _versions(self, value: Any, at: Pointer) -> tuple[str, ...]:
        given = value if isinstance(value, list) else [value]
        versions = tuple(str(one) for one in given)
        for version in versions:
            if not all(isinstance(one, str) for one in given) or not _VERSION.fullmatch(version):
                self._problem(
                    f"{version!r} is not a Kubernetes version", at, hint="write versions as strings: ['1.31', '1.34']"
                )
        return versions

    def _rules(self, value: Any, at: Pointer) -> tuple[str, ...]:
        """Rules and groups, by name."""
        names = self._strings(value, at)
        return tuple(name for name in names if self._known([name], at))

    def _known(self, names: list[str], at: Pointer, *, key: bool = False) -> bool:
        try:
            expand(names, "", self.custom, guess=self._guesses)
        except CannotDo as error:
            self._problem(error.message.removesuffix(" in "), at, hint=error.hint, key=key)
            return False
        return True

    def _strings(self, value: Any, at: Pointer) -> tuple[str, ...]:
        """A list of strings; one string is a list of one."""
        values = [value] if isinstance(value, str) else self._list(value, at)
        return tuple(text for index, one in enumerate(values) if (text := self._string(one, at / index)))

    def _string(self, value: Any, at: Pointer) -> str:
        if isinstance(value, str):
            return value
        self._problem(f"{at.dotted} must be a string (got {value!r})", at)
        return ""

    def _word(self, value: Any, at: Pointer, choices: tuple[str, ...]) -> str:
        # YAML 1.1 reads the word off as false.
        word = "off" if value is False and "off" in choices else value
        if isinstance(word, str) and word in choices:
            return str(word)
        meant = self._nearest(value, choices) if isinstance(value, str) else ""
        self._problem(
            f"{at.dotted}: {value!r} is not one of {', '.join(choices)}",
            at,
            hint=f"did you mean {meant!r}?" if meant else "",
        )
        return ""

    def _flag(self, value: Any, at: Pointer) -> bool:
        if not isinstance(value, bool):
            self._problem(f"{at.dotted} must be true or false (got {value!r})", at)
        return value is True

    def _list(self, value: Any, at: Pointer) -> list[Any]:
        if isinstance(value, list):
            return value
        self._problem(f"{at.dotted} must be a list (got {value!r})", at)
        return []

    def _mapping(self, value: Any, at: Pointer) -> dict[str, Any]:
        if value is None or isinstance(value, dict):
            return value or {}
        self._problem(f"{at.dotted or 'a policy file'} must be a mapping (got {value!r})", at)
        return {}

    def _unknown(self, data: Mapping[str, Any], at: Pointer, known: tuple[str, ...]) -> None:
        for key in data:
            if key not in known:
                meant = self._nearest(key, known)
                hint = f"did you mean {meant!r}?" if meant else f"known are {', '.join(known)}"
                self._problem(f"unknown key {(at / key).dotted!r}", at / key, hint=hint, key=True)

    @property
    def _guesses(self) -> bool:
        return len(self.problems) < _MOST_GUESSES

    def _nearest(self, name: str, known: Iterable[str]) -> str:
        return nearest(name, known) if self._guesses else ""

    def _problem(self, message: str, at: Pointer, *, hint: str = "", key: bool = False) -> None:
        self.problems.append(Problem(message, self._at(at, key=key), hint))

    def _at(self, pointer: Pointer, *, key: bool = False) -> Location:
        return self.document.locate(pointer, key=key, file=self.file)
