"""The shape of rendered objects."""
