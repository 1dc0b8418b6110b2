"""What became of values.schema.json."""
