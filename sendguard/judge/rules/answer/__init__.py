"""SG2xx: rules about the answer that came, or did not come."""
