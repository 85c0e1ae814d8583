"""The cloud side of a plant: what it needs, as plain values, and the graph that they compile to."""
