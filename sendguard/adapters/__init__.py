"""The adapters: this is where the ports meet files, sockets and clocks."""
