{{/* Name of the chart, or nameOverride. */}}
{{- define "files.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "files.fullname" -}}
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
{{- define "files.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "files.releaseLabels" -}}
app.kubernetes.io/name: {{ include "files.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "files.labels" -}}
helm.sh/chart: {{ include "files.chart" . }}
{{ include "files.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "files.image" -}}
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
{{- define "files.web.fullname" -}}
{{- printf "%s-web" (include "files.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "files.web.selectorLabels" -}}
{{ include "files.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "files.web.labels" -}}
{{ include "files.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "files.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "files.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of ci, short enough that the suffix survives. */}}
{{- define "files.ci.fullname" -}}
{{- printf "%s-ci" (include "files.fullname" . | trunc 54 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of ci, by which the NetworkPolicy selects them. */}}
{{- define "files.ci.selectorLabels" -}}
{{ include "files.releaseLabels" . }}
app.kubernetes.io/component: ci
{{- end }}

{{/* Labels of the objects of ci. */}}
{{- define "files.ci.labels" -}}
{{ include "files.labels" . }}
app.kubernetes.io/component: ci
{{- end }}

{{/* Name of the service account of ci. */}}
{{- define "files.ci.serviceAccountName" -}}
{{- if .Values.ci.serviceAccount.create }}
{{- default (include "files.ci.fullname" .) .Values.ci.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.ci.serviceAccount.name }}
{{- end }}
{{- end }}
