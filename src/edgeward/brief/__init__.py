"""The documents that people get who never open a declaration: a brief, a card, lists, a record."""
