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

{{/* Name of the objects of db, short enough that the suffix survives. */}}
{{- define "shop.db.fullname" -}}
{{- printf "%s-db" (include "shop.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the StatefulSet of db selects its pods; they are immutable. */}}
{{- define "shop.db.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: db
{{- end }}

{{/* Labels of the objects of db. */}}
{{- define "shop.db.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: db
{{- end }}

{{/* Name of the service account of db. */}}
{{- define "shop.db.serviceAccountName" -}}
{{- if .Values.db.serviceAccount.create }}
{{- default (include "shop.db.fullname" .) .Values.db.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.db.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of agent, short enough that the suffix survives. */}}
{{- define "shop.agent.fullname" -}}
{{- printf "%s-agent" (include "shop.fullname" . | trunc 51 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the DaemonSet of agent selects its pods; they are immutable. */}}
{{- define "shop.agent.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: agent
{{- end }}

{{/* Labels of the objects of agent. */}}
{{- define "shop.agent.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: agent
{{- end }}

{{/* Name of the service account of agent. */}}
{{- define "shop.agent.serviceAccountName" -}}
{{- if .Values.agent.serviceAccount.create }}
{{- default (include "shop.agent.fullname" .) .Values.agent.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.agent.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of report, short enough that the suffix survives. */}}
{{- define "shop.report.fullname" -}}
{{- printf "%s-report" (include "shop.fullname" . | trunc 45 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of report, by which the NetworkPolicy selects them. */}}
{{- define "shop.report.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: report
{{- end }}

{{/* Labels of the objects of report. */}}
{{- define "shop.report.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: report
{{- end }}

{{/* Name of the service account of report. */}}
{{- define "shop.report.serviceAccountName" -}}
{{- if .Values.report.serviceAccount.create }}
{{- default (include "shop.report.fullname" .) .Values.report.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.report.serviceAccount.name }}
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

{{/* Name of the objects of load, short enough that the suffix survives. */}}
{{- define "shop.load.fullname" -}}
{{- printf "%s-load" (include "shop.fullname" . | trunc 43 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of load, by which the NetworkPolicy selects them. */}}
{{- define "shop.load.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: load
{{- end }}

{{/* Labels of the objects of load. */}}
{{- define "shop.load.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: load
{{- end }}

{{/* Name of the service account of load. */}}
{{- define "shop.load.serviceAccountName" -}}
{{- if .Values.load.serviceAccount.create }}
{{- default (include "shop.load.fullname" .) .Values.load.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.load.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of tell, short enough that the suffix survives. */}}
{{- define "shop.tell.fullname" -}}
{{- printf "%s-tell" (include "shop.fullname" . | trunc 52 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of tell, by which the NetworkPolicy selects them. */}}
{{- define "shop.tell.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: tell
{{- end }}

{{/* Labels of the objects of tell. */}}
{{- define "shop.tell.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: tell
{{- end }}

{{/* Name of the service account of tell. */}}
{{- define "shop.tell.serviceAccountName" -}}
{{- if .Values.tell.serviceAccount.create }}
{{- default (include "shop.tell.fullname" .) .Values.tell.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.tell.serviceAccount.name }}
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
