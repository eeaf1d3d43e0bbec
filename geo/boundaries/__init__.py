"""Outlines -> checked wards: reference system, topology, repair, the registry of known files."""
