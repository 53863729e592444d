"""What stands on the paper of a bulletin, whatever file it is printed from."""
