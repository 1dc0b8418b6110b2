"""The judgement about image repositories that lose their host to a key of its own."""

from collections.abc import Iterator

from chartgen.changes import Certainty, Level
from chartgen.compare.comparison import Comparison
from chartgen.judgements.base import ChartJudgement, Verdict
from chartgen.judgements.values._defaults import SPLIT, defaults, put_in_front, registry
from chartgen.judgements.values._places import in_values, named


class ImageRegistrySplit(ChartJudgement):
    """The host of an image moved out of the repository, into a value of its own.

    ## Why
    Whoever set the repository with its host gets a second host put in front of it, and the image cannot be pulled. No
    key is gone, so it is easily missed. blackbox-exporter 8.0.0, postgres-exporter 6.0.0 and kube-state-metrics 5.0.0
    did so in major versions. So it is where the repository had no host by default: traefik 22.0.0 put ``docker.io`` in
    front of it.

    ## Before
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: {{ .Values.image.repository }}:1.0
    ```
    ```yaml
    # values.yaml
    image:
      repository: quay.io/example/web # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: {{ .Values.image.registry }}/{{ .Values.image.repository }}:1.0
    ```
    ```yaml
    # values.yaml
    image:
      registry: quay.io
      repository: example/web # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: {{ .Values.image.repository }}:1.0
    ```
    ```yaml
    # values.yaml
    image:
      repository: ghcr.io/example/web
    ```

    ## Before: a repository without a host
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: {{ .Values.image.repository }}:1.0
    ```
    ```yaml
    # values.yaml
    image:
      repository: example/web # here
    ```

    ## After: a repository without a host
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: {{ .Values.image.registry }}/{{ .Values.image.repository }}:1.0
    ```
    ```yaml
    # values.yaml
    image:
      registry: docker.io # here
      repository: example/web
    ```

    ## Not this: nothing is put in front of it by default
    ```yaml
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: {{ with .Values.image.registry }}{{ . }}/{{ end }}{{ .Values.image.repository }}:1.0
    ```
    ```yaml
    # values.yaml
    image:
      registry: ""
      repository: example/web
    ```
    """

    id = "image-registry-split"
    level = Level.MAJOR
    hurts = "whoever sets the repository: the image gets two hosts"
    advice = "split what is set"

    def check(self, both: Comparison) -> Iterator[Verdict]:
        """Point at the repository on both sides."""
        for one in defaults(both, SPLIT):
            host = registry(both, one) or ()
            yield self.verdict(
                f"{named(one.parts)} has no host any more, which is now in {named(host)}",
                old=in_values(both.old, one.parts),
                new=in_values(both.new, one.parts),
                advice=f"move the host out of {named(one.parts)} into {named(host)}",
            )
        for repository, host in put_in_front(both):
            yield self.verdict(
                f"{named(repository)} has a host put in front of it, that of {named(host)}",
                old=in_values(both.old, repository),
                new=in_values(both.new, host),
                certainty=Certainty.LIKELY,
                advice=f"set {named(host)} to the host, and take it out of {named(repository)}",
            )
