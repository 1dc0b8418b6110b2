"""Which rules a run uses and how severe their findings are."""
