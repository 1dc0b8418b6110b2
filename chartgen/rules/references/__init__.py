"""Objects that name each other."""
