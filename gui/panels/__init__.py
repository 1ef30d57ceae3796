"""The panels, one folder each; none knows another."""
