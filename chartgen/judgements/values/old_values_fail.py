"""The judgement about values that worked and do not work any more."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.objects import ScenarioComparison
from chartgen.compare.side import VALUES
from chartgen.engine.api import Failure
from chartgen.judgements.base import At, ChartJudgement, Verdict
from chartgen.location import Location


class OldValuesFail(ChartJudgement):
    """Values with which the old chart renders fail with the new one.

    ## Why
    It is a proof: whoever upgrades with these values gets Helm's error. They are the chart's own defaults, or those it
    is tested with (``ci/*-values.yaml``). otel-collector 0.89.0 fails with all six of the old ones. Where it fails with
    a switch turned on that is off by default, it is likely: who turns it on may set more. So it is where a chart has
    begun to check its images and fails with those of another registry, as Bitnami's did in December 2024, which stopped
    everybody who mirrors them (bitnami/charts#30850).

    ## Before
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | default "info" | quote }}
    ```
    ```yaml
    # ci/loud-values.yaml
    level: ""
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ required "a level is needed" .Values.level | quote }} # here
    ```
    ```yaml
    # values.yaml
    level: info
    ```
    ```yaml
    # ci/loud-values.yaml
    level: debug
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.level | quote }}
    ```
    ```yaml
    # values.yaml
    level: info
    ```
    """

    id = "old-values-fail"
    level = Level.MAJOR
    hurts = "whoever upgrades with such values: helm fails"
    advice = "change the values that helm complains about"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the values, and at the template that fails where Helm names it. One failure is told once."""
        told: set[str] = set()
        for scenario in both.scenarios:
            failure = _failure(scenario)
            if failure is None or scenario.old.failure is not None or failure.message in told:
                continue
            told.add(failure.message)
            values = scenario.values_file or VALUES
            message = " ".join(failure.message.split())
            short = message if len(message) <= _LONGEST else f"{message[: _LONGEST - 3]}..."
            which = f"with {scenario.name}, it " if scenario.base is not None else ""
            yield self.verdict(
                f"{which}renders with the old chart and fails with the new one: {short.rstrip('.')}",
                subject=values,
                old=At.file(Location(values)) if both.old.chart.text(values) is not None else None,
                new=_place(both, failure),
                certainty=Certainty.LIKELY if scenario.base is not None else None,  # who has it so may set more
            )


_LONGEST = 300
_OF_THE_RUN = frozenset(("timeout", "memory", "crash"))


def _failure(scenario: ScenarioComparison) -> Failure | None:
    """Why the new chart fails, or what it renders that is no YAML though all that the old one does is."""
    failure = scenario.new.failure
    if failure is not None:
        # What is missing under charts/ is missing on this machine: the package has it.
        is_of_the_run = failure.kind in _OF_THE_RUN or "missing in charts/" in failure.message
        return None if is_of_the_run else failure
    broken = [bad for bad in scenario.new.parsed.bad if bad.kind == "yaml"]
    if not broken or any(bad.kind == "yaml" for bad in scenario.old.parsed.bad):
        return None
    return Failure("render", f"{broken[0].source} is no YAML: {broken[0].message}", broken[0].source)


def _place(both: Comparison, failure: Failure) -> At:
    path = failure.path if failure.path in both.new.chart.files else None
    return At.file(Location(path or VALUES, failure.line if path else None, failure.column if path else None))
