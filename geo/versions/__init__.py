"""Counts carried from old boundaries to those that followed them."""
