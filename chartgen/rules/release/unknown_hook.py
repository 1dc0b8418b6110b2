"""Hooks that Helm passes over."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.nearest import nearest
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.release._hooks import HOOK, HOOKS, annotation, entries


class UnknownHook(ObjectRule):
    """An object is a hook that Helm does not know, and so is never created.

    ## Why
    Helm drops an object whose `helm.sh/hook` holds a name it does not know, all of it and without a word. `crd-install`
    is one of Helm 2's: since Helm 3 definitions belong into `crds/`.

    ## Bad
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-install,pre-update # here
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: batch/v1
    kind: Job
    metadata:
      name: migrate
      annotations:
        helm.sh/hook: pre-install,pre-upgrade
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: migrate
              image: example/web:1.2.0
    ```

    ## Good: Helm takes it from crds/, and Helm 2 did from the template
    ```yaml
    # crds/widgets.yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: widgets.example.com
    spec:
      group: example.com
      scope: Namespaced
      names:
        kind: Widget
        plural: widgets
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
    ```
    ```yaml
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: widgets.example.com
      annotations:
        helm.sh/hook: crd-install
    spec:
      group: example.com
      scope: Namespaced
      names:
        kind: Widget
        plural: widgets
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
    ```
    """

    id = "unknown-hook"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = (HOOK,)

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Compare each name with those that Helm has; it stops at the first that it does not know."""
        unknown = [name for name in entries(obj, HOOK) if name not in HOOKS]
        if not unknown:
            return
        name = unknown[0]
        if name == "crd-install" and any(f"name: {obj.name}\n" in text for text in ctx.crds.values()):
            return  # Helm 2 took it from the template, and Helm takes it from crds/
        meant = nearest(name, HOOKS)
        if name == "crd-install":
            cure = "put the definition into crds/ and remove the annotation"
        elif not name:
            cure = "remove the comma, or name a hook behind it"
        else:
            cure = f"write '{meant}'" if meant else f"Helm knows {', '.join(HOOKS[:-1])}"
        yield self.fault(
            Place.on(obj, annotation(HOOK)),
            f"Helm knows no hook {name!r}, so it never creates this object",
            help=cure,
        )
