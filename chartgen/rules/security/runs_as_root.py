"""Containers that run as root or may do so."""

from collections.abc import Iterator
from typing import Literal

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec, get
from chartgen.rules.base import Fault, Place, Profile, ScenarioContext
from chartgen.rules.security._restricted import HardeningRule, has_user_namespace
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What counts as running as root."""

    contradictions: bool = True
    own_settings: bool = False
    root_group: bool = False
    init_containers: bool = True
    user_namespaces: bool = False
    all_pods: bool = False
    pod_security: Literal["", "baseline", "restricted"] = ""


class RunsAsRoot(HardeningRule):
    """A container runs as root, or nothing keeps its image from doing so.

    ## Why
    Root in a container is root on the node once it gets out. What user an image starts as can change with its next
    tag; `runAsNonRoot: true` makes the kubelet refuse it. A `runAsUser` other than 0 settles it too. What the
    container says wins over what the pod says. In a user namespace (`hostUsers: false`) root is nobody on the node.
    Pod Security `restricted` takes no `runAsUser` for an answer and wants `runAsNonRoot: true`.

    ## Options
    - `contradictions` (default true): report `runAsUser: 0` beside `runAsNonRoot: true`: no such container starts.
    - `own-settings` (default false): report a container that itself sets `runAsUser: 0` or `runAsNonRoot: false`,
      whatever its pod says.
    - `root-group` (default false): report `runAsGroup: 0` too.
    - `init-containers` (default true): ask init containers too.
    - `user-namespaces` (default false): ask pods in a user namespace (`hostUsers: false`) too.
    - `all-pods` (default false): look at Windows pods and at those of `helm test` too.
    - `pod-security` (default none; `baseline` or `restricted`): read exactly as this level of the Pod Security
      Standards, as the profiles `pss-baseline` and `pss-restricted` do.

    ## Bad
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web # here
              image: example/web:1.2.0
    ```

    ## Bad: the container undoes what the pod says
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          securityContext:
            runAsUser: 1000
          initContainers:
            - name: permissions
              image: example/tools:1.2.0
              securityContext:
                runAsUser: 0 # here
          containers:
            - name: web
              image: example/web:1.2.0
    ```

    ## Good
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          securityContext:
            runAsNonRoot: true
          containers:
            - name: web
              image: example/web:1.2.0
    ```
    """

    id = "runs-as-root"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    pod_security = Profile.PSS_RESTRICTED
    options: Options = Options()
    exempts_windows = False

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the pod's own settings where Pod Security does, and at each container."""
        if has_user_namespace(pod) and (self.options.pod_security or not self.options.user_namespaces):
            return
        if self.options.pod_security:
            for field, bad in (("runAsNonRoot", False), ("runAsUser", 0)):
                if _is(get(pod.body, "securityContext", field), bad):
                    yield self.fault(
                        Place.on(obj, pod.at("securityContext", field)),
                        f"the pod sets {field} to {str(bad).lower()}, which Pod Security restricted refuses",
                        help="set securityContext.runAsNonRoot: true, and a user other than 0 or none",
                    )
        yield from super().check_pod(obj, pod, ctx)

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Compare what applies to each container after the pod's and its own settings are merged."""
        user, user_at = pod.effective(container, "runAsUser")
        non_root, non_root_at = pod.effective(container, "runAsNonRoot")
        exactly = bool(self.options.pod_security)
        if container.role in ("init", "sidecar") and not (self.options.init_containers or exactly):
            return
        if self.options.root_group:
            yield from self._group(obj, pod, container)
        if _is(user, 0) and non_root is True and (self.options.contradictions or exactly):
            yield self.fault(
                Place.on(obj, user_at),
                f"{container.title} cannot start: runAsUser is 0 while runAsNonRoot is true",
                help="choose a user other than 0, for example 10001",
                severity=Severity.ERROR,
            )
        elif _is(user, 0) and non_root is not True:
            yield self.fault(
                Place.on(obj, user_at),
                f"{container.title} runs as root",
                help="set runAsNonRoot: true and a user other than 0",
            )
        elif non_root is not True and (user is None or exactly):
            missing = "runAsNonRoot is not set" if exactly else "neither runAsNonRoot nor runAsUser is set"
            why = "runAsNonRoot is false" if non_root is False else missing
            yield self.fault(
                Place.on(obj, non_root_at),
                f"{container.title} may run as root: {why}",
                help="set securityContext.runAsNonRoot: true on the pod or the container",
                fix=Fix(
                    "run as another user than root",
                    (SetField(pod.at("securityContext", "runAsNonRoot") if non_root is None else non_root_at, True),),
                    safe=False,
                ),
            )
        elif self.options.own_settings and _asks_for_root(container):
            yield self.fault(
                Place.on(obj, container.at("securityContext"), key=True),
                f"{container.title} allows root by its own settings",
                help="remove what it sets, and let it have the user of its pod",
            )

    def _group(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        group, at = pod.effective(container, "runAsGroup")
        if _is(group, 0):
            yield self.fault(
                Place.on(obj, at),
                f"{container.title} runs in the group root",
                help="choose a group other than 0, for example 10001",
            )


def _asks_for_root(container: Container) -> bool:
    """Whether a container's own settings allow root, and none of them forbids it."""
    user, non_root = container.security.get("runAsUser"), container.security.get("runAsNonRoot")
    forbids = non_root is True or (type(user) is int and user > 0)
    return not forbids and (_is(user, 0) or non_root is False)


def _is(value: object, wanted: int) -> bool:
    """Whether a value is a number or a switch, and not just equal to it as 0 and false are in Python."""
    return type(value) is type(wanted) and value == wanted
