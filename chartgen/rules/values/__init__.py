"""values.yaml and values.schema.json."""
