"""Containers that can change their own program files."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.fixes import Fix, SetField
from chartgen.kube.access import Container, PodSpec
from chartgen.rules.base import Fault, Place, Profile
from chartgen.rules.security._restricted import HardeningRule
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """Whose file systems are asked about."""

    all_pods: bool = False


class WritableRootFilesystem(HardeningRule):
    """A container can write to its own image's files.

    ## Why
    An intruder who cannot write cannot leave a program behind, and a service that writes into its image fills the
    node's disk unseen. Programs that need scratch space get an `emptyDir` at `/tmp` or wherever they write, so try
    it before you set it.

    ## Options
    - `all-pods` (default false): look at Windows pods and at those of `helm test` too.

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
            - name: web
              image: example/web:1.2.0
              securityContext: # here
                runAsNonRoot: true
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
          containers:
            - name: web
              image: example/web:1.2.0
              securityContext:
                readOnlyRootFilesystem: true
              volumeMounts:
                - name: tmp
                  mountPath: /tmp
          volumes:
            - name: tmp
              emptyDir: {}
    ```
    """

    id = "writable-root-filesystem"
    severity = Severity.WARNING
    profile = Profile.STRICT
    options: Options = Options()

    def check_container(self, obj: RenderedObject, pod: PodSpec, container: Container) -> Iterator[Fault]:
        """Ask for an explicit true in each container."""
        if container.security.get("readOnlyRootFilesystem") is not True:
            yield self.fault(
                Place.on(obj, container.at("securityContext", "readOnlyRootFilesystem")),
                f"{container.title} can write to its root file system",
                help="set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where it writes",
                fix=Fix(
                    "make the root file system read-only",
                    (SetField(container.at("securityContext", "readOnlyRootFilesystem"), True),),
                    safe=False,
                ),
            )
