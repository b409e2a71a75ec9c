"""Mail comes in here: the servers that senders talk to, and what is behind them."""
