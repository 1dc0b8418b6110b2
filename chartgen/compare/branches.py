"""What the templates of two charts have behind conditions, and where that is not the same on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from chartgen.compare.files import use_of
from chartgen.compare.side import Side
from chartgen.templates.abstract import Parts
from chartgen.templates.parse import parse
from chartgen.templates.syntax import Node, Template
from chartgen.tuples import NamedTuple

_INCLUDES = re.compile(r'\b(?:include|template)\s+"([^"]+)"')
_WORD = re.compile(r"\w[\w-]*")


class Branch(NamedTuple):
    """What stands behind a condition, or a whole template: its text and those of the named templates it includes.

    ``words`` are those of the condition and of the ones around it; of a whole template all.
    """

    words: frozenset[str]
    texts: frozenset[str | bytes]


class Branches:
    """The branches of two charts, held against each other."""

    def __init__(self, old: Side, new: Side) -> None:
        before, after = _Side(old), _Side(new)
        self._all: frozenset[Branch] = frozenset()
        self._differing: frozenset[Branch] = frozenset()
        self._files: frozenset[Branch] = frozenset()
        if before.files != after.files or before.others != after.others:
            self._all = frozenset(before.branches())
            self._differing = self._all ^ frozenset(after.branches())
            self._files = frozenset(before.whole()) ^ frozenset(after.whole())

    def differ(self, switch: Parts) -> bool:
        """Whether what a switch decides about is not the same: a branch that names it in its condition.

        Where no condition does, because it is handed on under another name, all templates that mention it count.
        """
        words = switch[-2:]
        return self.asks(switch) or (_any_names(self._files, words) and not _any_names(self._all, words))

    def asks(self, value: Parts) -> bool:
        """Whether a branch that names a value in its condition is not the same."""
        return _any_names(self._differing, value[-2:])


def _any_names(branches: frozenset[Branch], words: Parts) -> bool:
    return any(one.words.issuperset(words) for one in branches)


class _Side:
    """The templates of one chart, those of its subcharts among them, and the files that they may print."""

    def __init__(self, side: Side) -> None:
        paths = [path for one in side.analysis.family.instances for path in one.templates]
        compared = [path for path in paths if use_of(path) not in ("notes", "test")]
        self.files: Mapping[str, bytes] = {path: side.chart.files[path] for path in compared}
        self.others = frozenset(content for path, content in side.chart.files.items() if use_of(path) == "other")
        self._named: dict[str, str] = {}
        self._parsed: dict[str, Template] = {}

    def _read(self) -> Mapping[str, Template]:
        if not self._parsed:
            for path, content in self.files.items():
                template = self._parsed[path] = parse(content.decode("utf-8", "replace"))
                self._named |= {node.name: template.text[node.start : node.end] for node in template.defines}
        return self._parsed

    def branches(self) -> Iterator[Branch]:
        """All branches of all templates."""
        for template in self._read().values():
            yield from self._below(template, template.nodes, frozenset())

    def _below(self, template: Template, nodes: Sequence[Node], around: frozenset[str]) -> Iterator[Branch]:
        for node in nodes:
            words = around
            if node.pipe is not None and node.kind in ("if", "with", "range"):
                condition = template.text[node.pipe.start : node.pipe.end]
                words = around.union(*(_WORD.findall(text) for text in self._closure(condition)))
                yield Branch(words, self._texts(template.text[node.start : node.end]))
            yield from self._below(template, node.body, words)
            yield from self._below(template, node.other, words)

    def whole(self) -> Iterator[Branch]:
        """The templates that render something, each as a whole."""
        for path, template in self._read().items():
            if not path.rsplit("/", 1)[-1].startswith("_"):
                texts = self._closure(template.text)
                words = frozenset(word for text in texts for word in _WORD.findall(text))
                yield Branch(words, self._texts(template.text))

    def _texts(self, text: str) -> frozenset[str | bytes]:
        texts = self._closure(text)
        return texts | self.others if any(".Files." in one for one in texts) else texts

    def _closure(self, text: str) -> frozenset[str]:
        """A text and those of the named templates that it includes, and that they include."""
        wanted, found = _INCLUDES.findall(text), {text}
        while wanted:
            included = self._named.get(wanted.pop())
            if included is not None and included not in found:
                found.add(included)
                wanted += _INCLUDES.findall(included)
        return frozenset(found)
