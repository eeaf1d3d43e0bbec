"""Rows -> wards by code, name or confirmed alias, within one boundary version."""
