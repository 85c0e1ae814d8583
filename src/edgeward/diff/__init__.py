"""What a change does to plants: two versions of each held against each other, without any file."""
