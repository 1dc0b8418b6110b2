"""The judgement: what keeps data runs in another major version."""

import re

from chartgen.changes import Certainty, Level
from chartgen.compare.fields import FieldChange
from chartgen.compare.objects import ObjectPair
from chartgen.judgements.objects._containers import repository
from chartgen.judgements.objects._images import ImageJudgement, is_other, numbers
from chartgen.judgements.objects._volumes import has_data

_IN_TWO = (
    r"(?:mariadb(?:-galera)?|mysql(?:-server)?|percona-server|mongo|mongodb(?:-sharded)?|cockroach(?:db)?|zookeeper|etcd"
    r"|rabbitmq)\Z"
)
"""What has data whose major versions are called by two numbers: MariaDB 10.5 and 10.6, MySQL 5.7, MongoDB 4.2 and 4.4,
ZooKeeper 3.8 and 3.9; of etcd and RabbitMQ each is to be upgraded from the one before it, with notes of its own.

Sources: https://mariadb.com/kb/en/mariadb-server-release-dates, https://dev.mysql.com/doc/refman/8.4/en/mysql-releases.html,
https://www.mongodb.com/docs/manual/reference/versioning, https://www.cockroachlabs.com/docs/releases,
https://zookeeper.apache.org/releases.html, https://etcd.io/docs/latest/upgrades, https://www.rabbitmq.com/docs/upgrade.
"""

_ONCE_IN_TWO = r"postgres(?:ql)?(?:-repmgr)?\Z"
"""PostgreSQL's were until 10 (https://www.postgresql.org/support/versioning)."""


_SINCE_SEVEN_IN_TWO = r"redis(?:-cluster|-stack-server)?\Z"
"""Redis writes its files in another format since 7.0 with each of 7.0, 7.2 and 7.4, which the one before cannot read
(https://github.com/redis/redis/blob/unstable/src/rdb.h, ``RDB_VERSION``).
"""


class StatefulImageRaised(ImageJudgement):
    """What keeps data in a StatefulSet, or in a claim, runs in another major version.

    ## Why
    Databases read the files of their last major version at best, and seldom those of a later one: there is often no way
    back, and sometimes a migration to run before. bitnami/jaeger and bitnami/drupal raised their own major version for
    that of their database, bitnami/mongodb 9.0.0 that of a Deployment with a claim. MariaDB, MySQL and MongoDB call
    their major versions by two numbers: 10.5 after 10.3 is one. What runs beside it in the pod keeps none.

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
            - name: metrics
              image: "exporter:0.20.0"
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
            - name: metrics
              image: "exporter:0.20.0"
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
            - name: metrics
              image: "exporter:1.0.1"
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

    ## Before: a claim
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: db
    spec:
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: db}
          containers:
            - name: db
              image: "mongodb:4.2.9" # here
              volumeMounts:
                - {name: data, mountPath: /data}
            - name: proxy
              image: "proxy:1.0.0"
    ```

    ## After: a claim
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: db
    spec:
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: db}
          containers:
            - name: db
              image: "mongodb:4.4.0" # here
              volumeMounts:
                - {name: data, mountPath: /data}
            - name: proxy
              image: "proxy:1.0.0"
    ```

    ## Not this: a claim
    ```yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: db
    spec:
      selector:
        matchLabels: {app: db}
      template:
        metadata:
          labels: {app: db}
        spec:
          volumes:
            - name: data
              persistentVolumeClaim: {claimName: db}
          containers:
            - name: db
              image: "mongodb:4.2.9"
              volumeMounts:
                - {name: data, mountPath: /data}
            - name: proxy
              image: "proxy:2.0.0"
    ```
    """

    id = "stateful-image-raised"
    level = Level.MAJOR
    certainty = Certainty.LIKELY
    hurts = "whoever keeps data in it: it may not be read, or not any more by the old version"
    advice = "read the application's upgrade notes, and make a copy of the data first"
    topics = ("image",)
    what = "another major version runs"
    kinds = frozenset({"StatefulSet", "Deployment"})

    def concerns(self, change: FieldChange, pair: ObjectPair) -> bool:
        """Whether the image of a container that stays, and has data, is of another major version."""
        return is_other(change, _major) and has_data(pair.old, change.old)


def _major(image: object) -> tuple[int, ...] | None:
    """The major version that a tag names: 4 of ``cassandra:4.1.7-debian-12``; None where it names none."""
    found = numbers(image)
    if found is None:
        return None
    name = repository(image).rpartition("/")[2]
    in_two = re.match(_IN_TWO, name) or (re.match(_ONCE_IN_TWO, name) and found[0] < 10)
    in_two = in_two or (re.match(_SINCE_SEVEN_IN_TWO, name) and found[0] >= 7)
    return found if in_two else found[:1]
