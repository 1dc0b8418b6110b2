{{/* Name of the chart, or nameOverride. */}}
{{- define "scaling.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "scaling.fullname" -}}
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
{{- define "scaling.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "scaling.releaseLabels" -}}
app.kubernetes.io/name: {{ include "scaling.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "scaling.labels" -}}
helm.sh/chart: {{ include "scaling.chart" . }}
{{ include "scaling.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "scaling.image" -}}
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
{{- define "scaling.web.fullname" -}}
{{- printf "%s-web" (include "scaling.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "scaling.web.selectorLabels" -}}
{{ include "scaling.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "scaling.web.labels" -}}
{{ include "scaling.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "scaling.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "scaling.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of worker, short enough that the suffix survives. */}}
{{- define "scaling.worker.fullname" -}}
{{- printf "%s-worker" (include "scaling.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of worker selects its pods; they are immutable. */}}
{{- define "scaling.worker.selectorLabels" -}}
{{ include "scaling.releaseLabels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Labels of the objects of worker. */}}
{{- define "scaling.worker.labels" -}}
{{ include "scaling.labels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Name of the service account of worker. */}}
{{- define "scaling.worker.serviceAccountName" -}}
{{- if .Values.worker.serviceAccount.create }}
{{- default (include "scaling.worker.fullname" .) .Values.worker.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.worker.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of mailer, short enough that the suffix survives. */}}
{{- define "scaling.mailer.fullname" -}}
{{- printf "%s-mailer" (include "scaling.fullname" . | trunc 45 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the StatefulSet of mailer selects its pods; they are immutable. */}}
{{- define "scaling.mailer.selectorLabels" -}}
{{ include "scaling.releaseLabels" . }}
app.kubernetes.io/component: mailer
{{- end }}

{{/* Labels of the objects of mailer. */}}
{{- define "scaling.mailer.labels" -}}
{{ include "scaling.labels" . }}
app.kubernetes.io/component: mailer
{{- end }}

{{/* Name of the service account of mailer. */}}
{{- define "scaling.mailer.serviceAccountName" -}}
{{- if .Values.mailer.serviceAccount.create }}
{{- default (include "scaling.mailer.fullname" .) .Values.mailer.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.mailer.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of nightly, short enough that the suffix survives. */}}
{{- define "scaling.nightly.fullname" -}}
{{- printf "%s-nightly" (include "scaling.fullname" . | trunc 44 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of nightly, by which the NetworkPolicy selects them. */}}
{{- define "scaling.nightly.selectorLabels" -}}
{{ include "scaling.releaseLabels" . }}
app.kubernetes.io/component: nightly
{{- end }}

{{/* Labels of the objects of nightly. */}}
{{- define "scaling.nightly.labels" -}}
{{ include "scaling.labels" . }}
app.kubernetes.io/component: nightly
{{- end }}

{{/* Name of the service account of nightly. */}}
{{- define "scaling.nightly.serviceAccountName" -}}
{{- if .Values.nightly.serviceAccount.create }}
{{- default (include "scaling.nightly.fullname" .) .Values.nightly.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.nightly.serviceAccount.name }}
{{- end }}
{{- end }}
