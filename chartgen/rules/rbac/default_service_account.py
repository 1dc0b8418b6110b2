"""Pods that share an account."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import WORKLOADS, pod_spec, text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Which pods are asked, and whether accounts are."""

    pods: bool = True
    accounts: bool = True
    without_token: bool = False


class DefaultServiceAccount(ObjectRule):
    """A pod runs as the account `default` of its namespace.

    ## Why
    What somebody gives to `default`, for whatever reason, every pod without an account of its own has. With an
    account of its own a program gets what it needs and nothing else, and the audit log says who it was. Pods that get
    no token at all are passed over.

    ## Options
    - `pods` (default true): ask pods; otherwise only a ServiceAccount `default` that the chart renders is looked at.
    - `accounts` (default true): look at a ServiceAccount `default` that the chart renders.
    - `without-token` (default false): ask pods that get no token, too.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec: # here
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          serviceAccountName: web
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good: without a token
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          automountServiceAccountToken: false
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "default-service-account"
    severity = Severity.WARNING
    profile = Profile.OPTIONAL
    kinds = WORKLOADS | {"ServiceAccount"}
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the account of each pod, and at the account itself where the chart renders it."""
        if obj.kind == "ServiceAccount":
            if (
                self.options.accounts
                and obj.name == "default"
                and obj.body.get("automountServiceAccountToken") is not False
            ):
                yield self.fault(
                    Place.on(obj, Pointer(("automountServiceAccountToken",))),
                    "gives every pod of the namespace a token",
                    help="set automountServiceAccountToken: false on it",
                )
            return
        pod = pod_spec(obj.kind, obj.body) if self.options.pods else None
        if pod is None or (pod.body.get("automountServiceAccountToken") is False and not self.options.without_token):
            return
        if (text(pod.body, "serviceAccountName") or text(pod.body, "serviceAccount")) in ("", "default"):
            yield self.fault(
                Place.on(obj, pod.at("serviceAccountName")),
                "its pods run as the account 'default', which they share with others",
                help="make a ServiceAccount for the program and name it in serviceAccountName",
            )
