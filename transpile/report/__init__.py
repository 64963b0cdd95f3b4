"""Reports about a conversion."""
