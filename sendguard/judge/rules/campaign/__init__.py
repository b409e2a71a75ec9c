"""SG4xx: rules about the whole campaign."""
