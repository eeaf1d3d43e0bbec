"""One question answered: load, measure, style."""
