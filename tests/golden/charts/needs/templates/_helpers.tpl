{{/* Name of the chart, or nameOverride. */}}
{{- define "shop.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "shop.fullname" -}}
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
{{- define "shop.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "shop.releaseLabels" -}}
app.kubernetes.io/name: {{ include "shop.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "shop.labels" -}}
helm.sh/chart: {{ include "shop.chart" . }}
{{ include "shop.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "shop.image" -}}
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
{{- define "shop.web.fullname" -}}
{{- printf "%s-web" (include "shop.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "shop.web.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "shop.web.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "shop.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "shop.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of worker, short enough that the suffix survives. */}}
{{- define "shop.worker.fullname" -}}
{{- printf "%s-worker" (include "shop.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of worker selects its pods; they are immutable. */}}
{{- define "shop.worker.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Labels of the objects of worker. */}}
{{- define "shop.worker.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Name of the service account of worker. */}}
{{- define "shop.worker.serviceAccountName" -}}
{{- if .Values.worker.serviceAccount.create }}
{{- default (include "shop.worker.fullname" .) .Values.worker.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.worker.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of migrate, short enough that the suffix survives. */}}
{{- define "shop.migrate.fullname" -}}
{{- printf "%s-migrate" (include "shop.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of migrate, by which the NetworkPolicy selects them. */}}
{{- define "shop.migrate.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Labels of the objects of migrate. */}}
{{- define "shop.migrate.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Name of the service account of migrate. */}}
{{- define "shop.migrate.serviceAccountName" -}}
{{- if .Values.migrate.serviceAccount.create }}
{{- default (include "shop.migrate.fullname" .) .Values.migrate.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.migrate.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of import, short enough that the suffix survives. */}}
{{- define "shop.import.fullname" -}}
{{- printf "%s-import" (include "shop.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of import, by which the NetworkPolicy selects them. */}}
{{- define "shop.import.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: import
{{- end }}

{{/* Labels of the objects of import. */}}
{{- define "shop.import.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: import
{{- end }}

{{/* Name of the service account of import. */}}
{{- define "shop.import.serviceAccountName" -}}
{{- if .Values.import.serviceAccount.create }}
{{- default (include "shop.import.fullname" .) .Values.import.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.import.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the Cluster of orders: one that exists, or that of this release. */}}
{{- define "shop.needs.orders.cluster" -}}
{{- .Values.needs.orders.existingCluster | default (printf "%s-orders" (include "shop.fullname" . | trunc 43 | trimSuffix "-")) }}
{{- end }}

{{/* Name of the Secret with what it takes to connect to orders: that of its Cluster, or another. */}}
{{- define "shop.needs.orders.secret" -}}
{{- .Values.needs.orders.existingSecret | default (printf "%s-app" (include "shop.needs.orders.cluster" .)) }}
{{- end }}

{{/* Name of the Cluster of archive. */}}
{{- define "shop.needs.archive.cluster" -}}
{{- .Values.needs.archive.existingCluster }}
{{- end }}

{{/* Name of the Secret with what it takes to connect to archive: that of its Cluster, or another. */}}
{{- define "shop.needs.archive.secret" -}}
{{- .Values.needs.archive.existingSecret | default (printf "%s-app" (include "shop.needs.archive.cluster" .)) }}
{{- end }}

{{/* Host of sessions: the one that is given, or the Service of its chart, named as charts name theirs. */}}
{{- define "shop.needs.sessions.host" -}}
{{- $chart := .Values.sessions }}
{{- $host := .Values.needs.sessions.host }}
{{- if and (not $host) (not $chart.enabled) }}
{{- fail "needs.sessions.host must be set where sessions.enabled is false" }}
{{- end }}
{{- if $host }}
{{- $host }}
{{- else }}
{{- $name := default "sessions" $chart.nameOverride }}
{{- $usual := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) }}
{{- default $usual $chart.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* Host of page-cache: the one that is given, or the Service of its chart, named as charts name theirs. */}}
{{- define "shop.needs.pageCache.host" -}}
{{- $chart := index .Values "page-cache" }}
{{- $host := .Values.needs.pageCache.host }}
{{- if and (not $host) (not $chart.enabled) }}
{{- fail "needs.pageCache.host must be set where page-cache.enabled is false" }}
{{- end }}
{{- if $host }}
{{- $host }}
{{- else }}
{{- $name := default "page-cache" $chart.nameOverride }}
{{- $usual := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) }}
{{- printf "%s-headless" (default $usual $chart.fullnameOverride | trunc 63 | trimSuffix "-") }}
{{- end }}
{{- end }}
