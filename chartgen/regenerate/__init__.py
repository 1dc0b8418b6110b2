"""A chart is generated anew, and what people have edited in it since stays.

What was generated last is recorded in the chart's folder (``base``). With it, what is there and what is generated now,
each file is one of a few cases (``plan``): nobody edited it, or the generator makes what it made, or both have changed
and are merged (``merge``): by line (``lines``), and in YAML and JSON by key where the lines collide (``keys``). What
both sides changed in different ways is a conflict (``conflict``), and then nothing is written at all (``write``).
"""
