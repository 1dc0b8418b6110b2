"""What ``chartgen lint`` has to let pass in a chart, because its spec asks for it in so many words."""

from __future__ import annotations

from chartgen.spec.model import Health, Probe, Security

BASELINE_CAPABILITIES = {
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}  # fmt: skip
"""The capabilities Pod Security ``baseline`` lets a container add."""


def asked(key: str, rule: str, wanted: bool) -> dict[str, str]:
    """The remark behind a value, at the line that begins with ``key``, that allows a rule; none when not ``wanted``."""
    return {key: f"chartgen: allow {rule} - the spec asks for it"} if wanted else {}


def pod_remarks(security: Security) -> dict[str, str]:
    """The remarks in a pod's security context."""
    return {
        **asked("runAsUser", "runs-as-root", security.user == 0),
        **asked("runAsGroup", "root-group", security.group == 0),
        **asked("fsGroup", "root-group", security.group == 0),
    }


def container_remarks(security: Security) -> dict[str, str]:
    """The remarks in a container's security context."""
    beyond = _beyond(security)
    return {
        **asked("privileged", "privileged-container", security.privileged),
        **(asked(f"- {beyond[0]}", "dangerous-capability", True) if beyond else {}),
        **asked("readOnlyRootFilesystem", "writable-root-filesystem", security.writable_root),
    }


def rights(security: Security) -> str:
    """The rules a comment in a template allows, where remarks behind the values are not seen; empty for none.

    A Job that runs once is such a place: its pod template is text before it becomes part of the Job.
    """
    rules = {
        "runs-as-root": security.user == 0,
        "root-group": security.group == 0,
        "privileged-container": security.privileged,
        "dangerous-capability": bool(_beyond(security)),
        "writable-root-filesystem": security.writable_root,
    }
    return ", ".join(rule for rule, wanted in rules.items() if wanted)


def _beyond(security: Security) -> list[str]:
    return [name for name in security.capabilities if name not in BASELINE_CAPABILITIES]


def impatient(health: Health) -> bool:
    """Whether liveness asks what readiness asks, and gives up no later."""
    live, ready = health.liveness, health.readiness
    return live is not None and ready is not None and _question(live) == _question(ready) and (
        live.period * live.failures <= ready.period * ready.failures
    )  # fmt: skip


def _question(probe: Probe) -> tuple[str, str, str, tuple[str, ...]]:
    return probe.kind, probe.path, probe.port, probe.command
