"""The judgement: what keeps state runs in another major version."""

import re

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._images import ImageJudgement
from chartgen.kube.access import Image

_VERSION = re.compile(r"v?(\d+)\.(\d+)")

_IN_TWO = r"(?:mariadb(?:-galera)?|mysql(?:-server)?|percona-server|mongo|mongodb(?:-sharded)?|cockroach(?:db)?)\Z"
"""Databases whose major versions are called by two numbers: MariaDB 10.5 and 10.6, MySQL 5.7, MongoDB 4.2 and 4.4.

Sources: https://mariadb.com/kb/en/mariadb-server-release-dates, https://dev.mysql.com/doc/refman/8.4/en/mysql-releases.html,
https://www.mongodb.com/docs/manual/reference/versioning, https://www.cockroachlabs.com/docs/releases.
"""

_ONCE_IN_TWO = r"postgres(?:ql)?(?:-repmgr)?\Z"
"""PostgreSQL's were until 10 (https://www.postgresql.org/support/versioning)."""


class StatefulImageRaised(ImageJudgement):
    """What keeps state in a StatefulSet runs in another major version.

    ## Why
    Databases read the files of their last major version at best, and seldom those of a later one: there is often no way
    back, and sometimes a migration to run before. bitnami/jaeger and bitnami/drupal raised their own major version for
    that of their database. MariaDB, MySQL and MongoDB call their major versions by two numbers: 10.5 after 10.3 is one.

    ## Before
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "cassandra:4.1.7" # here
    ```

    ## After
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "cassandra:5.0.2" # here
    ```

    ## Not this
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "cassandra:4.2.0"
    ```

    ## Before: two numbers
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "mariadb:10.3.27" # here
    ```

    ## After: two numbers
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "mariadb:10.5.8" # here
    ```

    ## Not this: two numbers
    ```yaml
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          containers:
            - name: db
              image: "mariadb:10.3.28"
    ```
    """

    id = "stateful-image-raised"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever keeps data in it: it may not be read, or not any more by the old version"
    advice = "read the application's upgrade notes, and make a copy of the data first"
    topics = ("image",)
    what = "another major version runs"
    kinds = frozenset({"StatefulSet"})

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether the image of a container that stays is of another major version."""
        if change.path[-1] != "image" or "initContainers" in change.path:
            return False
        before, after = (_major(image) for image in (change.before, change.after))
        return before != after and None not in (before, after) and repository(change.before) == repository(change.after)


def _major(image: object) -> str | None:
    """The major version that a tag names: ``4`` of ``cassandra:4.1.7-debian-12``; None where it names none."""
    found = _VERSION.match(Image.parse(image).tag or "") if isinstance(image, str) else None
    if found is None:
        return None
    name = repository(image).rpartition("/")[2]
    in_two = re.match(_IN_TWO, name) or (re.match(_ONCE_IN_TWO, name) and int(found[1]) < 10)
    return f"{found[1]}.{found[2]}" if in_two else found[1]
