"""Where the schemas of custom resources come from: Go modules whose API types say what the resources may hold.

Each project makes its CustomResourceDefinitions from these types with ``controller-gen``; so do we, with the module
named here. All of them are under Apache-2.0.
"""

from __future__ import annotations

from chartgen.tuples import NamedTuple


class Source(NamedTuple):
    """One Go module. ``packages`` are relative to it; ``kinds`` empty means every kind in them.

    ``current`` is false where the newest release cannot be had as a module: fields may have been added since.
    """

    name: str
    module: str
    version: str
    packages: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    current: bool = True


CONTROLLER_GEN = "sigs.k8s.io/controller-tools/cmd/controller-gen@v0.23.0"

SOURCES = (
    Source(
        "Prometheus operator",
        "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring",
        "v0.95.2",
        ("v1", "v1alpha1", "v1beta1"),
    ),
    Source(
        "Gateway API",
        "sigs.k8s.io/gateway-api",
        "v1.6.1",
        ("apis/v1", "apis/v1alpha2", "apis/v1alpha3", "apis/v1beta1", "apisx/v1alpha1"),
    ),
    Source("cert-manager", "github.com/cert-manager/cert-manager", "v1.21.2", ("pkg/apis/certmanager/v1",)),
    Source("cert-manager", "github.com/cert-manager/cert-manager", "v1.21.2", ("pkg/apis/acme/v1",)),
    Source(
        "External Secrets",
        "github.com/external-secrets/external-secrets",
        "v0.19.2",
        (
            "apis/externalsecrets/v1",
            "apis/externalsecrets/v1alpha1",
            "apis/externalsecrets/v1beta1",
            "apis/generators/v1alpha1",
        ),
        current=False,
    ),
    Source("KEDA", "github.com/kedacore/keda/v2", "v2.21.0", ("apis/keda/v1alpha1", "apis/eventing/v1alpha1")),
    Source(
        "Vertical Pod Autoscaler",
        "k8s.io/autoscaler/vertical-pod-autoscaler",
        "v1.8.1",
        ("pkg/apis/autoscaling.k8s.io/v1", "pkg/apis/autoscaling.k8s.io/v1beta2"),
        kinds=("VerticalPodAutoscaler",),
    ),
    Source("Argo CD", "github.com/argoproj/argo-cd/v3", "v3.1.9", ("pkg/apis/application/v1alpha1",), current=False),
    Source(
        "Argo Rollouts", "github.com/argoproj/argo-rollouts", "v1.9.0", ("pkg/apis/rollouts/v1alpha1",), current=False
    ),
    Source("Karpenter", "sigs.k8s.io/karpenter", "v1.12.0", ("pkg/apis/v1", "pkg/apis/v1alpha1"), current=False),
    Source("Karpenter for AWS", "github.com/aws/karpenter-provider-aws", "v1.12.0", ("pkg/apis/v1",), current=False),
    Source("CloudNativePG", "github.com/cloudnative-pg/cloudnative-pg", "v1.30.0", ("api/v1",)),
    Source(
        "CSI snapshots",
        "github.com/kubernetes-csi/external-snapshotter/client/v8",
        "v8.7.0",
        ("apis/volumesnapshot/v1",),
    ),
)
