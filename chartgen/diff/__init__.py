"""Charts compared and judged: from two charts to a report."""
