"""Charts x scenarios x rules -> a report."""
