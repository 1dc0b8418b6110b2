"""Allowances that name no rule."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import LintRule, Profile


class UnknownSuppression(LintRule):
    """A rule is allowed that does not exist.

    ## Why
    A misspelt name allows nothing, and whoever wrote it believes that it does.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: app
      annotations:
        chartgen.dev/allow.floating-tag: "pinned by the mirror" # here
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

    id = "unknown-suppression"
    severity = Severity.WARNING
    profile = Profile.BASELINE
