"""This is where a wrong address is put right in the copies that wait."""
