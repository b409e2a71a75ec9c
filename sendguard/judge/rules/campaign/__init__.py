"""SG4xx: rules about the whole campaign: is it this issue that goes out?"""
