"""The door to Helm: rendering and linting through its own Go library, in worker processes, or through ``helm`` on PATH."""
