"""What compose, Kubernetes and Helm call our keys, so that a habit is answered with the right name."""

from __future__ import annotations

from collections.abc import Collection

_ALIASES = """
accessMode                      access
accessModes                     access
activeDeadlineSeconds           timeout
alerts                          monitoring.alerts
allow                           from
appVersion                      image.tag
autoscaling                     replicas
averageValue                    average
backoffLimit                    backoff
behaviour                       behavior
certificateArn                  certificate
className                       class
claimName                       existing
clientId                        azure
cluster                         operator
clusterIP                       type
cmd                             args
concurrencyPolicy               concurrency
containerPort                   port
cooldownPeriod                  cooldown
cpu                             resources.cpu
cron                            schedule
cronSchedule                    schedule
dashboard                       monitoring.dashboard
database                        needs
databases                       needs
dbname                          database
dependencies                    needs
depends_on                      needs
egress                          to
emptyDir                        tmp
entrypoint                      command
envFrom                         secrets
environment                     env
existingClaim                   existing
existingSecret                  secret
existingSecrets                 secrets
expose                          port
extraObjects                    extra
failedJobsHistoryLimit          failed history.failed
failureThreshold                failures
fsGroup                         group
gateway                         ingress.gateway
google                          gcp
gracePeriod                     grace
grpcRoute                       ingress.gateway ingress.grpc
headless                        service
healthcheck                     health
hook                            run
host                            ingress
hostname                        host ingress
hosts                           ingress.hosts
hpa                             replicas
httpGet                         path
httpRoute                       ingress.gateway
imagePullPolicy                 image.pullPolicy
imagePullSecrets                image.pullSecrets
ingress                         from
ingressClassName                class ingress.class
ingresses                       ingress
keda                            replicas.triggers
livenessProbe                   liveness health
loadBalancerClass               class service.class
maxReplicaCount                 max replicas.max
maxReplicas                     max replicas.max
memory                          resources.memory
minReplicaCount                 min replicas.min
minReplicas                     min replicas.min
name                            repository
networkPolicy                   network
periodSeconds                   period every
persistence                     volumes
persistentVolumeClaim           existing
podAnnotations                  annotations
podLabels                       labels
podManagementPolicy             ordered
podSecurityContext              security
pollingInterval                 polling
postStart                       lifecycle.postStart
preStop                         sleep lifecycle.preStop
probes                          health
prometheus                      metrics
queueLength                     average
queueName                       queue
queueURL                        queue
readinessProbe                  readiness health
readOnlyRootFilesystem          writableRoot
recommend                       vpa
replicaCount                    replicas
replicas                        instances
role                            aws
roleArn                         role aws identity.aws
runAsGroup                      group
runAsUser                       user
scale                           replicas
scaledObject                    replicas.triggers
scrapeInterval                  interval
securityContext                 security
selectPolicy                    select
serviceMonitor                  metrics
services                        workloads
sessionAffinityConfig           sessionAffinity
size                            storage
stabilizationWindowSeconds      window
startingDeadlineSeconds         deadline
startupProbe                    startup health
sticky                          service.sessionAffinity sessionAffinity
stickySessions                  service.sessionAffinity sessionAffinity
storageClass                    class
storageClassName                class
subchart                        chart
successfulJobsHistoryLimit      successful history.successful
tag                             image.tag
targetCPUUtilizationPercentage  cpu replicas.cpu
targetMemoryUtilizationPercentage  memory replicas.memory
targetPort                      port
terminationGracePeriodSeconds   grace shutdown
threshold                       average
timeoutSeconds                  timeout
timeZone                        timezone
tls                             ingress.tls
tlsSecret                       tls
ttlSecondsAfterFinished         ttl
uri                             url
user                            username
variables                       env
version                         tag
verticalPodAutoscaler           vpa
volumeClaimTemplates            volumes
volumeMounts                    volumes mounts
"""
"""A line a name: what others say, and what it may be here, the nearest level first; dots lead into an object."""

ALIASES = {words[0]: words[1:] for words in map(str.split, _ALIASES.strip().splitlines())}
"""Foreign name -> our names for it."""


AT_INSTALL = frozenset((
    "affinity", "extraEnv", "extraEnvFrom", "fullnameOverride", "nameOverride", "nodeSelector", "podDisruptionBudget",
    "priorityClassName", "serviceAccount", "strategy", "tolerations", "topologySpreadConstraints", "updateStrategy",
))  # fmt: skip
"""What a spec does not say, because it depends on the cluster: values of the chart, by these names."""


def our_name(foreign: str, known: Collection[str]) -> str:
    """Our name for a foreign key among those known at its place; ``""`` when there is none."""
    return next((name for name in ALIASES.get(foreign, ()) if name.partition(".")[0] in known), "")
