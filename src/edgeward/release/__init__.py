"""Releases: what is built for plants, signed into a TUF repository, and handed to hosts."""
