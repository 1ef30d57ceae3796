"""Which single slip explains a wrong derivative: made at one term, or at one part of the tree."""
