"""How people and programs come in: each door parses, calls one flow, and shows the answer."""
