{{/* Name of the chart, or nameOverride. */}}
{{- define "everything.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/*
Name that all objects begin with: the release and the chart, or fullnameOverride. Services allow no dots in it, and
Kubernetes cuts names longer than 57 characters when it makes those of the pods from them.
*/}}
{{- define "everything.fullname" -}}
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
{{- define "everything.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels that all pods of this release have in common. */}}
{{- define "everything.releaseLabels" -}}
app.kubernetes.io/name: {{ include "everything.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "everything.labels" -}}
helm.sh/chart: {{ include "everything.chart" . }}
{{ include "everything.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, from its own image values (own) and those of the chart (root). */}}
{{- define "everything.image" -}}
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
{{- define "everything.web.fullname" -}}
{{- printf "%s-web" (include "everything.fullname" . | trunc 53 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of web selects its pods; they are immutable. */}}
{{- define "everything.web.selectorLabels" -}}
{{ include "everything.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "everything.web.labels" -}}
{{ include "everything.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "everything.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "everything.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of mailer, short enough that the suffix survives. */}}
{{- define "everything.mailer.fullname" -}}
{{- printf "%s-mailer" (include "everything.fullname" . | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the Deployment of mailer selects its pods; they are immutable. */}}
{{- define "everything.mailer.selectorLabels" -}}
{{ include "everything.releaseLabels" . }}
app.kubernetes.io/component: mailer
{{- end }}

{{/* Labels of the objects of mailer. */}}
{{- define "everything.mailer.labels" -}}
{{ include "everything.labels" . }}
app.kubernetes.io/component: mailer
{{- end }}

{{/* Name of the service account of mailer. */}}
{{- define "everything.mailer.serviceAccountName" -}}
{{- if .Values.mailer.serviceAccount.create }}
{{- default (include "everything.mailer.fullname" .) .Values.mailer.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.mailer.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of store, short enough that the suffix survives. */}}
{{- define "everything.store.fullname" -}}
{{- printf "%s-store" (include "everything.fullname" . | trunc 46 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the StatefulSet of store selects its pods; they are immutable. */}}
{{- define "everything.store.selectorLabels" -}}
{{ include "everything.releaseLabels" . }}
app.kubernetes.io/component: store
{{- end }}

{{/* Labels of the objects of store. */}}
{{- define "everything.store.labels" -}}
{{ include "everything.labels" . }}
app.kubernetes.io/component: store
{{- end }}

{{/* Name of the service account of store. */}}
{{- define "everything.store.serviceAccountName" -}}
{{- if .Values.store.serviceAccount.create }}
{{- default (include "everything.store.fullname" .) .Values.store.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.store.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of watcher, short enough that the suffix survives. */}}
{{- define "everything.watcher.fullname" -}}
{{- printf "%s-watcher" (include "everything.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels by which the DaemonSet of watcher selects its pods; they are immutable. */}}
{{- define "everything.watcher.selectorLabels" -}}
{{ include "everything.releaseLabels" . }}
app.kubernetes.io/component: watcher
{{- end }}

{{/* Labels of the objects of watcher. */}}
{{- define "everything.watcher.labels" -}}
{{ include "everything.labels" . }}
app.kubernetes.io/component: watcher
{{- end }}

{{/* Name of the service account of watcher. */}}
{{- define "everything.watcher.serviceAccountName" -}}
{{- if .Values.watcher.serviceAccount.create }}
{{- default (include "everything.watcher.fullname" .) .Values.watcher.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.watcher.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of migrate, short enough that the suffix survives. */}}
{{- define "everything.migrate.fullname" -}}
{{- printf "%s-migrate" (include "everything.fullname" . | trunc 49 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of migrate, by which the NetworkPolicy selects them. */}}
{{- define "everything.migrate.selectorLabels" -}}
{{ include "everything.releaseLabels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Labels of the objects of migrate. */}}
{{- define "everything.migrate.labels" -}}
{{ include "everything.labels" . }}
app.kubernetes.io/component: migrate
{{- end }}

{{/* Name of the service account of migrate. */}}
{{- define "everything.migrate.serviceAccountName" -}}
{{- if .Values.migrate.serviceAccount.create }}
{{- default (include "everything.migrate.fullname" .) .Values.migrate.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.migrate.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of import, short enough that the suffix survives. */}}
{{- define "everything.import.fullname" -}}
{{- printf "%s-import" (include "everything.fullname" . | trunc 41 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of import, by which the NetworkPolicy selects them. */}}
{{- define "everything.import.selectorLabels" -}}
{{ include "everything.releaseLabels" . }}
app.kubernetes.io/component: import
{{- end }}

{{/* Labels of the objects of import. */}}
{{- define "everything.import.labels" -}}
{{ include "everything.labels" . }}
app.kubernetes.io/component: import
{{- end }}

{{/* Name of the service account of import. */}}
{{- define "everything.import.serviceAccountName" -}}
{{- if .Values.import.serviceAccount.create }}
{{- default (include "everything.import.fullname" .) .Values.import.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.import.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of report, short enough that the suffix survives. */}}
{{- define "everything.report.fullname" -}}
{{- printf "%s-report" (include "everything.fullname" . | trunc 45 | trimSuffix "-") }}
{{- end }}

{{/* Labels of the pods of report, by which the NetworkPolicy selects them. */}}
{{- define "everything.report.selectorLabels" -}}
{{ include "everything.releaseLabels" . }}
app.kubernetes.io/component: report
{{- end }}

{{/* Labels of the objects of report. */}}
{{- define "everything.report.labels" -}}
{{ include "everything.labels" . }}
app.kubernetes.io/component: report
{{- end }}

{{/* Name of the service account of report. */}}
{{- define "everything.report.serviceAccountName" -}}
{{- if .Values.report.serviceAccount.create }}
{{- default (include "everything.report.fullname" .) .Values.report.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.report.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the Secret bookshop of this release. */}}
{{- define "everything.bookshopSecret" -}}
{{- printf "%s-bookshop" (include "everything.fullname" . | trunc 54 | trimSuffix "-") }}
{{- end }}

{{/* Name of the Secret bookshop that migrate brings along. */}}
{{- define "everything.migrate.bookshopSecret" -}}
{{- printf "%s-migrate-bookshop" (include "everything.fullname" . | trunc 46 | trimSuffix "-") }}
{{- end }}

{{/* Name of the Secret bookshop for web: from the store, or one that exists. */}}
{{- define "everything.web.bookshopSecretName" -}}
{{- if .Values.externalSecrets.bookshop.enabled }}
{{- include "everything.bookshopSecret" . }}
{{- else }}
{{- .Values.web.existingSecrets.bookshop }}
{{- end }}
{{- end }}

{{/* Name of the Secret bookshop for mailer: from the store, or one that exists. */}}
{{- define "everything.mailer.bookshopSecretName" -}}
{{- if .Values.externalSecrets.bookshop.enabled }}
{{- include "everything.bookshopSecret" . }}
{{- else }}
{{- .Values.mailer.existingSecrets.bookshop }}
{{- end }}
{{- end }}

{{/* Name of the Secret bookshop for store: from the store, or one that exists. */}}
{{- define "everything.store.bookshopSecretName" -}}
{{- if .Values.externalSecrets.bookshop.enabled }}
{{- include "everything.bookshopSecret" . }}
{{- else }}
{{- .Values.store.existingSecrets.bookshop }}
{{- end }}
{{- end }}

{{/* Name of the Secret bookshop for watcher: from the store, or one that exists. */}}
{{- define "everything.watcher.bookshopSecretName" -}}
{{- if .Values.externalSecrets.bookshop.enabled }}
{{- include "everything.bookshopSecret" . }}
{{- else }}
{{- .Values.watcher.existingSecrets.bookshop }}
{{- end }}
{{- end }}

{{/* Name of the Secret bookshop for migrate: from the store, or one that exists. */}}
{{- define "everything.migrate.bookshopSecretName" -}}
{{- if .Values.externalSecrets.bookshop.enabled }}
{{- include "everything.migrate.bookshopSecret" . }}
{{- else }}
{{- .Values.migrate.existingSecrets.bookshop }}
{{- end }}
{{- end }}

{{/* Name of the Secret bookshop for import: from the store, or one that exists. */}}
{{- define "everything.import.bookshopSecretName" -}}
{{- if .Values.externalSecrets.bookshop.enabled }}
{{- include "everything.bookshopSecret" . }}
{{- else }}
{{- .Values.import.existingSecrets.bookshop }}
{{- end }}
{{- end }}

{{/* Name of the Secret bookshop for report: from the store, or one that exists. */}}
{{- define "everything.report.bookshopSecretName" -}}
{{- if .Values.externalSecrets.bookshop.enabled }}
{{- include "everything.bookshopSecret" . }}
{{- else }}
{{- .Values.report.existingSecrets.bookshop }}
{{- end }}
{{- end }}

{{/* Image reference of a container beside the application's own, from its image values. */}}
{{- define "everything.containerImage" -}}
{{- if .digest }}
{{- printf "%s@%s" .repository .digest }}
{{- else }}
{{- printf "%s:%s" .repository (toString .tag) }}
{{- end }}
{{- end }}

{{/* Name of the Cluster of database. */}}
{{- define "everything.needs.database.cluster" -}}
{{- .Values.needs.database.existingCluster }}
{{- end }}

{{/* Name of the Secret with what it takes to connect to database: that of its Cluster, or another. */}}
{{- define "everything.needs.database.secret" -}}
{{- .Values.needs.database.existingSecret | default (printf "%s-app" (include "everything.needs.database.cluster" .)) }}
{{- end }}
