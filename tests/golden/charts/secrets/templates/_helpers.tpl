{{/* Name of the chart, or nameOverride. */}}
{{- define "vaulted.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "vaulted.fullname" -}}
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
{{- define "vaulted.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "vaulted.releaseLabels" -}}
app.kubernetes.io/name: {{ include "vaulted.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "vaulted.labels" -}}
helm.sh/chart: {{ include "vaulted.chart" . }}
{{ include "vaulted.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "vaulted.image" -}}
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
{{- define "vaulted.web.fullname" -}}
{{- printf "%s-web" (include "vaulted.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "vaulted.web.selectorLabels" -}}
{{ include "vaulted.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "vaulted.web.labels" -}}
{{ include "vaulted.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "vaulted.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "vaulted.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of worker, short enough that the suffix survives. */}}
{{- define "vaulted.worker.fullname" -}}
{{- printf "%s-worker" (include "vaulted.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of worker selects its pods; they are immutable. */}}
{{- define "vaulted.worker.selectorLabels" -}}
{{ include "vaulted.releaseLabels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Labels of the objects of worker. */}}
{{- define "vaulted.worker.labels" -}}
{{ include "vaulted.labels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Name of the service account of worker. */}}
{{- define "vaulted.worker.serviceAccountName" -}}
{{- if .Values.worker.serviceAccount.create }}
{{- default (include "vaulted.worker.fullname" .) .Values.worker.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.worker.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of migrate, short enough that the suffix survives. */}}
{{- define "vaulted.migrate.fullname" -}}
{{- printf "%s-migrate" (include "vaulted.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of migrate, by which the NetworkPolicy selects them. */}}
{{- define "vaulted.migrate.selectorLabels" -}}
{{ include "vaulted.releaseLabels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Labels of the objects of migrate. */}}
{{- define "vaulted.migrate.labels" -}}
{{ include "vaulted.labels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Name of the service account of migrate. */}}
{{- define "vaulted.migrate.serviceAccountName" -}}
{{- if .Values.migrate.serviceAccount.create }}
{{- default (include "vaulted.migrate.fullname" .) .Values.migrate.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.migrate.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the Secret shop-secrets of this release. */}}
{{- define "vaulted.shopSecretsSecret" -}}
{{- printf "%s-shop-secrets" (include "vaulted.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Name of the Secret shop-secrets that migrate brings along. */}}
{{- define "vaulted.migrate.shopSecretsSecret" -}}
{{- printf "%s-migrate-shop-secrets" (include "vaulted.fullname" . | trunc 42 | trimSuffix "-") }}
{{- end }}

{{/* Name of the Secret shop-token of this release. */}}
{{- define "vaulted.shopTokenSecret" -}}
{{- printf "%s-shop-token" (include "vaulted.fullname" . | trunc 52 | trimSuffix "-") }}
{{- end }}

{{/* Name of the Secret shop-token that migrate brings along. */}}
{{- define "vaulted.migrate.shopTokenSecret" -}}
{{- printf "%s-migrate-shop-token" (include "vaulted.fullname" . | trunc 44 | trimSuffix "-") }}
{{- end }}

{{/* Name of the Secret web-tls of this release. */}}
{{- define "vaulted.webTlsSecret" -}}
{{- printf "%s-web-tls" (include "vaulted.fullname" . | trunc 55 | trimSuffix "-") }}
{{- end }}

{{/* Name of the Secret shop-secrets for web: from the store, or one that exists. */}}
{{- define "vaulted.web.shopSecretsSecretName" -}}
{{- if .Values.externalSecrets.shopSecrets.enabled }}
{{- include "vaulted.shopSecretsSecret" . }}
{{- else }}
{{- .Values.web.existingSecrets.shopSecrets }}
{{- end }}
{{- end }}

{{/* Name of the Secret shop-token for web: with the values given, or one that exists. */}}
{{- define "vaulted.web.shopTokenSecretName" -}}
{{- if compact (values .Values.secretValues.shopToken) }}
{{- include "vaulted.shopTokenSecret" . }}
{{- else }}
{{- .Values.web.existingSecrets.shopToken }}
{{- end }}
{{- end }}

{{/* Name of the Secret web-tls for web: from the store, or one that exists. */}}
{{- define "vaulted.web.webTlsSecretName" -}}
{{- if .Values.externalSecrets.webTls.enabled }}
{{- include "vaulted.webTlsSecret" . }}
{{- else }}
{{- .Values.web.existingSecrets.webTls }}
{{- end }}
{{- end }}

{{/* Name of the Secret shop-secrets for worker: from the store, or one that exists. */}}
{{- define "vaulted.worker.shopSecretsSecretName" -}}
{{- if .Values.externalSecrets.shopSecrets.enabled }}
{{- include "vaulted.shopSecretsSecret" . }}
{{- else }}
{{- .Values.worker.existingSecrets.shopSecrets }}
{{- end }}
{{- end }}

{{/* Name of the Secret shop-token for worker: with the values given, or one that exists. */}}
{{- define "vaulted.worker.shopTokenSecretName" -}}
{{- if compact (values .Values.secretValues.shopToken) }}
{{- include "vaulted.shopTokenSecret" . }}
{{- else }}
{{- .Values.worker.existingSecrets.shopToken }}
{{- end }}
{{- end }}

{{/* Name of the Secret shop-secrets for migrate: from the store, or one that exists. */}}
{{- define "vaulted.migrate.shopSecretsSecretName" -}}
{{- if .Values.externalSecrets.shopSecrets.enabled }}
{{- include "vaulted.migrate.shopSecretsSecret" . }}
{{- else }}
{{- .Values.migrate.existingSecrets.shopSecrets }}
{{- end }}
{{- end }}

{{/* Name of the Secret shop-token for migrate: with the values given, or one that exists. */}}
{{- define "vaulted.migrate.shopTokenSecretName" -}}
{{- if compact (values .Values.secretValues.shopToken) }}
{{- include "vaulted.migrate.shopTokenSecret" . }}
{{- else }}
{{- .Values.migrate.existingSecrets.shopToken }}
{{- end }}
{{- end }}
