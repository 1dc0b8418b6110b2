"""What pods may do to their node and to each other."""
