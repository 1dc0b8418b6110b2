"""Rules about how a workload runs: which keys go with its kind, and what those of a kind may say."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.cron import fault, never
from chartgen.errors import Problem
from chartgen.spec.model import Kind
from chartgen.spec.phrases import either, nearest, question
from chartgen.spec.scope import Scope
from chartgen.spec.units import seconds

RUNNING = (Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET)
ENDING = (Kind.CRON_JOB, Kind.JOB)

KINDS_OF: dict[str, tuple[Kind, ...]] = {
    "replicas": (Kind.DEPLOYMENT, Kind.STATEFUL_SET),
    "vpa": (*RUNNING, Kind.CRON_JOB),
    **dict.fromkeys(("port", "ports", "service", "ingress", "health", "metrics", "lifecycle"), RUNNING),
    "ordered": (Kind.STATEFUL_SET,),
    **dict.fromkeys(("schedule", "timezone", "concurrency", "deadline", "history", "suspend"), (Kind.CRON_JOB,)),
    "run": (Kind.JOB,),
    "ttl": (Kind.JOB,),
    **dict.fromkeys(("backoff", "timeout", "completions", "parallelism"), ENDING),
}
"""The kinds that have a key; what is not listed goes with all of them."""

READS = frozenset(("kind", *KINDS_OF))

REASONS = {
    ("lifecycle", Kind.CRON_JOB): "a CronJob's pods end by themselves",
    ("lifecycle", Kind.JOB): "a Job's pods end by themselves",
    ("replicas", Kind.DAEMON_SET): "a DaemonSet runs one pod on each node",
    ("replicas", Kind.CRON_JOB): "a CronJob runs as many pods as it has work for",
    ("replicas", Kind.JOB): "a Job runs as many pods as it has work for",
    ("vpa", Kind.JOB): "a Job is over before there is anything to recommend",
    ("ttl", Kind.CRON_JOB): "a CronJob keeps its runs by number",
    ("health", Kind.CRON_JOB): "a CronJob's pods end, and their exit code says how they did",
    ("health", Kind.JOB): "a Job's pods end, and their exit code says how they did",
    ("metrics", Kind.CRON_JOB): "a CronJob's pods end before Prometheus has scraped them reliably",
    ("metrics", Kind.JOB): "a Job's pods end before Prometheus has scraped them reliably",
}
"""Why a key does not go with a kind, where there is more to say than whose key it is."""

CURES = {
    ("replicas", Kind.CRON_JOB): "say parallelism and completions instead",
    ("replicas", Kind.JOB): "say parallelism and completions instead",
    ("ttl", Kind.CRON_JOB): "say history instead, e.g. {successful: 3, failed: 1}",
    ("health", Kind.CRON_JOB): "say how long a run may take, e.g. timeout: 1h",
    ("health", Kind.JOB): "say how long it may take, e.g. timeout: 1h",
    ("metrics", Kind.CRON_JOB): "push them to a Pushgateway",
    ("metrics", Kind.JOB): "push them to a Pushgateway",
}


def keys(scope: Scope) -> Iterator[Problem]:
    """Every key goes with the workload's kind."""
    kind = scope.workload.kind
    if kind is Kind.CRON_JOB and "run" in scope.own and "schedule" in scope.own and "kind" not in scope.own:
        yield scope.problem(
            scope.pointer / "run",
            "cannot be combined with 'schedule': a workload runs by the clock or with a deployment",
            hint="remove one of the two",
            code="kind-conflict",
            key=True,
        )
        return
    for key in scope.own:
        kinds = KINDS_OF.get(key, tuple(Kind))
        if kind not in kinds:
            yield scope.problem(
                scope.pointer / key, _reason(key, kind), hint=_cure(scope, key), code="kind-conflict", key=True
            )


def _reason(key: str, kind: Kind) -> str:
    if (key, kind) in REASONS:
        return REASONS[key, kind]
    if KINDS_OF[key] == RUNNING:
        return f"the pods of a {kind} end, and nothing connects to them"
    return f"belongs to a {either(list(KINDS_OF[key]))}, and this workload is a {kind}"


def _cure(scope: Scope, key: str) -> str:
    kind, kinds = scope.workload.kind, KINDS_OF[key]
    if key == "replicas" and kind.ends and "triggers" in scope.given(key):
        return "let it go on running, as a Deployment: with min: 0 there is no pod while there is nothing to do"
    if (key, kind) in CURES:
        return CURES[key, kind]
    if "kind" in scope.own and len(kinds) == 1:
        return f"write kind: {kinds[0]}, or remove {key}"
    if kinds == (Kind.CRON_JOB,) and "run" not in scope.own:
        return "add: schedule: 0 3 * * *"
    if kinds == (Kind.STATEFUL_SET,):
        return "add: kind: StatefulSet"
    if kinds in (ENDING, (Kind.JOB,)) and "kind" not in scope.own:
        return "add: run: pre-deploy" if len(kinds) == 1 else "add a schedule, or run: pre-deploy"
    return f"remove {key}, or write another kind"


