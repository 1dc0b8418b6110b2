"""What compose, Kubernetes and Helm call our keys, so that a habit is answered with the right name."""

from __future__ import annotations

from collections.abc import Collection

_ALIASES = """
alerts                          monitoring.alerts
allow                           from
appVersion                      image.tag
autoscaling                     replicas
className                       class
cmd                             args
containerPort                   port
cpu                             resources.cpu
dashboard                       monitoring.dashboard
egress                          to
entrypoint                      command
environment                     env
envFrom                         secrets
existingSecrets                 secrets
expose                          port
failureThreshold                failures
fsGroup                         group
gateway                         ingress.gateway
gracePeriod                     grace
healthcheck                     health
host                            ingress
hostname                        host ingress
hosts                           ingress.hosts
hpa                             replicas
httpGet                         path
imagePullPolicy                 image.pullPolicy
imagePullSecrets                image.pullSecrets
ingress                         from
ingresses                       ingress
ingressClassName                class ingress.class
livenessProbe                   liveness health
maxReplicas                     max replicas.max
memory                          resources.memory
minReplicas                     min replicas.min
name                            repository
networkPolicy                   network
periodSeconds                   period
podAnnotations                  annotations
podLabels                       labels
preStop                         sleep shutdown.sleep
probes                          health
prometheus                      metrics
readinessProbe                  readiness health
readOnlyRootFilesystem          writableRoot
replicaCount                    replicas
role                            aws
roleArn                         aws identity.aws
runAsGroup                      group
runAsUser                       user
scale                           replicas
scrapeInterval                  interval
securityContext                 security
serviceMonitor                  metrics
services                        workloads
startupProbe                    startup health
tag                             image.tag
targetCPUUtilizationPercentage  cpu replicas.cpu
targetMemoryUtilizationPercentage  memory replicas.memory
targetPort                      port
terminationGracePeriodSeconds   grace shutdown
timeoutSeconds                  timeout
tls                             ingress.tls
tlsSecret                       tls
variables                       env
version                         tag
"""
"""A line a name: what others say, and what it may be here, the nearest level first; dots lead into an object."""

ALIASES = {words[0]: words[1:] for words in map(str.split, _ALIASES.strip().splitlines())}
"""Foreign name -> our names for it."""


def our_name(foreign: str, known: Collection[str]) -> str:
    """Our name for a foreign key among those known at its place; ``""`` when there is none."""
    return next((name for name in ALIASES.get(foreign, ()) if name.partition(".")[0] in known), "")
