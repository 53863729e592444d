"""What a reviewer does with an item beside deciding: changing the text, handing it on, merging it."""