def schedule(scope: Scope) -> Iterator[Problem]:
    """A CronJob has a schedule that Kubernetes can read and that comes."""
    chosen = scope.workload.schedule
    if chosen is None:
        return
    place = scope.pointer / "schedule"
    if not chosen.cron:
        yield scope.problem(
            scope.pointer / "kind",
            "a CronJob has a schedule, and 'schedule' is missing",
            hint="add: schedule: 0 3 * * *",
            code="missing-key",
            key=True,
        )
    elif wrong := fault(chosen.cron, zone="timezone"):
        hint = "write minute, hour, day of the month, month and day of the week, e.g. 0 3 * * *"
        if wrong == "the day of the week 7 is not between 0 and 6":
            hint = "Sunday is 0"
        elif "fields, not 5" not in wrong:
            hint = ""
        yield scope.problem(place, f"{chosen.cron!r} is not a schedule: {wrong}", hint=hint, code="schedule")
    elif never(chosen.cron):
        yield scope.problem(
            place, f"{chosen.cron!r} never comes: no month it names has that day", hint="choose another day",
            code="schedule",
        )  # fmt: skip


REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile", "Etc",
    "Europe", "Indian", "Mexico", "Pacific", "US",
)  # fmt: skip
"""The first parts of the names in the IANA time zone database."""

ALONE = (
    "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GMT", "Greenwich", "HST", "Hongkong",
    "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "Navajo",
    "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU",
    "WET", "Zulu",
)  # fmt: skip
"""Its names of one part, without those that only repeat GMT."""


def timezone(scope: Scope) -> Iterator[Problem]:
    """The API refuses a time zone that its database does not have; ``Local`` would be the control plane's own."""
    chosen = scope.workload.schedule
    if chosen is None or not chosen.timezone:
        return
    unknown, near = unknown_zone(chosen.timezone)
    if unknown:
        hint = "leave the key out for the time of the control plane" if chosen.timezone == "Local" else ""
        yield scope.problem(
            scope.pointer / "timezone",
            f"{chosen.timezone!r} is not a time zone{question(near)}",
            hint=hint or ("" if near else "write REGION/CITY of the IANA database, e.g. Europe/Berlin"),
            code="timezone",
        )


def unknown_zone(timezone: str) -> tuple[bool, str]:
    """Whether a time zone is unknown to the IANA database, as far as its first part tells, and what was meant."""
    region, slash, city = timezone.partition("/")
    known = REGIONS if slash else ALONE
    if region in known:
        return False, ""
    if region == "Local" or "+" in region:
        return True, ""
    # Three letters are near to many: who writes CEST or PST means neither EST nor MST.
    found = nearest(region, [name for name in known if len(name) > 3 or name == "UTC"])
    return True, f"{found}{slash}{city}" if found else ""


def durations(scope: Scope) -> Iterator[Problem]:
    """Durations written as text obey the bounds the schema gives to numbers."""
    for key, least, what in (
        ("deadline", 10, "Kubernetes looks every 10 s for runs that are due"),
        ("timeout", 1, "a run needs time"),
        ("ttl", 60, "Helm must see that the Job has finished before it is gone"),
    ):
        given = scope.own.get(key)
        if isinstance(given, str) and seconds(given) < least:
            yield scope.problem(
                scope.pointer / key, f"{given!r} is less than {least}s: {what}", hint=f"write {least}s or more",
                code="out-of-range",
            )  # fmt: skip


def run(scope: Scope) -> Iterator[Problem]:
    """What a Job's settings lead to that nobody means."""
    chosen = scope.workload.run
    if chosen is None:
        return
    if scope.workload.kind is Kind.JOB and not chosen.hooks and "ttl" in scope.own:
        yield scope.problem(
            scope.pointer / "ttl",
            "the next upgrade after that time makes the Job again, which then runs again",
            hint="leave it out for run: once, where the Job stays until its successor comes",
            code="runs-again",
            key=True,
            warning=True,
        )
    if chosen.parallelism > chosen.completions:
        yield scope.problem(
            scope.at("parallelism") if "parallelism" in scope.own else scope.at("completions"),
            f"{chosen.parallelism} pods at the same time are more than the {chosen.completions} that must succeed",
            hint=f"add: completions: {chosen.parallelism}",
            code="parallelism-above-completions",
        )
