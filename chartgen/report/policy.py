"""The policy of a chart as text: what holds, and which file says so."""

from __future__ import annotations

from typing import Any

from chartgen.policy.config import Config, ReleaseSettings
from chartgen.policy.model import Policy
from chartgen.rules import catalogue


def policy_text(config: Config, policy: Policy, format_name: str) -> str:
    """The policy: ``text`` is a policy file that says the same, ``json`` an object with the rules that run."""
    rules = {rule_id: _rule(policy, rule_id) for rule_id in policy.ids()}
    if format_name == "json":
        import json

        return json.dumps({"file": config.file or None, **_settings(config, policy), "rules": rules}, indent=2) + "\n"
    from chartgen.yamlwrite import dump

    head = f"# from {config.file}\n" if config.file else "# no policy file: these are the defaults\n"
    shown = {rule_id: _differs(rule_id, policy) for rule_id in rules}
    settings = _settings(config, policy)
    if changed := {rule_id: entry for rule_id, entry in shown.items() if entry}:
        settings["rules"] = changed
    off = [rule_id for rule_id in config.off if rule_id not in rules]
    if off:
        settings["rules"] = {**settings.get("rules", {}), **dict.fromkeys(off, "off")}
    return f"{head}{dump(settings)}# {len(rules)} of {len(catalogue.ids()) + len(policy.custom_ids)} rules run\n"


def _settings(config: Config, policy: Policy) -> dict[str, Any]:
    """The keys of a policy file with what holds, those that are empty left out."""
    ignores = [
        {
            "rule": list(entry.rules),
            "path": list(entry.paths),
            "object": list(entry.objects),
            "reason": entry.reason,
            "until": entry.until,
        }
        for entry in config.ignores
    ]
    keys: dict[str, Any] = {
        "profile": policy.profile.value,
        "failOn": config.fail_on or "error",
        "select": list(policy.select),
        "ignore": [name for name in policy.ignore if name not in config.off],
        "required": list(config.required),
        "exclude": list(config.exclude),
        "ignores": [{key: value for key, value in entry.items() if value} for entry in ignores],
        "scenarios": {
            one.name: {key: list(value) for key, value in (("values", one.values), ("set", one.set_values)) if value}
            for one in config.scenarios
        },
        "scenarioFiles": list(config.scenario_files),
        "kubeVersions": list(config.kube_versions),
        "policies": list(config.policies),
        "schemaLocations": list(config.schema_locations),
        "baseline": config.baseline,
        "release": _release(config.release),
    }
    return {key: value for key, value in keys.items() if value}


def _release(release: ReleaseSettings) -> dict[str, Any]:
    """What releases are held to, as far as it is not the default."""
    changelog = {"changelog": release.changelog} if release.changelog != ReleaseSettings().changelog else {}
    levels = {name: level.value for name, level in release.levels.items()}
    switches = {} if release.switches else {"switches": False}
    return {**({"levels": levels} if levels else {}), **changelog, **switches}


def _rule(policy: Policy, rule_id: str) -> dict[str, Any]:
    """How a rule runs: its severity, and its options by the names that policy files use."""
    rule = policy.rule(rule_id)
    options = rule.options._asdict() if rule.options else {}
    shown = {
        key.replace("_", "-"): list(value) if isinstance(value, tuple) else value for key, value in options.items()
    }
    return {"severity": policy.severity(rule_id, rule.severity).value, **shown}


def _differs(rule_id: str, policy: Policy) -> dict[str, Any]:
    """What of a rule's settings is not its own default."""
    default = _rule(Policy(custom=policy.custom), rule_id)
    return {key: value for key, value in _rule(policy, rule_id).items() if value != default[key]}
