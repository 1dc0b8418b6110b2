"""PersistentVolumes that are a folder of one node."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import text
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """The folders that are allowed."""

    allowed: tuple[str, ...] = ()


class HostPathPersistentVolume(ObjectRule):
    """A PersistentVolume is a folder on a node.

    ## Why
    Whoever claims it reads and writes the node's own files, past the Pod Security Standards, which look at pods only.
    On a cluster of several nodes each has a folder of its own, and the data seems to vanish when the pod moves. A
    `local` volume says which node it is on.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: PersistentVolume
    metadata:
      name: data
    spec:
      capacity:
        storage: 10Gi
      hostPath:
        path: /var/lib/data # here
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: PersistentVolume
    metadata:
      name: data
    spec:
      capacity:
        storage: 10Gi
      nfs:
        server: nfs.example.com
        path: /exports/data
    ```

    ## Options
    - `allowed` (default none): folders that are allowed, with what is below them (`/data`).
    """

    id = "host-path-persistent-volume"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    kinds = frozenset({"PersistentVolume"})
    keys = ("hostPath",)
    options: Options = Options()

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Find a hostPath outside the folders that are allowed."""
        path = text(obj.body, "spec", "hostPath", "path")
        folders = [folder.rstrip("/") for folder in self.options.allowed]
        if path and not any(path == folder or path.startswith(f"{folder}/") for folder in folders):
            yield self.fault(
                Place.on(obj, Pointer(("spec", "hostPath", "path"))),
                f"is the folder {path!r} of whichever node a pod runs on",
                help="use a storage class, or a local volume with node affinity",
            )
