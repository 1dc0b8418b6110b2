"""Chart.yaml, the templates as files, and whether they render."""
