"""Forms of review, a module for each kind of page."""
