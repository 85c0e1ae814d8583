"""The edge side of a decision: for each box the files that it needs, and a manifest of them."""
