"""f as a few large operations on tensors, so that autograd has few nodes to go through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from engine.evaluation.arithmetic import DIFFERENCE_TYPES
from engine.evaluation.scalar import converted, powers_of
from engine.evaluation.torch_access import load_torch
from engine.polynomial import Exponents, Polynomial


@dataclass(frozen=True, slots=True)
class Tensors:
    """Makes tensors of one number type on one device.

    Attributes:
        torch: The module.
        dtype: ``float64`` or ``float32``.
        device: ``cpu``, ``cuda`` or ``mps``.
    """

    torch: Any
    dtype: str
    device: str

    @classmethod
    def on(cls, device: str, dtype: str) -> Tensors:
        """Load PyTorch.

        Raises:
            MethodUnavailableError: No PyTorch, no such device, or it lacks the number type.
        """
        return cls(load_torch(device, dtype), dtype, device)

    def of(self, numbers: ArrayLike) -> Any:
        """Return a copy of real numbers, rounded to the type; what is too large becomes inf."""
        with np.errstate(over="ignore"):
            rounded = np.array(numbers, self.dtype)
        return self.torch.from_numpy(rounded).to(self.device)

    def number(self, value: Fraction) -> Any:
        """Return one exact number as a tensor without dimensions.

        Raises:
            NumberRangeError: It does not fit the type.
        """
        return self.of(converted(value, DIFFERENCE_TYPES[self.dtype].convert))

    def rows_to_pick(self, numbers: Sequence[int], last: int) -> Any:
        """Return an index tensor; None if it would pick the rows 0 to ``last`` as they stand."""
        every = list(numbers) == list(range(last + 1))
        return None if every else self.torch.tensor(numbers, device=self.device)


@dataclass(frozen=True, slots=True, eq=False)
class TensorTerms:
    """The terms of f, those together that differ in the power of one variable only, the inner one.

    f is the sum of ``(product of outer powers) * (coefficients @ inner powers)`` over the groups.
    A power that overflows may meet the zeros between the coefficients: what comes out as nan can
    have another value, what comes out finite is right.

    Attributes:
        tensors: Makes the tensors.
        inner: Index of the inner variable.
        inner_exponents: Its exponents that occur, as an index tensor of shape ``(columns,)``; None
            where all do, from 0 to the highest: it takes time to pick them.
        outer_exponents: For each other variable that occurs, by its index, the exponent in each
            group, as an index tensor of shape ``(groups,)``; None as above.
        highest: Highest exponent of each variable.
        coefficients: Shape ``(groups, columns)``.
    """

    tensors: Tensors
    inner: int
    inner_exponents: Any
    outer_exponents: dict[int, Any]
    highest: tuple[int, ...]
    coefficients: Any

    @classmethod
    def of(cls, f: Polynomial, tensors: Tensors, inner: int | None = None) -> TensorTerms:
        """Round each exact coefficient, once.

        Args:
            f: In one variable or more.
            tensors: Makes the tensors.
            inner: Index of the inner variable; None for the one that makes the fewest groups.

        Raises:
            NumberRangeError: A coefficient does not fit the number type.
        """
        count = len(f.variables)
        terms = f.terms() or {(0,) * count: Fraction(0)}
        if inner is None:
            inner = min(range(count), key=lambda index: len(_groups(terms, index)))
        groups = _groups(terms, inner)
        columns = sorted({key[inner] for key in terms})
        position = {exponent: index for index, exponent in enumerate(columns)}
        coefficients = np.zeros((len(groups), len(columns)), tensors.dtype)
        convert = DIFFERENCE_TYPES[tensors.dtype].convert
        for key, value in terms.items():
            row = groups[_without(key, inner)]
            coefficients[row, position[key[inner]]] = converted(value, convert)
        highest = tuple(map(max, zip(*terms, strict=True)))
        others = [index for index in range(count) if index != inner]
        outer = dict(zip(others, zip(*groups, strict=True), strict=True))
        return cls(
            tensors,
            inner,
            tensors.rows_to_pick(columns, highest[inner]),
            {i: tensors.rows_to_pick(e, highest[i]) for i, e in outer.items() if highest[i]},
            highest,
            tensors.of(coefficients),
        )

    @property
    def rows(self) -> int:
        """About how many numbers a graph of f and its backward pass hold for each point."""
        powers = sum(self.highest) + len(self.highest)
        return 3 * powers + 2 * len(self.coefficients) * (len(self.outer_exponents) + 2)

    def outer_products(self, columns: Sequence[Any]) -> Any:
        """Return the product of outer powers of each group; shape ``(groups, N)``.

        It is one 1, of shape ``(1, 1)``, where no other variable than the inner one occurs.

        Args:
            columns: The coordinates of each variable, in their order; shapes ``(N,)``.
        """
        factors = [
            self._powers(columns[index], self.highest[index], exponents)
            for index, exponents in self.outer_exponents.items()
        ]
        return reduce(mul, factors) if factors else self.coefficients.new_ones((1, 1))

    def inner_sums(self, column: Any) -> Any:
        """Return ``coefficients @ inner powers``; shape ``(groups, N)``."""
        powers = self._powers(column, self.highest[self.inner], self.inner_exponents)
        return self.coefficients @ powers

    def values(self, columns: Sequence[Any]) -> Any:
        """Return f at N points; shape ``(N,)``; ``columns`` as for :meth:`outer_products`."""
        sums = self.inner_sums(columns[self.inner])
        if list(self.outer_exponents.values()) == [None]:
            # Horner's rule goes over the sums once; products of powers are written and read again.
            (outer,) = self.outer_exponents
            x = columns[outer]
            return reduce(lambda value, row: value * x + row, reversed(sums.unbind()))
        return (self.outer_products(columns) * sums).sum(0)

    def _powers(self, column: Any, highest: int, exponents: Any) -> Any:
        torch = self.tensors.torch
        powers = [torch.ones_like(column), *powers_of(column, highest)][: highest + 1]
        table = torch.stack(powers)
        return table if exponents is None else table.index_select(0, exponents)


def _groups(terms: dict[Exponents, Fraction], inner: int) -> dict[Exponents, int]:
    """Return the exponents of the other variables that occur together, numbered."""
    keys = sorted({_without(key, inner) for key in terms})
    return {key: number for number, key in enumerate(keys)}


def _without(key: Exponents, index: int) -> Exponents:
    return key[:index] + key[index + 1 :]
