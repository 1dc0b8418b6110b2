{{/* Name of the chart, or nameOverride. */}}
{{- define "quotes.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "quotes.fullname" -}}
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
{{- define "quotes.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "quotes.releaseLabels" -}}
app.kubernetes.io/name: {{ include "quotes.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "quotes.labels" -}}
helm.sh/chart: {{ include "quotes.chart" . }}
{{ include "quotes.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "quotes.image" -}}
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
{{- define "quotes.api.fullname" -}}
{{- printf "%s-api" (include "quotes.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of api selects its pods; they are immutable. */}}
{{- define "quotes.api.selectorLabels" -}}
{{ include "quotes.releaseLabels" . }}
app.kubernetes.io/component: api
{{- end }}

{{/* Labels of the objects of api. */}}
{{- define "quotes.api.labels" -}}
{{ include "quotes.labels" . }}
app.kubernetes.io/component: api
{{- end }}

{{/* Name of the service account of api. */}}
{{- define "quotes.api.serviceAccountName" -}}
{{- if .Values.api.serviceAccount.create }}
{{- default (include "quotes.api.fullname" .) .Values.api.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.api.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of index, short enough that the suffix survives. */}}
{{- define "quotes.index.fullname" -}}
{{- printf "%s-index" (include "quotes.fullname" . | trunc 51 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of index selects its pods; they are immutable. */}}
{{- define "quotes.index.selectorLabels" -}}
{{ include "quotes.releaseLabels" . }}
app.kubernetes.io/component: index
{{- end }}

{{/* Labels of the objects of index. */}}
{{- define "quotes.index.labels" -}}
{{ include "quotes.labels" . }}
app.kubernetes.io/component: index
{{- end }}

{{/* Name of the service account of index. */}}
{{- define "quotes.index.serviceAccountName" -}}
{{- if .Values.index.serviceAccount.create }}
{{- default (include "quotes.index.fullname" .) .Values.index.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.index.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of orders, short enough that the suffix survives. */}}
{{- define "quotes.orders.fullname" -}}
{{- printf "%s-orders" (include "quotes.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of orders selects its pods; they are immutable. */}}
{{- define "quotes.orders.selectorLabels" -}}
{{ include "quotes.releaseLabels" . }}
app.kubernetes.io/component: orders
{{- end }}

{{/* Labels of the objects of orders. */}}
{{- define "quotes.orders.labels" -}}
{{ include "quotes.labels" . }}
app.kubernetes.io/component: orders
{{- end }}

{{/* Name of the service account of orders. */}}
{{- define "quotes.orders.serviceAccountName" -}}
{{- if .Values.orders.serviceAccount.create }}
{{- default (include "quotes.orders.fullname" .) .Values.orders.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.orders.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of stream, short enough that the suffix survives. */}}
{{- define "quotes.stream.fullname" -}}
{{- printf "%s-stream" (include "quotes.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of stream selects its pods; they are immutable. */}}
{{- define "quotes.stream.selectorLabels" -}}
{{ include "quotes.releaseLabels" . }}
app.kubernetes.io/component: stream
{{- end }}

{{/* Labels of the objects of stream. */}}
{{- define "quotes.stream.labels" -}}
{{ include "quotes.labels" . }}
app.kubernetes.io/component: stream
{{- end }}

{{/* Name of the service account of stream. */}}
{{- define "quotes.stream.serviceAccountName" -}}
{{- if .Values.stream.serviceAccount.create }}
{{- default (include "quotes.stream.fullname" .) .Values.stream.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.stream.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of admin, short enough that the suffix survives. */}}
{{- define "quotes.admin.fullname" -}}
{{- printf "%s-admin" (include "quotes.fullname" . | trunc 51 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of admin selects its pods; they are immutable. */}}
{{- define "quotes.admin.selectorLabels" -}}
{{ include "quotes.releaseLabels" . }}
app.kubernetes.io/component: admin
{{- end }}

{{/* Labels of the objects of admin. */}}
{{- define "quotes.admin.labels" -}}
{{ include "quotes.labels" . }}
app.kubernetes.io/component: admin
{{- end }}

{{/* Name of the service account of admin. */}}
{{- define "quotes.admin.serviceAccountName" -}}
{{- if .Values.admin.serviceAccount.create }}
{{- default (include "quotes.admin.fullname" .) .Values.admin.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.admin.serviceAccount.name }}
{{- end }}
{{- end }}
