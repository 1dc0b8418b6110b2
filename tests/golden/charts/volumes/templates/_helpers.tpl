{{/* Name of the chart, or nameOverride. */}}
{{- define "stored.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "stored.fullname" -}}
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
{{- define "stored.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "stored.releaseLabels" -}}
app.kubernetes.io/name: {{ include "stored.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "stored.labels" -}}
helm.sh/chart: {{ include "stored.chart" . }}
{{ include "stored.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "stored.image" -}}
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
{{- define "stored.web.fullname" -}}
{{- printf "%s-web" (include "stored.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "stored.web.selectorLabels" -}}
{{ include "stored.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "stored.web.labels" -}}
{{ include "stored.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "stored.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "stored.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of files, short enough that the suffix survives. */}}
{{- define "stored.files.fullname" -}}
{{- printf "%s-files" (include "stored.fullname" . | trunc 51 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of files selects its pods; they are immutable. */}}
{{- define "stored.files.selectorLabels" -}}
{{ include "stored.releaseLabels" . }}
app.kubernetes.io/component: files
{{- end }}

{{/* Labels of the objects of files. */}}
{{- define "stored.files.labels" -}}
{{ include "stored.labels" . }}
app.kubernetes.io/component: files
{{- end }}

{{/* Name of the service account of files. */}}
{{- define "stored.files.serviceAccountName" -}}
{{- if .Values.files.serviceAccount.create }}
{{- default (include "stored.files.fullname" .) .Values.files.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.files.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of db, short enough that the suffix survives. */}}
{{- define "stored.db.fullname" -}}
{{- printf "%s-db" (include "stored.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the StatefulSet of db selects its pods; they are immutable. */}}
{{- define "stored.db.selectorLabels" -}}
{{ include "stored.releaseLabels" . }}
app.kubernetes.io/component: db
{{- end }}

{{/* Labels of the objects of db. */}}
{{- define "stored.db.labels" -}}
{{ include "stored.labels" . }}
app.kubernetes.io/component: db
{{- end }}

{{/* Name of the service account of db. */}}
{{- define "stored.db.serviceAccountName" -}}
{{- if .Values.db.serviceAccount.create }}
{{- default (include "stored.db.fullname" .) .Values.db.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.db.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of report, short enough that the suffix survives. */}}
{{- define "stored.report.fullname" -}}
{{- printf "%s-report" (include "stored.fullname" . | trunc 45 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of report, by which the NetworkPolicy selects them. */}}
{{- define "stored.report.selectorLabels" -}}
{{ include "stored.releaseLabels" . }}
app.kubernetes.io/component: report
{{- end }}

{{/* Labels of the objects of report. */}}
{{- define "stored.report.labels" -}}
{{ include "stored.labels" . }}
app.kubernetes.io/component: report
{{- end }}

{{/* Name of the service account of report. */}}
{{- define "stored.report.serviceAccountName" -}}
{{- if .Values.report.serviceAccount.create }}
{{- default (include "stored.report.fullname" .) .Values.report.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.report.serviceAccount.name }}
{{- end }}
{{- end }}
