"""One file for each form of the tables, in order of its number."""
