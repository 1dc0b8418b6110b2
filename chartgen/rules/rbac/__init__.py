"""What service accounts may do."""
