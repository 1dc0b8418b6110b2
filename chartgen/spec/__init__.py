"""The app spec: its text, its schema, and the value it becomes."""
