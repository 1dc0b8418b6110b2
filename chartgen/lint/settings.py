"""What a run of lint is asked to do."""

from collections.abc import Callable

from chartgen.chart.model import Chart
from chartgen.engine.api import Options
from chartgen.errors import ChartgenError
from chartgen.kube.located import SchemaFiles
from chartgen.lint.scenarios import GivenScenario, GivenValues
from chartgen.policy.config import SCENARIO_FILES
from chartgen.policy.model import Policy
from chartgen.tuples import NamedTuple


class Settings(NamedTuple):
    """What a run is asked to do. ``values`` and ``set_values`` together are one more scenario of every chart.

    ``named`` are the policy file's own scenarios, ``scenario_files`` the patterns of a chart's files that hold one
    each. ``kube_versions`` are the Kubernetes versions the user named, ``schemas`` those brought for custom resources.
    ``where`` is the chart's folder as seen from the policy file's, ``""`` when it is the same. ``fixes`` asks for
    the edits that would cure findings, which costs time.
    """

    policy: Policy = Policy()
    values: tuple[GivenValues, ...] = ()
    set_values: tuple[str, ...] = ()
    options: Options = Options()
    kube_versions: tuple[str, ...] = ()
    schemas: SchemaFiles = SchemaFiles()
    named: tuple[GivenScenario, ...] = ()
    scenario_files: tuple[str, ...] = SCENARIO_FILES
    where: str = ""
    fixes: bool = False


SettingsOf = Callable[[Chart | ChartgenError], Settings]
"""Gives each chart its settings, whose policies are the same value for charts that share one."""

DEFAULTS = Settings()
"""What is asked when nothing is said."""
