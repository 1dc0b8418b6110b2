"""Tokens that never expire."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext


class ServiceAccountTokenSecret(ObjectRule):
    """A Secret asks for a token of a ServiceAccount that never expires.

    ## Why
    Kubernetes fills such a Secret with a token that is valid until the Secret is deleted, wherever it is copied to.
    Pods get short-lived ones without it (`serviceAccountToken` in a projected volume), and `kubectl create token`
    makes one for a person. Programs outside the cluster that can do neither say so in a suppression.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: web-token
      annotations:
        kubernetes.io/service-account.name: web
    type: kubernetes.io/service-account-token # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      serviceAccountName: web
      containers:
        - name: web
          image: example/web:1.2.0
          volumeMounts:
            - name: token
              mountPath: /run/secrets/token
      volumes:
        - name: token
          projected:
            sources:
              - serviceAccountToken:
                  path: token
                  expirationSeconds: 3600
    ```
    """

    id = "service-account-token-secret"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"Secret"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the type of the Secret."""
        if obj.body.get("type") == "kubernetes.io/service-account-token":
            yield self.fault(
                Place.on(obj, Pointer(("type",))),
                "holds a token of a ServiceAccount that never expires",
                help="let the pod have a token in a projected volume, or make one with kubectl create token",
            )
