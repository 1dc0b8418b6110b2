"""What became of the objects that a chart renders."""
