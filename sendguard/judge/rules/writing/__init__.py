"""SG1xx: rules about the writing, which need no network."""
