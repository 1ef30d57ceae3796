"""What an error study shows, in words: why there is a V, why there is none."""

from __future__ import annotations

from collections import Counter

from engine.studies.error_samples import ErrorStudy
from engine.writing.styles import superscript
from engine.writing.writer import name_unicode

EXAMPLE_WITH_V = "a^4 b"
"""A polynomial whose central differences have both errors."""


def remark_on(study: ErrorStudy) -> str:
    """Return what the truncation and the rounding of ``study`` do as the step shrinks."""
    if study.accuracy is None:
        return (
            "Of a table of extrapolations the entry that looks best is taken. Each entry has an "
            "order of its own, so there is no single slope and no single best step."
        )
    if study.leading is None:
        return f"{_why_none(study)} {_rounding(study)}"
    _, power = study.leading
    usual = (
        ""
        if power == study.accuracy
        else (f" The usual term with h{superscript(study.accuracy)} is 0 at this point.")
    )
    falls = f"As h shrinks, the truncation error falls as h{superscript(power)}"
    if not study.noise_order:
        return f"{falls}; {_rounding(study)[0].lower()}{_rounding(study)[1:]}{usual}"
    return f"{falls} and rounding grows as 1/h{superscript(study.noise_order)}.{usual}"


def _why_none(study: ErrorStudy) -> str:
    """Return why the truncation error is 0 at every step, and where it is not."""
    assert study.accuracy is not None
    counts = Counter(study.partial.names)
    f = study.polynomial
    exact_up_to = {name: count + study.accuracy - 1 for name, count in counts.items()}
    offer = f"{EXAMPLE_WITH_V} has one with central differences."
    if all(f.degree_in(name) <= degree for name, degree in exact_up_to.items()):
        degrees = " and ".join(
            f"{f.degree_in(name)} in {name_unicode(name)}" for name in exact_up_to
        )
        return (
            f"f has degree {degrees}: this scheme is exact for it at any step. There is no "
            f"truncation error and so no V; {offer}"
        )
    return f"At this point the truncation error is 0 at every step, so there is no V; {offer}"


def _rounding(study: ErrorStudy) -> str:
    if not study.noise_order:
        return "Nothing is subtracted, so rounding does not grow."
    return f"As h shrinks, rounding grows as 1/h{superscript(study.noise_order)}."
