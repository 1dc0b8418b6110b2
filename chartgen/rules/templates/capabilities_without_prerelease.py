"""Version conditions that managed clusters never meet."""

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, ReplaceText
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.reading import templates
from chartgen.rules.templates._guards import piped

_COMPARISON = r"(?P<op>>=|<=|=>|=<|!=|>|<|=|\^|~)\s*v?(?P<version>\d+(?:\.\d+){0,2})(?P<rest>-[\w.-]+)?(?![\w.*])"
_KUBE = r"\.Capabilities\.KubeVersion\b|[Kk]ube-?[Vv]ersion|capabilities\.kubeVersion"


class CapabilitiesWithoutPrerelease(ChartRule):
    """A condition on the Kubernetes version is never true for versions such as v1.31.2-gke.100.

    ## Why
    GKE, EKS and others number their releases like prereleases, and a comparison without a prerelease (`>=1.21`) is
    false for all of them, whatever their number. `>=1.21-0` means them, too.

    ## Bad
    ```yaml
    {{- if semverCompare ">=1.21" .Capabilities.KubeVersion.Version }} # here
    apiVersion: policy/v1
    {{- else }}
    apiVersion: policy/v1beta1
    {{- end }}
    kind: PodDisruptionBudget
    metadata:
      name: {{ .Release.Name }}
    ```

    ## Good
    ```yaml
    {{- if semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }}
    apiVersion: policy/v1
    {{- else }}
    apiVersion: policy/v1beta1
    {{- end }}
    kind: PodDisruptionBudget
    metadata:
      name: {{ .Release.Name }}
    ```
    """

    id = "capabilities-without-prerelease"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("templates:semverCompare",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look at the constraint of each ``semverCompare`` on the version of Kubernetes."""
        for path, template in templates(ctx, notes=True, holding=lambda text: "semverCompare" in text):
            for call in template.calls:
                if call.args[0].value != "semverCompare" or len(call.args) < 2 or call.args[1].kind != "string":
                    continue
                constraint = call.args[1]
                lacking = [one for one in re.finditer(_COMPARISON, constraint.value) if not one["rest"]]
                if not lacking or not re.search(_KUBE, piped(template, call)):
                    continue
                better = re.sub(_COMPARISON, lambda one: one[0] if one["rest"] else f"{one[0]}-0", constraint.value)
                location = template.location(path, constraint.start, constraint.end)
                quote = template.text[constraint.start]
                yield self.fault(
                    Place.in_file(location),
                    f"{constraint.value!r} is false for every version like v1.31.2-gke.100",
                    help=f"write {better!r}",
                    fix=Fix("count versions of managed clusters", (ReplaceText(location, f"{quote}{better}{quote}"),)),
                )
