"""Secrets where they do not belong."""
