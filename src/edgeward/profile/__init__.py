"""Evidence: a model measured under sustained load, on the machine at hand."""
