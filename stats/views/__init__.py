"""Pages of figures, and of a scheme on trial."""
