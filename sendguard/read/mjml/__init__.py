"""This is where MJML is checked, and built into the HTML that readers get."""
