{{/* Name of the chart, or nameOverride. */}}
{{- define "crowd.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "crowd.fullname" -}}
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
{{- define "crowd.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "crowd.releaseLabels" -}}
app.kubernetes.io/name: {{ include "crowd.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "crowd.labels" -}}
helm.sh/chart: {{ include "crowd.chart" . }}
{{ include "crowd.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "crowd.image" -}}
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
{{- define "crowd.web.fullname" -}}
{{- printf "%s-web" (include "crowd.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "crowd.web.selectorLabels" -}}
{{ include "crowd.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "crowd.web.labels" -}}
{{ include "crowd.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "crowd.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "crowd.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of migrate, short enough that the suffix survives. */}}
{{- define "crowd.migrate.fullname" -}}
{{- printf "%s-migrate" (include "crowd.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of migrate, by which the NetworkPolicy selects them. */}}
{{- define "crowd.migrate.selectorLabels" -}}
{{ include "crowd.releaseLabels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Labels of the objects of migrate. */}}
{{- define "crowd.migrate.labels" -}}
{{ include "crowd.labels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Name of the service account of migrate. */}}
{{- define "crowd.migrate.serviceAccountName" -}}
{{- if .Values.migrate.serviceAccount.create }}
{{- default (include "crowd.migrate.fullname" .) .Values.migrate.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.migrate.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Image reference of a container beside the application's own, from its image values. */}}
{{- define "crowd.containerImage" -}}
{{- if .digest }}
{{- printf "%s@%s" .repository .digest }}
{{- else }}
{{- printf "%s:%s" .repository (toString .tag) }}
{{- end }}
{{- end }}
