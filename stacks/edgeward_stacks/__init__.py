"""The components that a plant's cloud side is built from: one module each, no decisions inside."""
