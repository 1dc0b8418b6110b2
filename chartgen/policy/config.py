"""What a policy file says, as a value."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from chartgen.findings import Severity
from chartgen.policy.ignores import Ignore
from chartgen.rules.base import Profile
from chartgen.tuples import NamedTuple

if TYPE_CHECKING:
    from chartgen.changes import Level
    from chartgen.policy.custom import CustomPolicies

NAME = ".chartgen.yaml"
"""The file's name; the nearest one upwards from a chart is the chart's."""

SCENARIO_FILES = ("ci/*-values.yaml", "ci/*-values.yml", "values-*.yaml", "values-*.yml")
"""The files of a chart that hold a scenario's values, unless the policy file says otherwise."""


class NamedScenario(NamedTuple):
    """A scenario of the policy file's own: values files, relative to its folder, and ``--set`` expressions."""

    name: str
    values: tuple[str, ...] = ()
    set_values: tuple[str, ...] = ()


class ReleaseSettings(NamedTuple):
    """What releases of charts are held to: the levels of judgements by id, and whether a changelog has to tell of them.

    ``changelog`` is ``required``, ``kept`` (where there is one) or ``off``. ``switches`` says whether what is behind
    switches that are off by default counts, too.
    """

    levels: "Mapping[str, Level]" = MappingProxyType({})
    changelog: str = "kept"
    switches: bool = True


CHANGELOGS = ("required", "kept", "off")


class Config(NamedTuple):
    """The keys of a policy file, each None or empty where the file does not say.

    ``severities`` holds the rules that are given one, ``off`` those that are switched off, ``options`` a rule's options
    as its own named tuple; a rule that is named in any of the first two of these, and not ``off``, is ``enabled``.
    ``policies`` are files and folders of policies, ``custom`` what they and the command line's hold.
    """

    file: str = ""
    text: str = ""
    profile: Profile | None = None
    compat: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = MappingProxyType({})
    options: Mapping[str, object] = MappingProxyType({})
    off: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    scenarios: tuple[NamedScenario, ...] = ()
    scenario_files: tuple[str, ...] = SCENARIO_FILES
    kube_versions: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    schema_locations: tuple[str, ...] = ()
    baseline: str = ""
    fail_on: str = ""
    release: ReleaseSettings = ReleaseSettings()
    custom: "CustomPolicies | None" = None
