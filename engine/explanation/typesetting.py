"""Formulas as SVG drawings: LaTeX, typeset by ziamath."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any


def typeset(formulas: Sequence[str], size: float, ink: str) -> tuple[str, ...]:
    """Return an SVG drawing of each formula.

    Args:
        formulas: LaTeX for mathematics mode.
        size: Of the letters, in pixels.
        ink: Colour of every line, such as ``"#010203"``.
    """
    ziamath = _ziamath()
    return tuple(str(ziamath.Latex(one, size=size, color=ink).svg()) for one in formulas)


@cache
def _ziamath() -> Any:
    with warnings.catch_warnings():
        # It still finds its fonts through a deprecated function of the standard library.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
        from ziafont.config import config as font_config
        from ziamath.config import config as formula_config
    # Qt draws no <symbol>, which SVG 2 is written with.
    font_config.svg2 = formula_config.svg2 = False
    return ziamath
