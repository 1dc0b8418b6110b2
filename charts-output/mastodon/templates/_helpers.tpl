{{/* Name of the chart, or nameOverride. */}}
{{- define "mastodon.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "mastodon.fullname" -}}
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
{{- define "mastodon.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "mastodon.releaseLabels" -}}
app.kubernetes.io/name: {{ include "mastodon.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "mastodon.labels" -}}
helm.sh/chart: {{ include "mastodon.chart" . }}
{{ include "mastodon.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "mastodon.image" -}}
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
{{- define "mastodon.web.fullname" -}}
{{- printf "%s-web" (include "mastodon.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "mastodon.web.selectorLabels" -}}
{{ include "mastodon.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "mastodon.web.labels" -}}
{{ include "mastodon.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "mastodon.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "mastodon.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of streaming, short enough that the suffix survives. */}}
{{- define "mastodon.streaming.fullname" -}}
{{- printf "%s-streaming" (include "mastodon.fullname" . | trunc 47 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of streaming selects its pods; they are immutable. */}}
{{- define "mastodon.streaming.selectorLabels" -}}
{{ include "mastodon.releaseLabels" . }}
app.kubernetes.io/component: streaming
{{- end }}

{{/* Labels of the objects of streaming. */}}
{{- define "mastodon.streaming.labels" -}}
{{ include "mastodon.labels" . }}
app.kubernetes.io/component: streaming
{{- end }}

{{/* Name of the service account of streaming. */}}
{{- define "mastodon.streaming.serviceAccountName" -}}
{{- if .Values.streaming.serviceAccount.create }}
{{- default (include "mastodon.streaming.fullname" .) .Values.streaming.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.streaming.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of sidekiq, short enough that the suffix survives. */}}
{{- define "mastodon.sidekiq.fullname" -}}
{{- printf "%s-sidekiq" (include "mastodon.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of sidekiq selects its pods; they are immutable. */}}
{{- define "mastodon.sidekiq.selectorLabels" -}}
{{ include "mastodon.releaseLabels" . }}
app.kubernetes.io/component: sidekiq
{{- end }}

{{/* Labels of the objects of sidekiq. */}}
{{- define "mastodon.sidekiq.labels" -}}
{{ include "mastodon.labels" . }}
app.kubernetes.io/component: sidekiq
{{- end }}

{{/* Name of the service account of sidekiq. */}}
{{- define "mastodon.sidekiq.serviceAccountName" -}}
{{- if .Values.sidekiq.serviceAccount.create }}
{{- default (include "mastodon.sidekiq.fullname" .) .Values.sidekiq.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.sidekiq.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of migrate, short enough that the suffix survives. */}}
{{- define "mastodon.migrate.fullname" -}}
{{- printf "%s-migrate" (include "mastodon.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of migrate, by which the NetworkPolicy selects them. */}}
{{- define "mastodon.migrate.selectorLabels" -}}
{{ include "mastodon.releaseLabels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Labels of the objects of migrate. */}}
{{- define "mastodon.migrate.labels" -}}
{{ include "mastodon.labels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Name of the service account of migrate. */}}
{{- define "mastodon.migrate.serviceAccountName" -}}
{{- if .Values.migrate.serviceAccount.create }}
{{- default (include "mastodon.migrate.fullname" .) .Values.migrate.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.migrate.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of clean-up, short enough that the suffix survives. */}}
{{- define "mastodon.clean-up.fullname" -}}
{{- printf "%s-clean-up" (include "mastodon.fullname" . | trunc 43 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of clean-up, by which the NetworkPolicy selects them. */}}
{{- define "mastodon.clean-up.selectorLabels" -}}
{{ include "mastodon.releaseLabels" . }}
app.kubernetes.io/component: clean-up
{{- end }}

{{/* Labels of the objects of clean-up. */}}
{{- define "mastodon.clean-up.labels" -}}
{{ include "mastodon.labels" . }}
app.kubernetes.io/component: clean-up
{{- end }}

{{/* Name of the service account of clean-up. */}}
{{- define "mastodon.clean-up.serviceAccountName" -}}
{{- if .Values.cleanUp.serviceAccount.create }}
{{- default (include "mastodon.clean-up.fullname" .) .Values.cleanUp.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.cleanUp.serviceAccount.name }}
{{- end }}
{{- end }}
