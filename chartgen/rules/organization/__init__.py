"""Rules that an organization switches on and configures: what its objects must carry and may use."""
