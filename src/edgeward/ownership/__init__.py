"""The ownership cost of a plant and of fleets, worked out for people who decide about money."""
