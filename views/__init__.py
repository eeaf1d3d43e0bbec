"""What a leader sees."""
