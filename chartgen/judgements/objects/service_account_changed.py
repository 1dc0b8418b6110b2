"""The judgement: pods run under another ServiceAccount, or get its token when they did not."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.objects import ObjectPair, ScenarioComparison
from chartgen.judgements.objects._alike import AlikeJudgement, Event
from chartgen.judgements.objects._told import summary


class ServiceAccountChanged(AlikeJudgement):
    """Pods run under another ServiceAccount, or get its token when they did not.

    ## Why
    Identities of clouds (IRSA, Workload Identity), security context constraints and pull secrets are bound to the
    name of the account. oauth2-proxy 3.0.0: "This is a breaking change since the service account is enabled by
    default". A token that is mounted or no longer mounted matters to what calls the API server.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          serviceAccountName: default # here
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          serviceAccountName: web # here
          containers:
            - name: web
              image: "web:1.0"
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          serviceAccountName: default
          terminationGracePeriodSeconds: 60
          containers:
            - name: web
              image: "web:1.0"
    ```
    """

    id = "service-account-changed"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those who bound rights or identities to the old account"
    advice = "tell the name of the new account, and how to set the old one"
    renamed = False

    def events(self, pair: ObjectPair, scenario: ScenarioComparison) -> Iterator[Event]:
        """Point at both accounts; the old and the new name of an account that was renamed are no event of their own."""
        found = [change for change in pair.about("identity") if change.path[-1] != "serviceAccount"]
        if found:
            names = [change for change in found if change.path[-1] == "serviceAccountName"]
            first = (names or found)[0]
            yield Event(summary(found), first.old, first.new, None if names else Level.MINOR)
