"""The gateway: a message comes in, its campaign is decided once, and it goes on or stays."""
