"""What would change a decision, and how far it is from changing: found by deciding again."""
