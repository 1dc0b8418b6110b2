{{- define "parts.name" -}}{{ .Chart.Name }}{{- end }}
{{- define "parts.labels" -}}app: {{ include "parts.name" . }}{{- end }}
