"""Schematic ward outlines from facts: centres and areas in, a plausible map out."""
