{{/* Name of the chart, or nameOverride. */}}
{{- define "keeper.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "keeper.fullname" -}}
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
{{- define "keeper.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "keeper.releaseLabels" -}}
app.kubernetes.io/name: {{ include "keeper.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "keeper.labels" -}}
helm.sh/chart: {{ include "keeper.chart" . }}
{{ include "keeper.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "keeper.image" -}}
{{- $chart := .root.Values.image }}
{{- $version := ternary .own $chart (not (empty (coalesce .own.repository .own.tag .own.digest))) }}
{{- $repository := default $chart.repository .own.repository }}
{{- if $version.digest }}
{{- printf "%s@%s" $repository $version.digest }}
{{- else }}
{{- printf "%s:%s" $repository ($version.tag | default .root.Chart.AppVersion | toString) }}
{{- end }}
{{- end }}

{{/* Name of the objects of controller, short enough that the suffix survives. */}}
{{- define "keeper.controller.fullname" -}}
{{- printf "%s-controller" (include "keeper.fullname" . | trunc 46 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of controller selects its pods; they are immutable. */}}
{{- define "keeper.controller.selectorLabels" -}}
{{ include "keeper.releaseLabels" . }}
app.kubernetes.io/component: controller
{{- end }}

{{/* Labels of the objects of controller. */}}
{{- define "keeper.controller.labels" -}}
{{ include "keeper.labels" . }}
app.kubernetes.io/component: controller
{{- end }}

{{/* Name of the service account of controller. */}}
{{- define "keeper.controller.serviceAccountName" -}}
{{- if .Values.controller.serviceAccount.create }}
{{- default (include "keeper.controller.fullname" .) .Values.controller.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.controller.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of migrate, short enough that the suffix survives. */}}
{{- define "keeper.migrate.fullname" -}}
{{- printf "%s-migrate" (include "keeper.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of migrate, by which the NetworkPolicy selects them. */}}
{{- define "keeper.migrate.selectorLabels" -}}
{{ include "keeper.releaseLabels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Labels of the objects of migrate. */}}
{{- define "keeper.migrate.labels" -}}
{{ include "keeper.labels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Name of the service account of migrate. */}}
{{- define "keeper.migrate.serviceAccountName" -}}
{{- if .Values.migrate.serviceAccount.create }}
{{- default (include "keeper.migrate.fullname" .) .Values.migrate.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.migrate.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of web, short enough that the suffix survives. */}}
{{- define "keeper.web.fullname" -}}
{{- printf "%s-web" (include "keeper.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "keeper.web.selectorLabels" -}}
{{ include "keeper.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "keeper.web.labels" -}}
{{ include "keeper.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "keeper.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "keeper.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}
