"""What became of Chart.yaml and of the package."""
