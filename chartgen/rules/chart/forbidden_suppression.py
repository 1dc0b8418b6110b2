"""Allowances of what a policy requires."""

from __future__ import annotations

from chartgen.findings import Severity
from chartgen.rules.base import LintRule, Profile


class ForbiddenSuppression(LintRule):
    """A suppression allows what the policy file requires.

    ## Why
    Rules under `required` in `.chartgen.yaml` are those that an organization lets nobody switch off for one chart. The
    allowance has no effect, the finding stays, and whoever wrote it should know that.

    ## Bad
    ```yaml
    # .chartgen.yaml
    required:
      - privileged-container
    ```
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
      annotations:
        chartgen.dev/allow.privileged-container: "it mounts volumes" # here
    spec:
      containers:
        - name: agent
          image: example/agent:1.2.0
          securityContext:
            privileged: true
    ```

    ## Good
    ```yaml
    # .chartgen.yaml
    required:
      - privileged-container
    ```
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      containers:
        - name: agent
          image: example/agent:1.2.0
          securityContext:
            privileged: false
    ```
    """

    id = "forbidden-suppression"
    severity = Severity.ERROR
    profile = Profile.BASELINE
