"""What the issues before this one say about it, worked out once before the rules."""
