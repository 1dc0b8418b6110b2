"""What a change of a chart means for those who upgrade: one judgement a file."""
