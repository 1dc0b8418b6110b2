"""Allowances that do not say why."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import LintRule, Profile


class SuppressionWithoutReason(LintRule):
    """Something is allowed without saying why.

    ## Why
    Whoever reads the chart next year has to know whether the reason still holds. An allowance without one has no
    effect: the finding stays.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: tool
      annotations:
        chartgen.dev/allow.floating-image-tag: "" # here
    spec:
      containers:
        - name: tool
          image: example/tool:latest
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: tool
    spec:
      containers:
        - name: tool
          # chartgen: allow floating-image-tag - built and loaded by the test itself
          image: example/tool:latest
    ```
    """

    id = "suppression-without-reason"
    severity = Severity.WARNING
    profile = Profile.BASELINE
