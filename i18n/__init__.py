"""Words, numbers and dates as the reader writes them."""
