"""The judgement: the type of a Service is not what it was."""

from chartgen.changes import Level
from chartgen.judgements.objects._fields import FieldsJudgement


class ServiceTypeChanged(FieldsJudgement):
    """The type of a Service is not what it was.

    ## Why
    How the Service is reached changes: a load balancer is created or destroyed with its address, a node port opens
    or closes. bitnami/keycloak went from LoadBalancer to ClusterIP in a major version.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer # here
      selector: {app: web}
      ports: [{name: http, port: 80}]
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: ClusterIP # here
      selector: {app: web}
      ports: [{name: http, port: 80}]
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: LoadBalancer
      selector: {app: web}
      ports: [{name: http, port: 80, protocol: TCP}]
    ```
    """

    id = "service-type-changed"
    level = Level.MAJOR
    hurts = "those who reach the Service from where its type let them"
    advice = "set the old type to keep it; tell what address is to be used instead"
    kinds = frozenset({"Service"})
    topics = ("type",)
    what = "the type changed"
    renamed = False
