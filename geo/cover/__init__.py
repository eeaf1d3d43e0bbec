"""What cameras reach, what they do not, and where the next ones would reach most."""
