"""Allowances whose day has passed."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import LintRule, Profile


class ExpiredSuppression(LintRule):
    """Something was allowed until a day that has passed.

    ## Why
    A day is given where a fault is to be borne for a while: until the next release, until a vendor's fix. When it has
    passed, the allowance has no effect, the finding it hid is back, and this says why.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: tool
      annotations:
        chartgen.dev/allow.floating-image-tag: "until 2026-06-30: the vendor tags 2.0 in June" # here
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
          # chartgen: allow floating-image-tag until 2099-06-30 - the vendor tags 2.0 in June
          image: example/tool:latest
    ```
    """

    id = "expired-suppression"
    severity = Severity.WARNING
    profile = Profile.BASELINE
