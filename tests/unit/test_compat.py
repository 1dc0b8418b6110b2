"""Other tools' readings at work, where they are more than a rule with options."""

from __future__ import annotations

from chartgen.lint.manifests import lint_manifests
from chartgen.lint.run import Settings
from chartgen.policy.build import Wishes, build
from chartgen.policy.config import Config

HOOK = b"""\
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    helm.sh/hook: pre-install
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: example/web:1.2.0
"""

RIGHTS = b"""\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: web
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: web
subjects:
  - kind: ServiceAccount
    name: web
"""


def found(manifest: bytes, wishes: Wishes) -> list[tuple[str, str]]:
    policy = build(Config(), wishes)
    report = lint_manifests({"manifest.yaml": manifest}, settings=Settings(policy=policy))
    return [(finding.rule, finding.subject) for finding in report.findings]


def test_hooks_are_judged_like_everything_else() -> None:
    assert found(HOOK, Wishes(select=("missing-cpu-request",))) == []
    assert found(HOOK, Wishes(compat="kube-linter", select=("unset-cpu-requirements",))) == [
        ("missing-cpu-request", "Job/migrate")
    ]


def test_rights_are_reported_where_the_tool_reports_them() -> None:
    assert found(RIGHTS, Wishes(compat="kube-linter", select=("access-to-secrets",))) == [
        ("cluster-wide-secret-access", "RoleBinding/web")
    ]


def test_kube_score_ignores_one_check_with_another() -> None:
    asked = Wishes(compat="kube-score", select=("container-ephemeral-storage-request-and-limit",))
    said = b"annotations: {kube-score/ignore: 'pod-probes, container-resources'}"
    assert set(found(HOOK, asked)) == {("missing-ephemeral-storage-limit", "Job/migrate")}
    assert found(HOOK.replace(b"annotations:\n    helm.sh/hook: pre-install", said), asked) == []
