"""Partial: which derivative is meant, e.g. ∂²f/∂a∂b; an order of 0 means f itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.errors import PartialError, shorten
from engine.limits import LIMITS
from engine.writing.names import canonical_name
from engine.writing.styles import superscript
from engine.writing.writer import name_latex, name_unicode


@dataclass(frozen=True, slots=True)
class Partial:
    """The variables to differentiate by, in the order in which it is done.

    Attributes:
        names: One variable name for each differentiation, in every spelling that is read as one
            variable; ``()`` is f itself.

    Raises:
        PartialError: The names are no tuple of texts, or the order is above the budget.
    """

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.names, tuple) or not all(isinstance(n, str) for n in self.names):
            raise PartialError(
                f'{self.names!r} is no tuple of variable names; write e.g. ("a", "b").'
            )
        object.__setattr__(self, "names", tuple(map(canonical_name, self.names)))
        if self.order > LIMITS.order:
            raise PartialError(
                f"A derivative of order {self.order} is too high; "
                f"up to order {LIMITS.order} is computed."
            )

    @property
    def order(self) -> int:
        """Number of differentiations."""
        return len(self.names)

    @property
    def reversed(self) -> Partial:
        """The same derivative with its differentiations in the reverse order: ∂²f/∂b∂a."""
        return Partial(self.names[::-1])

    def multi_index(self, variables: tuple[str, ...]) -> tuple[int, ...]:
        """Return how often each of ``variables`` is differentiated by.

        Raises:
            PartialError: A name is not among ``variables``.
        """
        for name in self.names:
            if name not in variables:
                known = ", ".join(variables) or "none"
                raise PartialError(
                    f"f has no variable {shorten(name)}; its variables are: {known}."
                )
        return tuple(map(self.names.count, variables))

    def __str__(self) -> str:
        """Return ``f``, ``∂f/∂a``, ``∂²f/∂a∂b``, ``∂³f/∂a²∂b``; runs are gathered."""
        if not self.names:
            return "f"
        below = "".join(
            f"∂{name_unicode(name)}{superscript(count)}" for name, count in _runs(self.names)
        )
        return f"∂{superscript(self.order)}f/{below}"

    def to_latex(self) -> str:
        r"""Return the same as LaTeX, e.g. ``\frac{\partial^{2} f}{\partial a\,\partial b}``."""
        if not self.names:
            return "f"
        power = "" if self.order == 1 else f"^{{{self.order}}}"
        below = r"\,".join(
            rf"\partial {name_latex(name)}" + ("" if count == 1 else f"^{{{count}}}")
            for name, count in _runs(self.names)
        )
        return rf"\frac{{\partial{power} f}}{{{below}}}"


def _runs(names: Iterable[str]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for name in names:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + 1)
        else:
            runs.append((name, 1))
    return runs
