"""How it looks: a map as plain data, and two renderers."""
