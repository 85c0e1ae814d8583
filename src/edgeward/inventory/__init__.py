"""What devices report of themselves, against what was signed for them."""
