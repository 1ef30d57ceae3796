"""Studies over many steps or sizes: the error of a scheme, and what derivatives cost."""
