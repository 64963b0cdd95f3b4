"""What a conversion says about itself."""
