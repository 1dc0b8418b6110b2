"""Rules about how templates are written."""
