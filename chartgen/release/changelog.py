"""Puts a release into a changelog, in the manner the file has: Keep a Changelog's or a flat list.

What stood under ``Unreleased`` becomes the release's. Nothing else changes, but the links at the end where there are
some. A release that is in the file already is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartgen.fielddata import CannotEdit
from chartgen.release.entries import ALLOWED, CATEGORIES, Entry, grouped, written

NEW = """\
# Changelog

All notable changes to this chart are listed here, in the form of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/);
versions follow [Semantic Versioning](https://semver.org/).
"""
"""How a changelog begins that was not there before."""

_VERSION = r"v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"
_HEADING = re.compile(
    rf"^(?P<hashes>\#{{1,4}})[ \t]+(?:<small>)?(?P<open>\[?)(?P<name>[\w.-]*?[-@ ])?(?P<version>{_VERSION})"
    r"(?P<close>\]?)(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_UNRELEASED = re.compile(r"^(?P<hashes>#{1,4})[ \t]+\[?unreleased\]?[^\n]*$", re.MULTILINE | re.IGNORECASE)
_OTHER_HEADING = re.compile(
    rf"^(?:\*\*|__|(?=[^\n]+\n[-=]{{3}}))\[?(?:[\w.-]*?[-@ ])?(?P<version>{_VERSION})", re.MULTILINE
)
"""How a release may be headed, too: in bold, or with a line below."""

_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|^(?P<fence>```|~~~).*?(?:^(?P=fence)|\Z)", re.MULTILINE | re.DOTALL)
_DATE = r"\d{4}-\d\d-\d\d"
_REFERENCE = re.compile(r"^\[(?P<name>[^\]\n]+)\]:[ \t]*(?P<url>\S+)[ \t]*\r?$", re.MULTILINE)


def _seen(text: str) -> str:
    """A text as long as before, with blanks for comments and blocks of code: a heading in one is an example."""
    return _UNSEEN.sub(lambda match: re.sub(r"[^\r\n]", " ", match[0]), text)


def holds(text: str, version: str) -> bool:
    """Whether a changelog has an entry for a version."""
    seen = _seen(text)
    found = [*_HEADING.finditer(seen)] or [*_OTHER_HEADING.finditer(seen)]
    return any(match["version"].removeprefix("v") == version.removeprefix("v") for match in found)


def allowed(text: str, version: str) -> str:
    """Why a version may break something, as its entry says; ``""`` when it does not."""
    for match in _HEADING.finditer(_seen(text)):
        if match["version"].removeprefix("v") == version.removeprefix("v"):
            section = text[match.end() : _end_of_section(text, match)]
            found = re.search(rf"{re.escape(ALLOWED)}[ \t]*(?P<reason>\S[^\n]*)", section)
            return found["reason"].strip() if found else ""
    return ""


def unreleased(text: str) -> str:
    """What stands under ``Unreleased``; ``""`` when there is nothing."""
    match = _UNRELEASED.search(_seen(text))
    return text[match.end() : _end_of_section(text, match)].strip() if match else ""


def listed(section: str) -> tuple[Entry, ...]:
    """The entries that people wrote under headings of categories; what stands elsewhere has changed."""
    found: list[Entry] = []
    category = "Changed"
    for line in section.splitlines():
        heading = re.fullmatch(r"#+[ \t]+(\w+)[ \t]*", line)
        if heading:
            category = heading[1].capitalize() if heading[1].capitalize() in CATEGORIES else "Changed"
        elif bullet := re.fullmatch(
            r"[-*+][ \t]+(?P<breaking>\*\*breaking:?\*\*:?[ \t]*)?(?P<text>\S.*)", line, re.IGNORECASE
        ):
            found.append(Entry(category, bullet["text"].strip(), bool(bullet["breaking"])))
        elif found and line.startswith((" ", "\t")) and line.strip():
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.strip()}")
    return tuple(found)


def with_release(text: str, version: str, *, day: str, entries: Sequence[Entry], previous: str = "") -> str:
    """The changelog with a release. ``day`` is ``2026-11-26``; ``previous`` the version before, for the links.

    Raises CannotEdit for one whose releases are headed in another way than with ``#``, and where a comment or a block
    of code that nothing ends would swallow the release.
    """
    if holds(text, version):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    seen = _seen(text)
    known = _HEADING.search(seen)
    pending = _UNRELEASED.search(seen)
    if known is None and pending is None and _OTHER_HEADING.search(seen):
        raise CannotEdit("its releases have no headings that begin with #")
    hand = unreleased(text).replace("\r\n", "\n")
    body = _merged(hand, entries if not hand else [one for one in entries if one.breaking], _manner(text))
    heading = _heading(known, pending, version, day)
    block = f"{heading}\n\n{body}\n" if body else f"{heading}\n"
    if pending:
        start, end = pending.end(), _end_of_section(text, pending)
        start -= text[:start].endswith("\r")
        rest = text[end:]
        text = text[:start] + f"\n\n{block}".replace("\n", newline) + (newline if rest.strip() else "") + rest
    elif known:
        at = known.start()
        text = text[:at] + f"{block}\n".replace("\n", newline) + text[at:]
    else:
        references = _REFERENCE.search(seen)
        at = references.start() if references else len(text)
        gap = "" if not text or text.endswith(newline * 2) else newline if text.endswith("\n") else newline * 2
        after = newline if references else ""
        text = text[:at] + gap + block.replace("\n", newline) + after + text[at:]
        if not holds(text, version):
            raise CannotEdit("a comment or a block of code in it does not end")
    return _with_link(text, version, previous, newline)


def _end_of_section(text: str, heading: re.Match[str]) -> int:
    """Where what stands under a heading ends: at the next one of its rank or above, at the links, or with the text."""
    level = len(heading["hashes"])
    following = re.compile(rf"^(?:#{{1,{level}}}[ \t]|\[[^\]\n]+\]:[ \t])", re.MULTILINE)
    match = following.search(_seen(text), heading.end())
    return match.start() if match else len(text)


def _heading(known: re.Match[str] | None, pending: re.Match[str] | None, version: str, day: str) -> str:
    """A heading like the last release's; Keep a Changelog's where there is none."""
    if known is None:
        hashes = pending["hashes"] if pending else "##"
        return f"{hashes} [{version}] - {day}" if pending and "[" in pending[0] else f"{hashes} {version} - {day}"
    shown = f"v{version}" if known["version"].startswith("v") and not version.startswith("v") else version
    rest = known["rest"]
    dated = ""
    if re.match(rf"[ \t]*\({_DATE}\)", rest):
        dated = f" ({day})"
    elif separated := re.match(rf"(?P<separator>[ \t]+[-/:\u2013\u2014]?[ \t]*){_DATE}", rest):
        dated = f"{separated['separator']}{day}"
    return f"{known['hashes']} {known['open']}{known['name'] or ''}{shown}{known['close']}{dated}"


def _manner(text: str) -> tuple[str, str]:
    """The bullet of a changelog, and the heading of its categories, ``""`` where it has none."""
    bullet = re.search(r"^([-*+])[ \t]", text, re.MULTILINE)
    category = re.search(rf"^(#{{2,5}})[ \t]+(?:{'|'.join(CATEGORIES)})[ \t]*\r?$", text, re.MULTILINE | re.IGNORECASE)
    has_releases = _HEADING.search(text) is not None
    return bullet[1] if bullet else "-", category[1] if category else "" if has_releases else "###"


def _merged(hand: str, entries: Sequence[Entry], manner: tuple[str, str]) -> str:
    """What people wrote, with the entries at the end of their categories."""
    bullet, hashes = manner
    if not hashes:
        flat = [f"{bullet} {written(one)}" for one in entries]
        return "\n".join([hand, *flat] if hand else flat)
    text = hand
    for category, found in grouped(entries).items():
        lines = "\n".join(f"{bullet} {written(one)}" for one in found)
        heading = re.search(rf"^#+[ \t]+{category}[ \t]*$", text, re.MULTILINE | re.IGNORECASE)
        if heading is None:
            text += ("\n\n" if text else "") + f"{hashes} {category}\n\n{lines}"
            continue
        following = re.compile(r"^#", re.MULTILINE).search(text, heading.end())
        end = following.start() if following else len(text)
        before = text[:end].rstrip()
        text = f"{before}\n{lines}" + (f"\n\n{text[end:]}" if following else "")
    return text


def _with_link(text: str, version: str, previous: str, newline: str) -> str:
    """The text with a link to the release beside those to earlier ones, where it can be told what it is."""
    if not previous or f"[{version}]:" in text:
        return text
    links = {match["name"].lower(): match for match in _REFERENCE.finditer(_seen(text))}
    pending, last = links.get("unreleased"), links.get(previous.lower())
    if pending and (parts := re.fullmatch(r"(?P<base>.*/compare/)(?P<old>.+?)\.\.\.(?P<head>.+)", pending["url"])):
        if previous not in parts["old"]:
            return text
        tag = parts["old"].replace(previous, version)
        lines = (
            f"[{pending['name']}]: {parts['base']}{tag}...{parts['head']}{newline}"
            f"[{version}]: {parts['base']}{parts['old']}...{tag}"
        )
        end = pending.end() - pending[0].endswith("\r")
        return text[: pending.start()] + lines + text[end:]
    if last and previous in last["url"]:
        compared = re.fullmatch(r"(?P<base>.*/compare/)(?P<old>.+?)\.\.\.(?P<head>.+)", last["url"])
        url = last["url"].replace(previous, version)
        if compared:
            url = f"{compared['base']}{compared['head']}...{compared['head'].replace(previous, version)}"
        return text[: last.start()] + f"[{version}]: {url}{newline}" + text[last.start() :]
    return text
