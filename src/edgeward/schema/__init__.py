"""The hand-written JSON Schema sources, as data of the package."""
