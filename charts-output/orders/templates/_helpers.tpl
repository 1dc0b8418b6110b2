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

{{/* Name of the objects of api, short enough that the suffix survives. */}}
{{- define "orders.api.fullname" -}}
{{- printf "%s-api" (include "orders.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of api selects its pods; they are immutable. */}}
{{- define "orders.api.selectorLabels" -}}
{{ include "orders.releaseLabels" . }}
app.kubernetes.io/component: api
{{- end }}

{{/* Labels of the objects of api. */}}
{{- define "orders.api.labels" -}}
{{ include "orders.labels" . }}
app.kubernetes.io/component: api
{{- end }}

{{/* Name of the service account of api. */}}
{{- define "orders.api.serviceAccountName" -}}
{{- if .Values.api.serviceAccount.create }}
{{- default (include "orders.api.fullname" .) .Values.api.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.api.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of feed, short enough that the suffix survives. */}}
{{- define "orders.feed.fullname" -}}
{{- printf "%s-feed" (include "orders.fullname" . | trunc 52 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of feed selects its pods; they are immutable. */}}
{{- define "orders.feed.selectorLabels" -}}
{{ include "orders.releaseLabels" . }}
app.kubernetes.io/component: feed
{{- end }}

{{/* Labels of the objects of feed. */}}
{{- define "orders.feed.labels" -}}
{{ include "orders.labels" . }}
app.kubernetes.io/component: feed
{{- end }}

{{/* Name of the service account of feed. */}}
{{- define "orders.feed.serviceAccountName" -}}
{{- if .Values.feed.serviceAccount.create }}
{{- default (include "orders.feed.fullname" .) .Values.feed.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.feed.serviceAccount.name }}
{{- end }}
{{- end }}
