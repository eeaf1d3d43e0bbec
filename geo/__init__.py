"""What is true: read, match, join, measure. Speaks no human language."""
