"""Charts as values: reading them from folders and archives, and writing them whole or not at all."""
