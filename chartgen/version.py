"""Versions and version ranges as Helm reads them: the only door to ``semver``.

Ranges follow Masterminds/semver (``constraints.go``, v3.5), which Helm uses for ``kubeVersion`` and for dependencies:
``>=1.25.0-0``, ``~1.2``, ``^1.2.3``, ``1.x``, ``1.2 - 2.3``, parts joined by blanks or commas, alternatives by ``||``.
A version with a pre-release matches only where the range names one too, hence the ``-0``.
"""

import re

from chartgen.tuples import NamedTuple

_VERSION = (
    r"v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?"
    r"(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?"
)
# Patterns of ranges are texts; `re` compiles and keeps them when first used, since few charts need them.
_OPERATORS = r"=||!=|>|<|>=|=>|<=|=<|~|~>|\^"
_ONE = rf"({_OPERATORS})\s*({_VERSION})"
_GROUP = rf"\s*({_OPERATORS})\s*({_VERSION})\s*((?:\s+|,\s*)({_OPERATORS})\s*({_VERSION})\s*)*"
_RANGE = rf"\s*({_VERSION})\s+-\s+({_VERSION})\s*"
_LOOSE = (
    r"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?"
    r"(?:-([0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*))?(?:\+[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*)?"
)
_KUBERNETES = r"(?s)\s*v?([0-9]+)\.([0-9]+)(?:\.([0-9]+))?(?:\.[0-9]+)*(?![0-9.]).*"
_ANY = ("x", "X", "*")


class Version(NamedTuple):
    """A version, its missing parts taken for 0. Build metadata plays no part in comparing and is not kept."""

    major: int
    minor: int
    patch: int
    pre: str = ""

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Read a version leniently, as Helm does: ``v1.2`` is 1.2.0. Raises ValueError for what is none."""
        if _is_plain(text):
            first, second, third = text.split(".")
            return cls(int(first), int(second), int(third))
        match = re.fullmatch(_LOOSE, text)
        if not match:
            raise ValueError(f"{text!r} is no version")
        major, minor, patch, pre = match.groups()
        return cls(int(major), int(minor or 0), int(patch or 0), pre or "")

    @property
    def numbers(self) -> tuple[int, int, int]:
        """The three numbers, without the pre-release."""
        return (self.major, self.minor, self.patch)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}" + (f"-{self.pre}" if self.pre else "")


def _is_plain(text: str) -> bool:
    """Whether a text is nothing but the three numbers of a version, as most are."""
    parts = text.split(".")
    return (
        len(parts) == 3 and text.isascii() and all(one == "0" or (one.isdecimal() and one[0] != "0") for one in parts)
    )


def is_semver(text: str) -> bool:
    """Whether a text is a version by the letter of SemVer 2: three numbers, no ``v``."""
    if _is_plain(text):
        return True
    import semver  # loads argparse and inspect: 10 ms

    return semver.Version.is_valid(text)


def compare(left: Version, right: Version) -> int:
    """-1, 0 or 1, with pre-releases in the order SemVer gives them."""
    if left.numbers != right.numbers:
        return 1 if left.numbers > right.numbers else -1
    if left.pre == right.pre:
        return 0
    if not left.pre or not right.pre:
        return -1 if left.pre else 1
    import semver

    return semver.Version(0, 0, 0, left.pre).compare(semver.Version(0, 0, 0, right.pre))


def kubernetes(text: str) -> Version:
    """A Kubernetes version, reduced to its numbers as Helm does for ranges: ``v1.33.4-gke.1245000`` is 1.33.4.

    Raises ValueError for what is none; at least two numbers are needed.
    """
    match = re.fullmatch(_KUBERNETES, text)
    if not match:
        raise ValueError(f"{text!r} is no Kubernetes version")
    return Version(int(match[1]), int(match[2]), int(match[3] or 0))


class Range:
    """A version range. Raises ValueError for text that is none."""

    def __init__(self, text: str) -> None:
        text = re.sub(_RANGE, lambda match: f">= {match[1]}, <= {match[11]} ", text)
        self._alternatives = [_parts(part) for part in text.split("||")]

    def __contains__(self, version: Version) -> bool:
        for parts in self._alternatives:
            if version.pre and not any(part.version.pre for part in parts):
                continue
            if all(part.accepts(version) for part in parts):
                return True
        return False


class _Part(NamedTuple):
    """One comparison. ``known`` is how many numbers the range names: 1 in ``1.x``, 3 in ``1.2.3``."""

    operator: str
    version: Version
    known: int

    def accepts(self, version: Version) -> bool:
        operator = self.operator
        if operator in ("", "="):
            return self._tilde(version) if self.known < 3 else compare(version, self.version) == 0
        if operator in ("~", "~>"):
            return self._tilde(version)
        if operator == "^":
            return self._caret(version)
        if operator == "!=":
            return not self._equals(version)
        if operator == ">":
            return self._above(version)
        if operator == "<":
            return compare(version, self.version) < 0
        if operator in (">=", "=>"):
            return compare(version, self.version) >= 0
        return self._not_above(version)

    def _tilde(self, version: Version) -> bool:
        own = self.version
        if compare(version, own) < 0:
            return False
        if own.numbers == (0, 0, 0) and self.known in (0, 3):
            return True
        return version.major == own.major and (version.minor == own.minor or self.known == 1)

    def _caret(self, version: Version) -> bool:
        own = self.version
        if compare(version, own) < 0:
            return False
        if own.major > 0 or self.known == 1:
            return version.major == own.major
        if version.major > 0:
            return False
        if own.minor > 0 or self.known == 2:
            return version.minor == own.minor
        # As in the original, "^*" and "^0.0.0" come to this too.
        return version.minor == 0 and version.patch == own.patch

    def _equals(self, version: Version) -> bool:
        own = self.version
        if self.known == 3:
            return compare(version, own) == 0
        if version.major != own.major:
            return False
        if self.known == 1:
            return True
        if version.minor != own.minor:
            return False
        if self.known == 2:
            return version.pre == own.pre
        return compare(version, own) == 0

    def _above(self, version: Version) -> bool:
        own = self.version
        if self.known in (0, 3) or version.major != own.major:
            return compare(version, own) > 0 if self.known in (0, 3) else version.major > own.major
        return self.known == 2 and version.minor > own.minor

    def _not_above(self, version: Version) -> bool:
        own = self.version
        if self.known == 3:
            return compare(version, own) <= 0
        if version.major != own.major:
            return version.major < own.major
        return self.known == 1 or version.minor <= own.minor


def _parts(text: str) -> list[_Part]:
    if not text:
        return [_Part("", Version(0, 0, 0), 0)]
    if not re.fullmatch(_GROUP, text):
        raise ValueError(f"improper constraint: {text!r}")
    return [_part(match) for match in re.finditer(_ONE, text)]


def _part(match: re.Match[str]) -> _Part:
    numbers = [match[3], *(part.removeprefix(".") for part in (match[4] or "", match[5] or ""))]
    known = next((index for index, number in enumerate(numbers) if number == "" or number in _ANY), 3)
    try:
        major, minor, patch = [int(number) for number in numbers[:known]] + [0] * (3 - known)
    except ValueError:
        raise ValueError(f"improper constraint: {match[0]!r}") from None
    return _Part(match[1], Version(major, minor, patch, match[7] or ""), known)
