"""Rules about labels and annotations."""
