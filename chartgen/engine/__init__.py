"""The door to Helm: its own Go library in worker processes, or ``helm`` on PATH."""
