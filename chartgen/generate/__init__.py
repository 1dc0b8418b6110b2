"""An app spec becomes a Helm chart: pure, deterministic, all text from one tree of templates."""
