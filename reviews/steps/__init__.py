"""The steps an item takes: the one writer of its status, who is told, what is said when one is not taken."""
