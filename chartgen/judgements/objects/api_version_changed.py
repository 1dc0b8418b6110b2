"""The judgement: an object is of another API version."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._told import told


class ApiVersionChanged(AlikeJudgement):
    """An object is of another API version.

    ## Why
    The object in the cluster stays the same one, and the API server converts it. It asks for an API server that
    serves the new version, which those that are still supported mostly do; where the oldest that the chart supports
    does not, kubeVersion has to say so.

    ## Before
    ```yaml
    apiVersion: policy/v1beta1 # here
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels: {app: web}
    ```

    ## After
    ```yaml
    apiVersion: policy/v1 # here
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 1
      selector:
        matchLabels: {app: web}
    ```

    ## Not this
    ```yaml
    apiVersion: policy/v1beta1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      maxUnavailable: 2
      selector:
        matchLabels: {app: web}
    ```
    """

    id = "api-version-changed"
    level = Level.MINOR
    certainty = Certainty.LIKELY
    hurts = "those whose cluster does not serve the new version yet"
    advice = "say from which version of Kubernetes on the chart works (kubeVersion)"

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at both versions."""
        for change in pair.about("api"):
            yield Event(told(change), change.old, change.new)
