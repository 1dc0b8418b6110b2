"""Reads cron schedules as Kubernetes does: robfig/cron's ``ParseStandard``, five fields or a descriptor."""

from __future__ import annotations

import re

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day of the month", 1, 31), ("month", 1, 12), ("day of the week", 0, 6))
_NAMES = {
    3: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    4: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DESCRIPTORS = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
_ANY = frozenset(("*", "?", "*/1", "?/1"))
_EVERY = re.compile(r"@every [+-]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+\Z")


def fault(schedule: str, *, zone: str = "spec.timeZone") -> str:
    """What is wrong with a schedule, or ``""``; ``zone`` is the setting of the time zone, for the message.

    >>> fault("0 25 * * *")
    'the hour 25 is not between 0 and 23'
    """
    text = schedule
    if text.startswith(("TZ=", "CRON_TZ=")):
        return f"a time zone in the schedule is refused; {zone} sets it"
    if text.startswith("@"):
        known = text in _DESCRIPTORS or _EVERY.match(text)
        return "" if known else f"there is no {text!r} (there are {', '.join(_DESCRIPTORS)}, @every 1h)"
    parts = text.split()
    if len(parts) != len(_FIELDS):
        return f"it has {len(parts)} fields, not 5 (minute, hour, day, month, weekday)"
    for index, part in enumerate(parts):
        for item in part.split(","):
            if wrong := _item(item, index):
                return wrong
    return ""


def never(schedule: str) -> bool:
    """Whether a schedule that can be read names only days no month has, such as the 30th of February.

    Where day and weekday are both given, either will do, so the weekday rescues any day.
    """
    parts = schedule.split()
    if len(parts) != len(_FIELDS) or _ANY.isdisjoint(parts[4].split(",")):
        return False
    earliest = min(_numbers(parts[2], 2))
    return all(earliest > _DAYS[month - 1] for month in _numbers(parts[3], 3))


def _numbers(part: str, index: int) -> set[int]:
    """The numbers a field without faults stands for."""
    _, low, high = _FIELDS[index]
    found: set[int] = set()
    for item in part.split(","):
        bounds, slash, step = item.partition("/")
        first, last = low, high
        if bounds not in ("*", "?"):
            ends = [_number(text, index) or low for text in bounds.split("-", 1)]
            first, last = ends[0], ends[-1] if len(ends) > 1 or not slash else high
        found.update(range(first, last + 1, int(step or 1)))
    return found


def _item(item: str, index: int) -> str:
    what, low, high = _FIELDS[index]
    bounds, slash, step = item.partition("/")
    if slash and not (step.isdecimal() and int(step) > 0):
        return f"the step {step!r} of the {what} is no positive number"
    if bounds in ("*", "?"):
        return ""
    numbers = []
    for text in bounds.split("-", 1):
        number = _number(text, index)
        if number is None:
            return f"{text!r} is no {what}"
        if not low <= number <= high:
            return f"the {what} {number} is not between {low} and {high}"
        numbers.append(number)
    return f"the {what} {bounds} begins after its end" if numbers[0] > numbers[-1] else ""


def _number(text: str, index: int) -> int | None:
    names = _NAMES.get(index, [])
    if text.lower() in names:
        return names.index(text.lower()) + (1 if index == 3 else 0)
    return int(text) if text.isdecimal() and text.isascii() else None
