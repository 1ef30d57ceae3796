"""The contract between the window and a panel."""
