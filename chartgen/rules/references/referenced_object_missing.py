"""Pods that wait for a Secret, a ConfigMap or a claim that nobody makes."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext
from chartgen.rules.lookup import namespace
from chartgen.rules.references._mentions import made_elsewhere
from chartgen.rules.references._needed import env_references, references
from chartgen.rules.references._outside import OutsideOptions, is_missing, rendered
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What is looked up."""

    outside: bool = True
    env_only: bool = False


class ReferencedObjectMissing(PodRule):
    """A pod needs a Secret, ConfigMap or claim of the release that the chart does not render.

    ## Why
    The pod hangs in `CreateContainerConfigError` or `ContainerCreating` until somebody creates the object. It happens
    when two templates build the name differently, or when the condition around one of them was forgotten. Names that
    do not carry the release's are left alone, as is what an operator, a hook or a script of the chart may make.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: example/web:1.2.0
              envFrom:
                - secretRef:
                    name: {{ .Release.Name }}-web # here
              env:
                - name: LOG_LEVEL
                  valueFrom:
                    configMapKeyRef:
                      name: {{ .Release.Name }}-settings # here
                      key: log-level
          volumes:
            - name: data
              persistentVolumeClaim:
                claimName: {{ .Release.Name }}-data # here
            - name: all
              projected:
                sources:
                  - secret:
                      name: {{ .Release.Name }}-token # here
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
          containers:
            - name: web
              image: example/web:1.2.0
              envFrom:
                - secretRef:
                    name: {{ .Release.Name }}-web
                - secretRef:
                    name: somebody-elses
                - configMapRef:
                    name: {{ .Release.Name }}-extra
                    optional: true
          volumes:
            - name: tls
              secret:
                secretName: {{ .Release.Name }}-tls
    ---
    apiVersion: v1
    kind: Secret
    metadata:
      name: {{ .Release.Name }}-web
    ---
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata:
      name: web
    spec:
      secretName: {{ .Release.Name }}-tls
    ```

    ## Options
    - `outside` (default true): objects that the chart does not render are missed only when their name carries the
      release's and nothing else in the chart speaks of it. Otherwise every object must be rendered.
    - `env-only` (default false): only `env` is looked at, neither `envFrom` nor volumes.
    """

    id = "referenced-object-missing"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = (
        "configMap",
        "configMapKeyRef",
        "configMapRef",
        "csi",
        "imagePullSecrets",
        "persistentVolumeClaim",
        "secret",
        "secretKeyRef",
        "secretRef",
    )
    options: Options = Options()

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look up each object that must be there before the pod can start."""
        where = namespace(obj, ctx)
        seen: set[tuple[str, str]] = set()
        wanted = env_references(pod) if self.options.env_only else references(pod)
        for pointer, kind, name in wanted:
            if not is_missing(kind, name, where, ctx, OutsideOptions(self.options.outside)) or (kind, name) in seen:
                continue
            seen.add((kind, name))
            if not self.options.outside or not made_elsewhere(name, ctx):
                yield self.fault(
                    Place.on(obj, pointer),
                    f"needs {kind} {name!r}, which the chart does not render",
                    help=rendered(kind, ctx),
                )
