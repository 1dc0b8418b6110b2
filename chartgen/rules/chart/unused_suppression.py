"""Allowances of what is not there."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import LintRule, Profile


class UnusedSuppression(LintRule):
    """A suppression allows something that is not found.

    ## Why
    An allowance that outlived its cause hides the next fault at its place. It is only called unused when the rule it
    names was run, all scenarios rendered, and its file was among them.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      annotations:
        chartgen.dev/allow.floating-image-tag: "pinned by the mirror" # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: app
      annotations:
        chartgen.dev/allow.floating-image-tag: "pinned by the mirror"
    spec:
      containers:
        - name: app
          image: example/app:latest
    ```
    """

    id = "unused-suppression"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
