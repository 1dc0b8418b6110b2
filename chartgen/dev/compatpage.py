"""docs/compat.md: which rule each check of another linter is, from the same files that ``--compat`` reads."""

from __future__ import annotations

from typing import Any

from chartgen.dev.cells import cell
from chartgen.policy.compat import NAMED, TOOLS, Check, Reading, checks
from chartgen.report.rules import page_path

PATH = "docs/compat.md"

_HEAD = """\
# Coming from another linter

chartgen has the checks of kube-linter, kube-score, polaris and checkov among its rules. Tools that check the same thing
rarely mean the same: one wants a probe of each container, the next of each pod, one looks at init containers, another
does not. A rule's default is what we think right; its options give it another tool's meaning.

```console
$ chartgen lint --compat kube-linter charts/*                      # what kube-linter runs unasked, as it reads it
$ chartgen lint --compat kube-linter --select latest-tag charts/*  # by the names of the other tool
$ chartgen lint --compat checkov --ignore CKV_K8S_43 charts/*
$ chartgen explain floating-image-tag                              # ends with what other tools call the rule
```

In a policy file `compat: kube-score` says the same, and `rules:` may change what it brings. Annotations by which an
object is excused from another tool (`ignore-check.kube-linter.io/...`, `kube-score/ignore`,
`polaris.fairwinds.com/...-exempt`, `checkov.io/skip1`) hold for the rule that its check is, with or without `--compat`;
those of a pod template, which only kube-score reads, excuse its workload. `kube-score/enable` has no effect: select
what kube-score does not run unasked.

Under `--compat`, Helm's hooks and tests are judged like everything else, as the other tools do. Findings are counted
by what has to be changed: where a tool reports each of three mounts of one volume, we report the volume, and objects of
one kind and name are one object. Lists that several checks of a tool give to one rule are joined. What still differs is
in the last column.

The readings were compared with the tools themselves, check by check and object by object, over 90 files: kube-linter's
own fixtures (filled up to whole objects for the others), rendered public charts, and the charts of this repository. Of
4,348 verdicts of kube-linter 98 % agree, of 3,334 of polaris 99 %, of 3,520 of checkov 99 % (network policies aside,
where it names pods and not their workloads), and of 1,835 of kube-score 95 % (98 % without ReplicaSets). They were
compared again over 8,293 manifests made for it, which vary what the sources of kube-score, polaris and checkov read:
kinds and API versions, containers of every role, values that are missing, empty, null or 0, selectors, namespaces,
policies, budgets, autoscalers and roles. Of 82,653 verdicts of kube-linter 98.0 % agree, of 120,907 of kube-score
99.4 %, of 183,800 of polaris 99.1 %, and of 220,893 of checkov 99.5 %; over 110 renderings of public charts, of 3,632,
5,983, 6,831 and 9,787 verdicts, 99.7 %, 99.9 %, 99.2 % and 98.9 %. The rest has its reason below, and much of it is
about what the API refuses.

All checks of kube-linter, kube-score and polaris are shared. Of checkov's those are not that are about
PodSecurityPolicies, Helm 2's Tiller, or the flags of control planes and kubelets, none of which a chart brings;
`docs/checks.md` has them all.

This page is made by `python -m chartgen.dev regen` from `chartgen/policy/compat/`.
"""

_REMARKS = {
    "kube-linter": """\
Of a workload without a pod template, which the API refuses, kube-linter judges an empty pod. It compares namespaces as
they are written, we take an object that names none to be in the release's.""",
    "kube-score": """\
kube-score does not see ReplicaSets and ReplicationControllers, nor what selects or serves their pods; its checks of
Deployments and StatefulSets see apps/v1 only. It compares namespaces as they are written, we take an object that names
none to be in the release's. A pod without containers, which the API refuses, has neither resources nor a seccomp
profile to it.""",
    "polaris": "The exemptions by the names of controllers that polaris comes with are not reproduced.",
    "checkov": """\
Of a container without an image, which the API refuses, checkov misses the pull policy and the digest, too; a pod
without containers has neither a seccomp profile nor a high user to it.""",
}

_KYVERNO = """
Kyverno's public policies (https://github.com/kyverno/policies) by their folders. There is no `--compat kyverno`,
because nobody runs all of them; put the options of those you use into a policy file. The policies of `pod-security/`
as a whole are the profiles `pss-baseline` and `pss-restricted`.
"""


def text() -> str:
    """The page."""
    parts = [_HEAD]
    for tool in NAMED:
        shared = checks(tool)
        parts.append(f"\n## {tool}\n")
        if tool in TOOLS:
            unasked = sum(check.default for check in shared.values())
            said = f"{len(shared)} checks are shared, {unasked} of which {tool} runs unasked (marked with *)."
            parts.append(f"\n{said}\n{_REMARKS[tool]}\n")
        else:
            parts.append(_KYVERNO)
        parts.append("\n| check | rule and options | what still differs |\n|---|---|---|\n")
        parts += [_row(check) for check in shared.values()]
    return "".join(parts)


def _row(check: Check) -> str:
    rules = "<br>".join(_reading(reading) for reading in check.readings)
    return f"| `{check.id}`{'*' if check.default else ''} | {rules} | {cell(check.note)} |\n"


def _reading(reading: Reading) -> str:
    link = f"[{reading.rule}]({page_path(reading.rule).removeprefix('docs/')})"
    options = "".join(f" `{name}: {cell(_shown(value))}`" for name, value in reading.options.items())
    of = f" of {', '.join(sorted(reading.kinds))}" if reading.kinds else ""
    without = f", not in {', '.join(sorted(reading.unseen))}" if reading.unseen else ""
    return link + options + of + without


def _shown(value: Any) -> str:
    """An option's value as a policy file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
