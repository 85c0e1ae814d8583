"""Uploads what waits in a box's spool: streams that a message cannot hold, or no live link takes.

Runs on Python's standard library; nothing of edgeward has to be on the box. The bundle of a box
carries it as one file.
"""
