"""Choosing, among what the rules permit, where each use case runs."""
