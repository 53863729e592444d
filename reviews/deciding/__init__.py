"""The inbox and the decision page: what a reviewer has before them, and what they say of it (审核)."""
