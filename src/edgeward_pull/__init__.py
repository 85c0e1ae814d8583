"""Pulls signed releases on a plain host: verify, new slot, switch, health gate, rollback.

Runs on Python's standard library and the `openssl` program; nothing of edgeward has to be on the
host. `edgeward release host` writes it as one file.
"""
