"""SG3xx: rules about the meaning: is it the page that was meant?"""
