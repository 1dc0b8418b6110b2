"""Names in pods that Kubernetes refuses."""

from collections.abc import Iterator

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import PodSpec, get, is_dns_label, items
from chartgen.rules.base import Fault, Place, PodRule, Profile, ScenarioContext

_CURE = "use up to 63 small letters, digits and dashes, with a letter or digit at both ends"


class InvalidEntryName(PodRule):
    """A container, a volume or an environment variable has a name that Kubernetes does not allow.

    ## Why
    The API server refuses the pod (validateContainerCommon, validateVolumes, ValidateEnv), and no schema says so.
    Containers and volumes are named in up to 63 small letters, digits and dashes; a name made from that of the release
    must be cut. The name of a variable holds no `=`, and nothing but what ASCII can print.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web_server # here
          image: example/web:1.2.0
          env:
            - name: LOG_LEVEL=debug # here
      volumes:
        - name: Data # here
          emptyDir: {}
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web-server
          image: example/web:1.2.0
          env:
            - name: LOG_LEVEL
              value: debug
      volumes:
        - name: data
          emptyDir: {}
    ```
    """

    id = "invalid-entry-name"
    severity = Severity.ERROR
    profile = Profile.BASELINE
    keys = ("containers", "initContainers", "ephemeralContainers", "volumes")

    def check_pod(self, obj: RenderedObject, pod: PodSpec, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at the names of containers, of their variables, and of volumes; one that is missing is the schema's."""
        for container in pod.containers:
            name = container.body.get("name")
            if isinstance(name, str) and name and not is_dns_label(name):
                yield self.fault(Place.on(obj, container.at("name")), f"a container is named {name!r}", help=_CURE)
            for index, variable in enumerate(items(container.body, "env")):
                name = get(variable, "name")
                if isinstance(name, str) and name and not _is_variable(name):
                    place = Place.on(obj, container.at("env", index, "name"))
                    said = f"{container.title} has a variable named {name!r}"
                    yield self.fault(place, said, help="put what follows the = into value" if "=" in name else "")
        for index, volume in enumerate(items(pod.body, "volumes")):
            name = get(volume, "name")
            if isinstance(name, str) and name and not is_dns_label(name):
                yield self.fault(
                    Place.on(obj, pod.at("volumes", index, "name")), f"a volume is named {name!r}", help=_CURE
                )


def _is_variable(name: str) -> bool:
    """As all releases from 1.30 on can have it (IsRelaxedEnvVarName); older ones take less."""
    return "=" not in name and name.isascii() and name.isprintable()
