"""The types of arrays, of any shape."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AnyFloats = NDArray[np.floating[Any]]
"""float64 or float32."""

Numbers = NDArray[Any]
"""Of any number type: floats, complex numbers, fractions."""

Indices = NDArray[np.intp]

Booleans = NDArray[np.bool_]
