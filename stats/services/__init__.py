"""Writes to tallies and adjustments. Figures are computed, then set."""
