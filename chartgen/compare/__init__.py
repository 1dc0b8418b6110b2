"""Two charts side by side, without an opinion: values, schema, Chart.yaml, templates, CRDs and rendered objects."""
