"""What became of the charts that a chart depends on."""
