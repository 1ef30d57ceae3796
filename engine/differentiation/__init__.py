"""The ways to differentiate: one file a method, one registry line a method."""
