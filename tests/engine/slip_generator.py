"""Slips made mechanically, on trees and polynomials of its own; shares no code with the engine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Poly = dict[tuple[int, ...], Fraction]
Tree = tuple[Any, ...]
"""``("m", coefficient, exponents)``, ``("+", *terms)``, ``("*", *factors)``, ``("^", base, n)``."""

Hook = Callable[[Tree, Tree, list[Tree]], Tree]
"""A part, its right derivative and the derivatives of its parts, to another derivative."""


def add(*polys: Poly) -> Poly:
    total: Poly = {}
    for poly in polys:
        for key, value in poly.items():
            total[key] = total.get(key, Fraction(0)) + value
    return {key: value for key, value in total.items() if value}


def times(left: Poly, right: Poly) -> Poly:
    return add(
        *(
            {tuple(map(sum, zip(k, m, strict=True))): v * w}
            for k, v in left.items()
            for m, w in right.items()
        )
    )


def shifted(key: tuple[int, ...], i: int, by: int) -> tuple[int, ...]:
    return tuple(e + by * (j == i) for j, e in enumerate(key))


def d(poly: Poly, *by: int) -> Poly:
    for i in by:
        poly = {shifted(k, i, -1): v * k[i] for k, v in poly.items() if k[i]}
    return poly


def expanded(tree: Tree) -> Poly:
    match tree:
        case ("m", coefficient, key):
            return {key: coefficient} if coefficient else {}
        case ("+", *terms):
            return add(*map(expanded, terms))
        case ("*", *factors):
            total = expanded(factors[0])
            for factor in factors[1:]:
                total = times(total, expanded(factor))
            return total
        case _:
            base = expanded(tree[1])
            power: Poly = {(0,) * len(next(iter(base))): Fraction(1)}
            for _ in range(tree[2]):
                power = times(power, base)
            return power


def text(tree: Tree, names: str, sign: str = "*") -> str:
    match tree:
        case ("m", coefficient, key):
            number = str(abs(coefficient))
            number = f"({number})" if "/" in number else number
            powers = [f"{n}^{e}" if e > 1 else n for n, e in zip(names, key, strict=True) if e]
            factors = powers if abs(coefficient) == 1 and powers else [number, *powers]
            return ("-" if coefficient < 0 else "") + sign.join(factors)
        case ("+", *terms):
            texts = [text(term, names, sign) for term in terms]
            return texts[0] + "".join(
                f" - {t[1:]}" if t[0] == "-" else f" + {t}" for t in texts[1:]
            )
        case ("*", *factors):
            return sign.join(_bracketed(factor, names, sign) for factor in factors)
        case _:
            return f"{_bracketed(tree[1], names, sign)}^{tree[2]}"


def _bracketed(tree: Tree, names: str, sign: str) -> str:
    inner = text(tree, names, sign)
    plain = tree[0] == "^" or (tree[0] == "m" and inner[0] != "-")
    return inner if plain else f"({inner})"


def as_tree(poly: Poly, count: int) -> Tree:
    terms = [("m", value, key) for key, value in poly.items()] or [zero(count)]
    return terms[0] if len(terms) == 1 else ("+", *terms)


def zero(count: int) -> Tree:
    return ("m", Fraction(0), (0,) * count)


@dataclass(frozen=True)
class Task:
    """A polynomial as typed, and what to differentiate it by."""

    tree: Tree
    names: str
    by: tuple[int, ...]

    @property
    def poly(self) -> Poly:
        return expanded(self.tree)

    @property
    def right(self) -> Poly:
        return d(self.poly, *self.by)


def random_task(rng: random.Random, orders: tuple[int, int] = (1, 2)) -> Task:
    """Return a sum of terms or a factored form, of one to three variables."""
    while True:
        count = rng.randint(1, 3)
        names, by = "abc"[:count], rng.choices(range(count), k=rng.randint(*orders))
        tree = _random_tree(rng, count)
        task = Task(tree, names, tuple(by))
        if task.right or rng.random() < 0.05:
            return task


def _random_tree(rng: random.Random, count: int) -> Tree:
    if rng.random() < 0.5:
        return ("+", *(_monomial(rng, count) for _ in range(rng.randint(2, 5))))
    lead = _monomial(rng, count, 2)
    power = ("^", _bracket(rng, count), rng.randint(2, 4))
    factored = rng.choice(
        [
            ("*", power, lead),
            ("*", lead, power),
            ("*", _bracket(rng, count), _bracket(rng, count)),
            ("*", lead, _bracket(rng, count), _bracket(rng, count)),
            power,
        ]
    )
    if rng.random() < 0.3:
        return ("+", factored, *(_monomial(rng, count) for _ in range(rng.randint(1, 2))))
    return factored


def _monomial(rng: random.Random, count: int, highest: int = 4) -> Tree:
    coefficient = Fraction(rng.choice([-1, 1]) * rng.randint(1, 9))
    if rng.random() < 0.1:
        coefficient /= rng.randint(2, 5)
    return ("m", coefficient, tuple(rng.randint(0, highest) for _ in range(count)))


def _bracket(rng: random.Random, count: int) -> Tree:
    chosen = rng.sample(range(count + 1), 2)  # the last stands for a constant
    rng.shuffle(chosen)
    terms = []
    for i in chosen:
        sign = Fraction(rng.choice([-1, 1, 1, 2, 3]))
        exponent = rng.choice([1, 1, 1, 2])
        terms.append(("m", sign, tuple(exponent * (j == i) for j in range(count))))
    return ("+", *terms)


def derived(tree: Tree, i: int, hook: Hook | None = None) -> Tree:
    """Return the derivative as a tree; ``hook`` may do one part of it differently."""
    match tree:
        case ("m", coefficient, key):
            below: list[Tree] = []
            right: Tree = (
                ("m", coefficient * key[i], shifted(key, i, -1)) if key[i] else zero(len(key))
            )
        case ("+", *terms):
            below = [derived(term, i, hook) for term in terms]
            right = ("+", *below)
        case ("*", *factors):
            below = [derived(factor, i, hook) for factor in factors]
            right = ("+", *summands(factors, below))
        case _:
            below = [derived(tree[1], i, hook)]
            right = ("*", *outer(tree, tree[2] - 1), below[0])
    return hook(tree, right, below) if hook else right


def outer(power: Tree, exponent: int) -> tuple[Tree, ...]:
    """Return the exponent as a factor, and the power with another exponent."""
    count = len(next(iter(expanded(power[1]) or {(): 0})))
    return ("m", Fraction(power[2]), (0,) * count), ("^", power[1], exponent)


def summands(factors: list[Tree], below: list[Tree]) -> list[Tree]:
    """Return those of the product rule, without those that are 0."""
    return [
        ("*", *factors[:k], below[k], *factors[k + 1 :])
        for k in range(len(factors))
        if expanded(below[k])
    ] or [("*", below[0], *factors[1:])]


def parts(tree: Tree) -> Iterator[Tree]:
    yield tree
    if tree[0] != "m":
        for part in tree[1:]:
            if _is_tree(part):
                yield from parts(part)


def fresh(tree: Tree) -> Tree:
    """Return a copy in which no part is the same object as another."""
    return tuple(fresh(part) if k and _is_tree(part) else part for k, part in enumerate(tree))


def _is_tree(part: object) -> bool:
    return isinstance(part, tuple) and len(part) > 0 and isinstance(part[0], str)
