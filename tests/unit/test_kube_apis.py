"""When Kubernetes stopped serving what."""

import pytest

from chartgen.kube.apis import not_yet_in, old_api
from chartgen.kube.releases import minor_version, releases


@pytest.mark.parametrize(
    ("api_version", "kind", "removed", "replacement"),
    [
        ("extensions/v1beta1", "Deployment", 16, "apps/v1"),
        ("extensions/v1beta1", "Ingress", 22, "networking.k8s.io/v1"),
        ("batch/v1beta1", "CronJob", 25, "batch/v1"),
        ("policy/v1beta1", "PodSecurityPolicy", 25, ""),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler", 26, "autoscaling/v2"),
        ("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", 32, "flowcontrol.apiserver.k8s.io/v1"),
        ("v1", "Endpoints", None, "discovery.k8s.io/v1"),
    ],
)
def test_old_apis(api_version: str, kind: str, removed: int | None, replacement: str) -> None:
    found = old_api(api_version, kind)
    assert found is not None
    assert (found.removed, found.replacement) == (removed, replacement)
    if removed is not None:
        around = releases([removed - 1, removed])
        assert found.gone_in(around) == releases([removed])
        assert found.deprecated_in(around) == releases([removed - 1])
        assert found.deprecated < removed
    else:
        assert not found.gone_in(releases([99]))


@pytest.mark.parametrize(
    ("api_version", "kind"), [("apps/v1", "Deployment"), ("v1", "Service"), ("batch/v1beta1", "Job")]
)
def test_current_apis_are_not_old(api_version: str, kind: str) -> None:
    assert old_api(api_version, kind) is None


@pytest.mark.parametrize(
    ("version", "minor"),
    [("1.34.2", 34), ("v1.34.2-eks-1", 34), ("v1.36", 36), ("1.29+", 29), ("2.1.0", None), ("", None), ("1.x", None)],
)
def test_minor_versions(version: str, minor: int | None) -> None:
    assert minor_version(version) == minor


def test_what_came_and_went_between_the_releases_that_are_carried() -> None:
    found = old_api("resource.k8s.io/v1alpha2", "ResourceClaim")
    assert found is not None
    assert (found.removed, found.replacement) == (31, "resource.k8s.io/v1")
    assert not_yet_in("resource.k8s.io/v1", "ResourceClaim", releases(range(30, 37))) == releases(range(30, 34))
    assert not_yet_in("v1", "Service", releases(range(20, 37))) == 0
