"""What follows from a plant's declarations: numbers and connections, known or bounded.

Pure functions on frozen values; every formula names its source.
"""
