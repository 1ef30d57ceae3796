"""The numeric kernels: NumPy and BLAS, no Python loop over points."""
