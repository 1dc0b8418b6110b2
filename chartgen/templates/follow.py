"""Follows templates without running them: which values each expression may be, and which are read on the way.

Both sides of every branch are followed, loops once or twice, named templates once for every different context. What is
not understood counts as using everything it is given, so that a value is never called unused by mistake.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chartgen.templates.abstract import (
    OPAQUE,
    Const,
    Dict,
    Form,
    Items,
    Parts,
    Path,
    Root,
    Value,
    identity,
    options,
    union,
)
from chartgen.templates.conditions import paths, set_when
from chartgen.templates.demands import as_yaml
from chartgen.templates.expressions import Evaluator
from chartgen.templates.nodes import fails, prints, says_gone
from chartgen.templates.parse import parse
from chartgen.templates.reads import Mention, Reads, Shown, Visit
from chartgen.templates.summaries import Summary, abstracted, filled, outline
from chartgen.templates.syntax import Node, Template

_DEEPEST = 60
"""Named templates within each other; Helm itself stops at 1,000."""

_NOTES = "templates/NOTES.txt"

_CHANGES = re.compile(r"\$\w+\s*=[^=]|\b(?:set|unset|(?:mustM|m)erge(?:Overwrite)?)\b")


class Define:
    """A named template and the file it is in."""

    __slots__ = ("file", "node", "template")

    def __init__(self, file: str, template: Template, node: Node) -> None:
        self.file = file
        self.template = template
        self.node = node


class Follower(Evaluator):
    """Follows the templates of one family of charts; what it finds is in ``reads``.

    ``values`` are the default values of the chart at the top, ``roots`` the contexts of all charts by their place in
    them, ``defines`` the named templates by name. ``contexts`` are those that ``tpl`` was given with unknown texts;
    ``unknown`` are the named templates that are used and not there: in a chart that it ``lacks``, or a mistake.
    """

    def __init__(
        self, values: Mapping[str, Any], defines: Mapping[str, Sequence[Define]], roots: Mapping[Parts, Root]
    ) -> None:
        super().__init__(values, roots)
        self.defines = defines
        self.contexts: dict[object, Value] = {}
        self.unknown: set[str] = set()
        self.lacks = False
        self._branch = -1
        self._depth = 0
        self._done: dict[object, Summary | None] = {}
        self._printed: list[Value] = []

    def follow(self, path: str, template: Template, context: Value) -> None:
        """Follow a template of a chart from its beginning. Raises GaveUp."""
        self.idle = int(path.endswith(_NOTES))
        self._enter(path, template, template.nodes, context)
        self.idle = 0

    def text(self, text: str, context: Value) -> None:
        """Follow a text that ``tpl`` renders. Raises GaveUp."""
        key = ("tpl", text, identity(context))
        if "{{" in text and self._depth < _DEEPEST and key not in self._done:
            self._done[key] = None
            template = parse(text)
            self._enter("", template, template.nodes, context)

    def include(self, names: Value, context: Value) -> Value:
        """Follow the named templates that ``include`` may mean; gives what they print, if that is written out."""
        defines = [(define, isinstance(name, Const)) for name in options(names) for define in self._named(name)]
        if not defines:
            self._hand_over(names, context)
        if not defines or self._depth >= _DEEPEST:
            return OPAQUE
        places: dict[Parts, str] = {}
        call = self.call
        shape = outline(context, places)
        bindings = {placeholder: parts for parts, placeholder in places.items()}
        found: list[Value] = []
        for define, is_sure in defines:
            key = (define, shape)
            if key not in self._done:
                self._done[key] = None  # it may include itself
                self._done[key] = self._summary(define, abstracted(context, places))
            summary, self.call = self._done[key], call
            if summary is not None and summary.changes:
                self._enter(define.file, define.template, define.node.body, context)
                summary = None
            if summary is not None:
                summary.note(self, bindings, is_sure=is_sure)
                for one in summary.contexts:
                    self._remember(filled(one, bindings))
            found.append(OPAQUE if summary is None else summary.printed)
        return union(tuple(found))

    def _hand_over(self, names: Value, context: Value) -> None:
        """A named template that nobody knows: what it is handed may be used, with all that is in it."""
        self.unknown.update(str(name.value) for name in options(names) if isinstance(name, Const))
        for option in options(context):
            items = option.items if isinstance(option, Items) else (option,)
            held = option.held() if isinstance(option, Dict) else items
            self.use_all(one for one in held if self.lacks or not isinstance(one, Root))

    def _summary(self, define: Define, context: Value) -> Summary:
        """Follow a named template by itself."""
        saved = (self.reads, self.known, self.contexts, self._printed, self.idle, self.aside, self.changes)
        self.reads, self.known, self.contexts, self._printed = Reads(), frozenset(), {}, []
        self.idle = self.aside = 0
        self._enter(define.file, define.template, define.node.body, context)
        printed = _text(self._printed, define)
        summary = Summary(self.reads, printed, list(self.contexts.values()), changes=self.changes != saved[-1])
        self.reads, self.known, self.contexts, self._printed, self.idle, self.aside, self.changes = saved
        return summary

    def _remember(self, context: Value) -> None:
        """Keep a context that ``tpl`` was given with a text nobody knows."""
        for one in options(context):
            self.contexts.setdefault(identity(one), one)

    def _named(self, name: Value) -> Iterable[Define]:
        if isinstance(name, Const):
            return self.defines.get(str(name.value), ())
        pattern = re.compile(name.pattern if isinstance(name, Form) else ".*", re.DOTALL)
        return [one for known, each in self.defines.items() if pattern.fullmatch(known) for one in each]

    def _enter(self, path: str, template: Template, nodes: Sequence[Node], context: Value) -> None:
        place = (self.file, self.template, self.rooted, self.known)
        state = (self._dot, self._branch, self._scopes, self._levels)
        self.file, self.template, self.rooted = path, template, isinstance(context, Root)
        self._dot, self._branch = context, -1
        self._scopes, self._levels = [{"$": context}], [self._level]
        self._depth += 1
        self._run(nodes)
        self._depth -= 1
        self.file, self.template, self.rooted, self.known = place
        self._dot, self._branch, self._scopes, self._levels = state

    # Nodes.

    def _run(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            kind = node.kind
            if kind == "action":
                assert node.pipe is not None
                value = self._pipe(node.pipe)
                if not node.pipe.names:
                    self._printed.append(value)
                    self._show(node, value)
                    self.use(value)
            elif kind in ("if", "with", "range"):
                self._block(node)
            elif kind in ("template", "block"):
                context = self._pipe(node.pipe) if node.pipe else OPAQUE
                self.call = (node.start, node.head)
                self.include(Const(node.name), context)

    def _show(self, node: Node, value: Value) -> None:
        """Note what an action prints: the value of its pipeline, or what that makes YAML of."""
        if not self.rooted or self.template is None or not self.file:
            return
        assert node.pipe is not None
        indent = None
        made = as_yaml(node.pipe)
        if made is not None:
            value, indent = self.value(made[0]), made[1]
        mention = Mention(self.file, self.template, node.start, node.end)
        self.reads.shown += [Shown(one.parts, mention, indent) for one in options(value) if isinstance(one, Path)]

    def _block(self, node: Node) -> None:
        assert node.pipe is not None
        dot, filled, branch = self._dot, self.known, self._branch
        self._scopes.append({})
        ends = node.kind != "range" and any(map(fails, node.body))
        self.idle += ends
        value = self._pipe(node.pipe, declares=node.kind != "range")
        turns = _turns(value) if node.kind == "range" else ()
        self._level += not turns
        self._levels.append(self._level)
        if node.kind == "range":
            self.note(self.reads.ranged, value)
            self._loop(node, value, turns)
        else:
            self._dot = value if node.kind == "with" else dot
            self._within(node, node.body, value, holds=True)
        self.idle -= ends
        self._dot, self.known = dot, filled
        aside = self.is_full_map(value)
        self.aside += aside
        self._within(node, node.other, value, holds=False)
        self.aside -= aside
        self.known, self._branch = filled, branch
        self._scopes.pop()
        self._levels.pop()
        self._level -= not turns
        if node.kind == "if" and ends:
            self.known |= set_when(value, False)
        if node.kind == "if" and (ends or (self.template and says_gone(self.template.text, self.file, node))):
            self.reads.retired |= set_when(value, True).intersection(paths(value))

    def _within(self, node: Node, body: Sequence[Node], value: Value, *, holds: bool) -> None:
        if not body:
            return
        self.known |= set_when(value, holds)
        outer = self._branch
        if self.template is not None and self.file and not self.file.startswith("charts/"):
            self.reads.visits.append(Visit(self.file, self.template, node, value, holds, outer))
            self._branch = len(self.reads.visits) - 1
        self._run(body)
        self._branch = outer

    def _loop(self, node: Node, value: Value, turns: Sequence[Sequence[Value]]) -> None:
        """Follow a loop: turn by turn where a list was written out, otherwise with any item, twice if that matters."""
        assert node.pipe is not None
        names = node.pipe.names
        if not turns:
            self._dot = items = self.items(value)
            self._scopes[-1].update(dict.fromkeys(names, items))
            if len(names) == 2:
                known = isinstance(value, Dict) and value.rest is None and not value.merged
                keys = tuple(map(Const, value.entries)) if known and isinstance(value, Dict) else ()
                self._scopes[-1][names[0]] = union(keys)
            self._within(node, node.body, value, holds=True)
            if self.template and _CHANGES.search(self.template.text, node.start, node.end):
                self._run(node.body)
            return
        before = [dict(scope) for scope in self._scopes]
        after: list[list[dict[str, Value]]] = []
        for turn in turns:
            self._scopes = [dict(scope) for scope in before]
            for item in turn:
                self._dot = item
                self._scopes[-1].update(dict.fromkeys(names, item))
                if len(names) == 2:
                    self._scopes[-1][names[0]] = OPAQUE
                self._within(node, node.body, value, holds=True)
            after.append(self._scopes)
        self._scopes = [
            {name: union(tuple(end[place].get(name, old) for end in after)) for name, old in scope.items()}
            for place, scope in enumerate(before)
        ]

    def tpl(self, text: Value, context: Value) -> None:
        """Follow a text that is rendered as a template; what is not known of it may be any text of the chart."""
        for option in options(text):
            if isinstance(option, Const) and isinstance(option.value, str):
                self.text(option.value, context)
            else:
                self.use(option)
                self._remember(context)


def _text(printed: Sequence[Value], define: Define) -> Value:
    """What a named template prints when that is one action, whose value is written out somewhere."""
    constant = len(printed) == 1 and all(isinstance(option, Const) for option in options(printed[0]))
    return printed[0] if constant and prints(define.template.text, define.node.body) == 1 else OPAQUE


_MOST_TURNS = 12


def _turns(value: Value) -> Sequence[Sequence[Value]]:
    """The lists that a loop may go through, when they are short and written out; otherwise none."""
    lists = [option.items for option in options(value) if isinstance(option, Items)]
    short = sum(map(len, lists)) <= _MOST_TURNS and all(isinstance(item, Const | Path) for one in lists for item in one)
    return lists if lists and len(lists) == len(options(value)) and short else ()
