"""What became of named templates and hooks."""
