{{- define "parts.name" -}}{{ .Chart.Name }}{{- end }}
