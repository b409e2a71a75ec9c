"""This is where it is told of which campaign a message is a copy."""
