"""Go templates as Helm reads them: parsed with positions, and followed to the values they read."""
