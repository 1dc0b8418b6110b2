"""kubeVersion ranges that keep managed clusters out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.version import Range, Version

_MINORS = range(16, 60)


class KubeVersionWithoutPrerelease(ChartRule):
    """`kubeVersion` excludes clusters whose version has a suffix, as those of most clouds have.

    ## Why
    GKE and EKS call their versions `v1.33.4-gke.1245000` and `v1.33.4-eks-99d6cc0`. By the rules of SemVer those are
    pre-releases, which match only a range that names one. Helm 4 and the last Helm 3 leave the suffix out when they
    compare; older ones, and the tools that contain them, refuse the chart on these clusters.

    ## Bad
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.28.0" # here
    ```

    ## Good
    ```yaml
    # Chart.yaml
    apiVersion: v2
    name: example
    version: 1.0.0
    kubeVersion: ">=1.28.0-0"
    ```
    """

    id = "kube-version-without-prerelease"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = ("Chart.yaml:kubeVersion",)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Find a minor version that is in the range, and is not with a suffix."""
        wanted = ctx.data("Chart.yaml").get("kubeVersion")
        try:
            fits = Range(wanted) if isinstance(wanted, str) and wanted else None
        except ValueError:
            return  # chart-refused says it
        if fits is None:
            return
        for minor in _MINORS:
            if Version(1, minor, 4) in fits and Version(1, minor, 4, "gke.1245000") not in fits:
                yield self.fault(
                    Place.in_file(ctx.locate("Chart.yaml", Pointer(("kubeVersion",)))),
                    f"kubeVersion {wanted!r} lets in v1.{minor}.4, and not v1.{minor}.4-gke.1245000",
                    help="write -0 behind the lower bound, for example >=1.28.0-0",
                    fix=_fix(str(wanted)),
                )
                return


_LOWER = re.compile(r">=?\s*v?\d+(?:\.\d+){0,2}(?![\w.+-])")


def _fix(wanted: str) -> Fix | None:
    """Every lower bound with the suffix; what is written as ``^1.28`` or ``1.28.x`` is left alone."""
    fitting = _LOWER.sub(lambda match: match[0] + (2 - match[0].count(".")) * ".0" + "-0", wanted)
    if fitting == wanted:
        return None
    return Fix("let in managed clusters", (SetField(Pointer(("kubeVersion",)), fitting, "Chart.yaml"),))
