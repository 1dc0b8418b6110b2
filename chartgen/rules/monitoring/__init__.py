"""Prometheus objects."""
