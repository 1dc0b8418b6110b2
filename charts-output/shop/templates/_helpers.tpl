{{/* Name of the chart, or nameOverride. */}}
{{- define "shop.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Name all objects begin with: the release and the chart, or fullnameOverride. Dots are no part of a Service's name. */}}
{{- define "shop.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | replace "." "-" | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | replace "." "-" | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Chart name and version, as the label helm.sh/chart has them. */}}
{{- define "shop.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Labels of every pod of this release. */}}
{{- define "shop.releaseLabels" -}}
app.kubernetes.io/name: {{ include "shop.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* Labels of every object. */}}
{{- define "shop.labels" -}}
helm.sh/chart: {{ include "shop.chart" . }}
{{ include "shop.releaseLabels" . }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image reference of a workload, called with its own image values and the root. Own values win over the chart's. */}}
{{- define "shop.image" -}}
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
{{- define "shop.web.fullname" -}}
{{- printf "%s-web" (include "shop.fullname" . | trunc 59 | trimSuffix "-") }}
{{- end }}

{{/* Labels the Deployment of web selects its pods by; they can never change. */}}
{{- define "shop.web.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Labels of the objects of web. */}}
{{- define "shop.web.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: web
{{- end }}

{{/* Name of the service account of web. */}}
{{- define "shop.web.serviceAccountName" -}}
{{- if .Values.web.serviceAccount.create }}
{{- default (include "shop.web.fullname" .) .Values.web.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.web.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of the objects of worker, short enough that the suffix survives. */}}
{{- define "shop.worker.fullname" -}}
{{- printf "%s-worker" (include "shop.fullname" . | trunc 56 | trimSuffix "-") }}
{{- end }}

{{/* Labels the Deployment of worker selects its pods by; they can never change. */}}
{{- define "shop.worker.selectorLabels" -}}
{{ include "shop.releaseLabels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Labels of the objects of worker. */}}
{{- define "shop.worker.labels" -}}
{{ include "shop.labels" . }}
app.kubernetes.io/component: worker
{{- end }}

{{/* Name of the service account of worker. */}}
{{- define "shop.worker.serviceAccountName" -}}
{{- if .Values.worker.serviceAccount.create }}
{{- default (include "shop.worker.fullname" .) .Values.worker.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.worker.serviceAccount.name }}
{{- end }}
{{- end }}
