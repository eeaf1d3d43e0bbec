"""What is kept: ward boundaries and the files joined to them. The only door to SQL."""
