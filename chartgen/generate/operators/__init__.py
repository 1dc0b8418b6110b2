"""The operators whose clusters a chart can have: what a chart says of each, one module an operator."""
