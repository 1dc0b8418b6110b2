"""The judgement: a webhook is asked about more, or stops more when it does not answer."""

from collections.abc import Sequence

from chartgen.absent import ABSENT
from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._fields import FieldsJudgement


class WebhookTightened(FieldsJudgement):
    """A webhook is asked about more, or stops more when it does not answer.

    ## Why
    While the webhook's pods are away, nobody can write what it is asked about. kube-prometheus-stack 44.0.0 always
    used the failure policy from then on. What else changes in a webhook asks for a minor version.

    ## Before
    ```yaml
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: web
    webhooks:
      - name: web.example.com
        failurePolicy: Ignore # here
        sideEffects: None
        admissionReviewVersions: [v1]
        clientConfig:
          service: {name: web, namespace: default, path: /validate}
        rules:
          - apiGroups: [apps]
            apiVersions: [v1]
            operations: [CREATE]
            resources: [deployments]
    ```

    ## After
    ```yaml
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: web
    webhooks:
      - name: web.example.com
        failurePolicy: Fail # here
        sideEffects: None
        admissionReviewVersions: [v1]
        clientConfig:
          service: {name: web, namespace: default, path: /validate}
        rules:
          - apiGroups: [apps]
            apiVersions: [v1]
            operations: [CREATE]
            resources: [deployments]
    ```

    ## Not this
    ```yaml
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: web
    webhooks:
      - name: web.example.com
        failurePolicy: Ignore
        sideEffects: None
        admissionReviewVersions: [v1]
        clientConfig:
          caBundle: Cg==
          service: {name: web, namespace: default, path: /validate}
        rules:
          - apiGroups: [apps]
            apiVersions: [v1]
            operations: [CREATE]
            resources: [deployments]
    ```
    """

    id = "webhook-tightened"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "those whose writes it stops"
    advice = "tell how to set the old policy"
    topics = ("webhooks",)
    what = "webhooks changed"

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Certificates come and go."""
        return change.path[-1] != "caBundle"

    def step(self, found: Sequence[FieldChange], pair: ObjectPair) -> Level | None:
        """Whether one of them makes it stop more than before."""
        return None if any(map(_is_tighter, found)) else Level.MINOR


def _is_tighter(change: FieldChange) -> bool:
    if change.path[-1] == "failurePolicy":
        return change.after is ABSENT or (change.after == "Fail" and change.before is not ABSENT)
    return change.before is ABSENT and ("rules" in change.path or change.path[-1].startswith("[name="))
