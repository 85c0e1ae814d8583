"""Rollouts: a release to many plants, as data, one pure step at a time."""
