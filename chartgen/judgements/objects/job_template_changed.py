"""The judgement: a Job that keeps its name has another pod template."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.compare.immutable import refused
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.base import At, PairJudgement, Verdict
from chartgen.judgements.objects._told import summary
from chartgen.kube.access import get


class JobTemplateChanged(PairJudgement):
    """A Job that keeps its name has another pod template.

    ## Why
    The template of a Job cannot change: once the Job exists, ``helm upgrade`` fails with "field is immutable". An
    image tag or a label with the chart's version is enough, so every release breaks anew (bitnami/minio 12.6.6,
    temporal's charts). A hook, which is deleted and made again, or a name with the revision in it does not have the
    problem, and a finished Job that passes by itself (``ttlSecondsAfterFinished``) seldom: then it is a minor step.

    ## Before
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
    spec:
      template:
        metadata:
          labels: {app: migrate}
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.0" # here
    ```

    ## After
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
    spec:
      template:
        metadata:
          labels: {app: migrate}
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.1" # here
    ```

    ## Not this
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-upgrade
        helm.sh/hook-delete-policy: before-hook-creation
    spec:
      template:
        metadata:
          labels: {app: migrate}
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: "app:1.1"
    ```
    """

    id = "job-template-changed"
    level = Level.MAJOR
    hurts = "everyone who upgrades while the Job exists: Kubernetes refuses the change"
    advice = "delete the Job before the upgrade; better, make it a hook, or give it a name for each release"
    kinds = frozenset({"Job"})

    def check(self, pair: ObjectPair, scenario: ScenarioComparison, both: Comparison) -> Iterator[Verdict]:
        """Point at the first place that cannot change."""
        found = [one.change for one in refused(pair)]
        if found:
            passing = get(pair.old.body, "spec", "ttlSecondsAfterFinished") is not None
            kept = "; the finished Job may be gone by then" if passing else ""
            yield self.verdict(
                f"a Job cannot change once it exists ({summary(found)}){kept}",
                old=At.on(pair.old, found[0].old),
                new=At.on(pair.new, found[0].new),
                level=Level.MINOR if passing else None,
                certainty=Certainty.LIKELY if passing else None,
            )
