"""What the pages of schemes show."""
