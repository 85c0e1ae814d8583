"""Rules: read, compiled, evaluated by an engine, and turned into verdicts."""
