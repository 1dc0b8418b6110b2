"""The parameters a binding hands to its policy.

Source: ``CollectParams`` in ``pkg/admission/plugin/policy/generic/policy_dispatcher.go`` of k8s.io/apiserver.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chartgen.kube.access import mapping, selects, strings, text
from chartgen.kube.kinds import Resource
from chartgen.policy.admission.model import AdmissionPolicy, Binding

UNSTATED = "its parameters are not known here: no binding says which they are"


class ParamError(Exception):
    """The API server could not find out a policy's parameters; ``str()`` is what it says."""


def params_for(
    policy: AdmissionPolicy,
    binding: Binding,
    resource: Resource | None,
    namespace: str,
    candidates: Iterable[Mapping[str, Any]],
) -> list[Mapping[str, Any] | None]:
    """The parameters with each of which a policy is evaluated; None is a policy without any.

    ``resource`` is the kind of the parameters, ``namespace`` that of the object, ``candidates`` what the files hold.
    Raises ParamError.
    """
    ref = binding.param_ref
    if policy.param_kind is None or resource is None or ref is None:
        return [None]
    if ref.namespace and not resource.namespaced:
        raise ParamError("paramRef.namespace must not be provided for a cluster-scoped `paramKind`")
    wanted = ref.namespace or namespace
    if resource.namespaced and not wanted:
        raise ParamError("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources")
    found: list[Mapping[str, Any] | None] = [
        body
        for body in candidates
        if (text(body, "apiVersion"), text(body, "kind")) == policy.param_kind
        and (not resource.namespaced or (text(body, "metadata", "namespace") or wanted) == wanted)
        and (not ref.name or text(body, "metadata", "name") == ref.name)
        and (ref.selector is None or selects(ref.selector, strings(mapping(body, "metadata", "labels"))))
    ]
    if not found and ref.required:
        raise ParamError("no params found for policy binding with `Deny` parameterNotFoundAction")
    return found
