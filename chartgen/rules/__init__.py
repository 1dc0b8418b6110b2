"""The rules: one fault a file, whose docstring is its page and whose examples are its tests."""
