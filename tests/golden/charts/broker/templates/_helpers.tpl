{{/* Name of the chart, or nameOverride. */}}
{{- define "orders.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "orders.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | replace "." "-" | trunc 57 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | replace "." "-" | trunc 57 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 57 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Chart name and version, for the label helm.sh/chart. */}}
{{- define "orders.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "orders.releaseLabels" -}}
app.kubernetes.io/name: {{ include "orders.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "orders.labels" -}}
helm.sh/chart: {{ include "orders.chart" . }}
{{ include "orders.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "orders.image" -}}
{{- $chart := .root.Values.image }}
{{- $version := ternary .own $chart (not (empty (coalesce .own.repository .own.tag .own.digest))) }}
{{- $repository := default $chart.repository .own.repository }}
{{- if $version.digest }}
{{- printf "%s@%s" $repository $version.digest }}
{{- else }}
{{- printf "%s:%s" $repository ($version.tag | default .root.Chart.AppVersion | toString) }}
{{- end }}
{{- end }}

{{/* Name of the objects of web, short enough that the suffix survives. */}}
{{- define "orders.web.fullname" -}}
{{- printf "%s-web" (include "orders.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "orders.web.selectorLabels" -}}
{{ include "orders.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "orders.web.labels" -}}
{{ include "orders.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "orders.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "orders.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of worker, short enough that the suffix survives. */}}
{{- define "orders.worker.fullname" -}}
{{- printf "%s-worker" (include "orders.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of worker selects its pods; they are immutable. */}}
{{- define "orders.worker.selectorLabels" -}}
{{ include "orders.releaseLabels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Labels of the objects of worker. */}}
{{- define "orders.worker.labels" -}}
{{ include "orders.labels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Name of the service account of worker. */}}
{{- define "orders.worker.serviceAccountName" -}}
{{- if .Values.worker.serviceAccount.create }}
{{- default (include "orders.worker.fullname" .) .Values.worker.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.worker.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the RabbitmqCluster of queue: one that exists, or that of this release. */}}
{{- define "orders.needs.queue.cluster" -}}
{{- .Values.needs.queue.existingCluster | default (printf "%s-queue" (include "orders.fullname" . | trunc 39 | trimSuffix "-")) }}
{{- end }}

{{/* Name of the Secret with what it takes to connect to queue: that of its RabbitmqCluster, or another. */}}
{{- define "orders.needs.queue.secret" -}}
{{- .Values.needs.queue.existingSecret | default (printf "%s-default-user" (include "orders.needs.queue.cluster" .)) }}
{{- end }}

{{/* Name of the RabbitmqCluster of audit. */}}
{{- define "orders.needs.audit.cluster" -}}
{{- .Values.needs.audit.existingCluster }}
{{- end }}

{{/* Name of the Secret with what it takes to connect to audit: that of its RabbitmqCluster, or another. */}}
{{- define "orders.needs.audit.secret" -}}
{{- .Values.needs.audit.existingSecret | default (printf "%s-default-user" (include "orders.needs.audit.cluster" .)) }}
{{- end }}
