"""This is where a saved message is taken apart, each part with its lines in the file."""
