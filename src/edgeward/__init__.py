"""edgeward: a GitOps policy framework for industrial machine learning."""

__version__ = "0.1.0"
