"""API versions of custom resources that their projects have given up.

Source: the release notes and migration guides of the projects, named with the release after which the version is no
longer served, or from which on it is deprecated.
"""

from chartgen.tuples import NamedTuple


class OldCustomApi(NamedTuple):
    """One API version of a project. ``since`` is the release that ``gone`` (or else deprecates) it."""

    api_version: str
    replacement: str
    project: str
    since: str
    gone: bool


_TABLE = """
certmanager.k8s.io/v1alpha1           cert-manager.io/v1                  gone       cert-manager 0.11
cert-manager.io/v1alpha2              cert-manager.io/v1                  gone       cert-manager 1.6
cert-manager.io/v1alpha3              cert-manager.io/v1                  gone       cert-manager 1.6
cert-manager.io/v1beta1               cert-manager.io/v1                  gone       cert-manager 1.6
acme.cert-manager.io/v1alpha2         acme.cert-manager.io/v1             gone       cert-manager 1.6
acme.cert-manager.io/v1alpha3         acme.cert-manager.io/v1             gone       cert-manager 1.6
acme.cert-manager.io/v1beta1          acme.cert-manager.io/v1             gone       cert-manager 1.6
authentication.istio.io/v1alpha1      security.istio.io/v1                gone       Istio 1.6
rbac.istio.io/v1alpha1                security.istio.io/v1                gone       Istio 1.6
keda.k8s.io/v1alpha1                  keda.sh/v1alpha1                    gone       KEDA 2.0
traefik.containo.us/v1alpha1          traefik.io/v1alpha1                 gone       Traefik 3.0
kubernetes-client.io/v1               external-secrets.io/v1              gone       External Secrets 0.1
external-secrets.io/v1alpha1/!        external-secrets.io/v1              gone       External Secrets 0.17
external-secrets.io/v1beta1           external-secrets.io/v1              gone       External Secrets 0.17
networking.x-k8s.io/v1alpha1          gateway.networking.k8s.io/v1        gone       Gateway API 0.5
karpenter.sh/v1alpha5                 karpenter.sh/v1                     gone       Karpenter 0.33
karpenter.sh/v1beta1                  karpenter.sh/v1                     gone       Karpenter 1.1
karpenter.k8s.aws/v1alpha1            karpenter.k8s.aws/v1                gone       Karpenter 0.33
karpenter.k8s.aws/v1beta1             karpenter.k8s.aws/v1                gone       Karpenter 1.1
helm.toolkit.fluxcd.io/v2beta1        helm.toolkit.fluxcd.io/v2           deprecated Flux 2.3
helm.toolkit.fluxcd.io/v2beta2        helm.toolkit.fluxcd.io/v2           deprecated Flux 2.3
kustomize.toolkit.fluxcd.io/v1beta1   kustomize.toolkit.fluxcd.io/v1      deprecated Flux 2.0
kustomize.toolkit.fluxcd.io/v1beta2   kustomize.toolkit.fluxcd.io/v1      deprecated Flux 2.0
snapshot.storage.k8s.io/v1alpha1      snapshot.storage.k8s.io/v1          gone       external-snapshotter 5.0
snapshot.storage.k8s.io/v1beta1       snapshot.storage.k8s.io/v1          gone       external-snapshotter 6.0
autoscaling.k8s.io/v1beta1            autoscaling.k8s.io/v1               gone       Vertical Pod Autoscaler 1.0
autoscaling.k8s.io/v1beta2            autoscaling.k8s.io/v1               deprecated Vertical Pod Autoscaler 0.13
elbv2.k8s.aws/v1alpha1                elbv2.k8s.aws/v1beta1               gone       AWS Load Balancer Controller 2.0
kafka.strimzi.io/v1alpha1             kafka.strimzi.io/v1beta2            gone       Strimzi 0.23
kafka.strimzi.io/v1beta1              kafka.strimzi.io/v1beta2            gone       Strimzi 0.23
"""
"""apiVersion (``/!``: only for kinds that the replacement has, too), what to use instead, state, and since when."""

_SECRETS_ALPHA = frozenset(("ExternalSecret", "ClusterExternalSecret", "SecretStore", "ClusterSecretStore"))
"""What External Secrets has moved on from v1alpha1; PushSecret is still there."""


def old_custom_api(api_version: str, kind: str) -> OldCustomApi | None:
    """What became of an API version of a custom resource, or None when nothing is known against it."""
    for line in _TABLE.strip().split("\n"):
        name, replacement, state, release = line.split(None, 3)
        plain = name.removesuffix("/!")
        if plain == api_version and (plain == name or kind in _SECRETS_ALPHA):
            project, _, since = release.rpartition(" ")
            return OldCustomApi(plain, replacement, project, since, state == "gone")
    return None
