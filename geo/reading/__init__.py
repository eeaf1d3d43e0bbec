"""Files as they arrive -> text cells, outlines and headers; nothing is counted here."""
