"""The judgement: annotations of objects or of pods changed, checksums apart."""

from chartgen.changes import Level
from chartgen.judgements.objects._fields import FieldsJudgement


class AnnotationChanged(FieldsJudgement):
    """Annotations of objects or of pods changed, checksums apart.

    ## Why
    They tell controllers and people something, and Kubernetes itself next to nothing. Pods are replaced when it is
    their own that changed.

    ## Before
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      annotations:
        team: front # here
    ```

    ## After
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      annotations:
        team: back # here
    ```

    ## Not this
    ```yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
      annotations:
        team: front
        checksum/config: 5d41402abc4b2a76b9719d911017c592
    ```
    """

    id = "annotation-changed"
    level = Level.PATCH
    topics = ("annotations",)
    what = "annotations changed"
