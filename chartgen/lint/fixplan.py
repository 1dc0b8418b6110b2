"""Fixes -> changes of files: every way in which a field may be changed where it comes from, the likeliest first.

A field that values.yaml holds is changed there; one that the template spells out is changed in the template; one that
is missing goes into the values that are printed around it, into the values whose absence leaves it out, or into the
template. Which of them does what the fix wants, and nothing else, is found out by rendering again.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from chartgen.fielddata import CannotEdit
from chartgen.findings import Finding
from chartgen.fixes import (
    Action,
    Edit,
    Fix,
    OmitField,
    QuoteField,
    RemoveDuplicates,
    RemoveField,
    RenameField,
    Repair,
    ReplaceText,
    SetField,
)
from chartgen.lint import fixinsert as insert
from chartgen.lint import fixliteral as literal
from chartgen.lint.drafts import Draft
from chartgen.lint.fixcomments import comment_removal
from chartgen.lint.fixops import Conflict, FieldOp, Op, Plan, TextOp, edits
from chartgen.lint.fixsources import VALUES, Template, named_values
from chartgen.lint.places import Places
from chartgen.lint.subject import Subject
from chartgen.lint.targets import Target
from chartgen.location import Location, Pointer

_MOST = 6
"""Ways that are tried for one fix."""

MOST_READ = 32 << 20
"""Bytes of the files that are edited, for all edits of one chart together: twice what public charts need."""


class Planner:
    """Finds the ways to make the fixes of one chart."""

    def __init__(self, subject: Subject, places: Places) -> None:
        self._subject = subject
        self._places = places
        self._templates: dict[tuple[str, str], Template] = {}
        self._left = MOST_READ

    def planned(self, draft: Draft, finding: Finding) -> Finding:
        """The finding of a draft with the edits that would cure it; its plan is kept with the subject."""
        if draft.fix is None:
            return finding
        plan = self._plan(draft, draft.fix, finding)
        return self._noted(plan)

    def without_comment(self, where: Location, finding: Finding) -> Finding:
        """A finding about a comment, with the edits that would take it out, where that is the cure."""
        fix = comment_removal(finding, where, self._subject.chart)
        if fix is None:
            return finding
        return self._noted(Plan(finding, fix, None, (tuple(_text_op(action) for action in fix.actions),)))

    def _noted(self, plan: Plan) -> Finding:
        finding = plan.finding
        edits = tuple(edit._replace(file=self._subject.chart.display(edit.file)) for edit in self._edits(plan))
        if self._left < 0:
            plan = plan._replace(ways=(), obstacle=plan.obstacle or "too much in its file is to be fixed at a time")
        repair = Repair(plan.fix.description, plan.fix.safe, edits, plan.obstacle)
        plan = plan._replace(finding=finding._replace(fix=repair))
        self._subject.plans.append(plan)
        return plan.finding

    def _plan(self, draft: Draft, fix: Fix, finding: Finding) -> Plan:
        scenario = draft.scenarios[0] if draft.scenarios else ""
        try:
            each = [self._ways(target, scenario) for target in draft.targets]
        except CannotEdit as error:
            return Plan(finding, fix, _owner(draft), (), str(error))
        number = max(map(len, each), default=0)
        ways = [tuple(op for ways in each for op in ways[min(n, len(ways) - 1)]) for n in range(number)]
        return Plan(finding, fix, _owner(draft), unique(ways))

    def _edits(self, plan: Plan) -> tuple[Edit, ...]:
        """The edits of the likeliest way of a plan that can be made; their files are those of the chart."""
        for way in plan.ways:
            self._left -= sum(len(self._subject.chart.files.get(op.file, b"")) for op in way)
            if self._left < 0:
                return ()
            try:
                return edits(self._subject.chart, way)
            except (CannotEdit, Conflict):
                continue
        return ()

    def _ways(self, target: Target, scenario: str) -> list[tuple[Op, ...]]:
        """The ways to make one change. Raises CannotEdit when there is none."""
        obstacles: list[str] = []
        found = list(islice(self._found(target, scenario, obstacles), _MOST))
        if not found:
            raise CannotEdit(obstacles[0] if obstacles else "it is not known where it comes from")
        return found

    def _found(self, target: Target, scenario: str, obstacles: list[str]) -> Iterator[tuple[Op, ...]]:
        action = target.action
        if isinstance(action, ReplaceText):
            yield (_text_op(action),)
            return
        if not target.source:
            assert not isinstance(action, OmitField)
            yield (FieldOp(action),)
            return
        template = self._template(scenario, target.source)
        if isinstance(action, OmitField):
            yield literal.guarded(template, target, self._subject.chart.text(action.source) or "")
            return
        of_values = self._in_values(target, template, obstacles)
        in_template = insert.insertions if target.missing else literal.changes
        if not isinstance(action, QuoteField):  # a number in values stays one: whoever sets it need not know
            yield from of_values
        if not template.is_editable:
            obstacles.append("its template belongs to a dependency")
            return
        try:
            yield from in_template(template, target)
        except CannotEdit as error:
            obstacles.append(str(error))
            yield from of_values
            yield from self._guesses(target, template)

    def _in_values(self, target: Target, template: Template, obstacles: list[str]) -> Iterator[tuple[Op, ...]]:
        """Changes of values.yaml."""
        action = target.action
        assert not isinstance(action, ReplaceText | OmitField)
        if isinstance(action, RemoveDuplicates) or VALUES not in self._subject.chart.files:
            return
        holders = [*template.holders(target)]
        if target.missing and isinstance(action, SetField):
            holders = [(path, (*rest, *target.missing)) for path, rest in holders]
            hidden = insert.hidden(template, target)
            holders += [(path, target.missing[1:]) for path in hidden]
        elif isinstance(action, SetField | QuoteField):
            holders += [(path, ()) for path in literal.whole_values(template, target)]
        if isinstance(action, SetField) and not target.missing:
            yield from self._within(target, template, action, obstacles)
        for path, rest in holders:
            held = template.held(path + Pointer(rest))
            if isinstance(held, str) and "{{" in held:
                obstacles.append(f"{(path + Pointer(rest)).dotted} is a template itself")
                continue
            try:
                yield (FieldOp(_moved(action, template.in_values(path, rest))),)
            except CannotEdit as error:
                obstacles.append(str(error))

    def _within(
        self, target: Target, template: Template, action: SetField, obstacles: list[str]
    ) -> Iterator[tuple[Op, ...]]:
        """Changes of values that are a part of a text: of ``image.repository`` for an image in another registry."""
        if not isinstance(target.value, str) or not isinstance(action.value, str):
            return
        old, new = literal.difference(target.value, action.value)
        for path in template.paths(template.near(target.levels[-1].line)):
            held = template.held(path)
            if old and isinstance(held, str) and held != target.value and held.count(old) == 1:
                try:
                    moved = SetField(template.in_values(path), held.replace(old, new), VALUES)
                    yield (FieldOp(moved),)
                except CannotEdit as error:
                    obstacles.append(str(error))

    def _guesses(self, target: Target, template: Template) -> Iterator[tuple[Op, ...]]:
        """Changes of values that a named template may print as the field: those of its name, beside its key."""
        action = target.action
        if not isinstance(action, SetField) or VALUES not in self._subject.chart.files:
            return
        parts = (*target.parts, *target.missing)
        for number in range(len(parts) - 1, len(target.parts) - 3, -1):
            if number < 0 or not isinstance(parts[number], str):
                continue
            for path in named_values(self._subject.chart, str(parts[number])):
                with suppress(CannotEdit):
                    yield (FieldOp(_moved(action, template.in_values(path, parts[number + 1 :]))),)

    def _template(self, scenario: str, source: str) -> Template:
        key = (scenario, source)
        if key not in self._templates:
            traced = self._places.traced(scenario, source)
            if traced is None:
                raise CannotEdit("it is not known where it comes from")
            self._templates[key] = Template(self._subject, scenario, source, traced)
        return self._templates[key]


def _text_op(action: Action) -> TextOp:
    assert isinstance(action, ReplaceText)
    where = action.location
    first, last = (where.line or 1, where.column or 1), (where.end_line or 1, where.end_column or 1)
    return TextOp(where.file or "", *first, *last, action.text)


def unique(ways: Iterable[tuple[Op, ...]]) -> tuple[tuple[Op, ...], ...]:
    """Each way once, in order."""
    found: list[tuple[Op, ...]] = []
    for way in ways:
        if way not in found:
            found.append(way)
    return tuple(found)


def _moved(action: Any, pointer: Pointer) -> SetField | RemoveField | RenameField | QuoteField:
    """The same action on a field of values.yaml."""
    moved = action._replace(pointer=pointer, file=VALUES)
    assert isinstance(moved, SetField | RemoveField | RenameField | QuoteField)
    return moved


def _owner(draft: Draft) -> tuple[str, str, str] | None:
    owner = draft.owner
    return (owner.source, owner.ref.partition("/")[0], owner.name) if owner else None
