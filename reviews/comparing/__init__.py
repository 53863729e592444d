"""What changed between two versions of an item, and two items beside each other."""
