"""What breaks the next upgrade."""
