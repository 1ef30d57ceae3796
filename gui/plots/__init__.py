"""What the plots share: frame, axes, colours and styles."""
