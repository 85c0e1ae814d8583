"""A new plant from answers: what is asked, how answers are read, and the file that comes out."""
