"""What became of the values that users set."""
