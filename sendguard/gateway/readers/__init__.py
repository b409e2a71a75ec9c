"""This is where it is told what of a copy is its reader's own, so that everyone gets his again."""
