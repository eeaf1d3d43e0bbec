"""Synthetic incidents, cameras and statuses for the example, skewed as real ones, marked row by row."""
