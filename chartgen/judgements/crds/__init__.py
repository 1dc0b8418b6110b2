"""What became of custom resource definitions."""
