"""Every answer that a slip of a kind leads to, by trying it: at each place, in each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

from tests.engine.slip_generator import (
    Hook,
    Poly,
    Task,
    Tree,
    add,
    as_tree,
    d,
    derived,
    expanded,
    fresh,
    outer,
    parts,
    shifted,
    summands,
)

Key = tuple[int, ...]
TermSlip = Callable[[Fraction, Key, int], Poly]
Answer = Callable[[], Poly]
"""An answer that is computed when it is asked for."""


def not_multiplied(c: Fraction, key: Key, i: int) -> Poly:
    return {shifted(key, i, -1): c} if key[i] else {}


def not_lowered(c: Fraction, key: Key, i: int) -> Poly:
    return {key: c * key[i]} if key[i] else {}


def constant_kept(c: Fraction, key: Key, i: int) -> Poly:
    return d({key: c}, i) if key[i] else {key: c}


def as_it_was(c: Fraction, key: Key, _i: int) -> Poly:
    return {key: c}


def integrated(c: Fraction, key: Key, i: int) -> Poly:
    return {shifted(key, i, 1): c / (key[i] + 1)}


def coefficient_lost(c: Fraction, key: Key, i: int) -> Poly:
    return d({key: c / abs(c)}, i) if c else {}


def by_another(j: int) -> TermSlip:
    return lambda c, key, _i: d({key: c}, j)


def as_zero(zeros: Key) -> TermSlip:
    return lambda c, key, i: {} if any(key[j] for j in zeros if j != i) else d({key: c}, i)


def in_all_terms(task: Task, slip: TermSlip) -> Iterator[Answer]:
    """Yield the answers with a slip at all terms alike, in one step or in all."""
    for step, i in enumerate(task.by):
        before, later = d(task.poly, *task.by[:step]), task.by[step + 1 :]
        yield partial(_through, before, slip, (i,), later)
    yield partial(_through, task.poly, slip, task.by, ())


def in_one_term(task: Task, slip: TermSlip, needs: int | None = None) -> Iterator[Answer]:
    """Yield the answers with a slip at one term, in one step or in all.

    Args:
        task: The task; its terms are those of f, and those of each summand as typed.
        slip: What becomes of the term.
        needs: A variable that the term must have; by default, the one it is differentiated by.
    """
    summands_typed = task.tree[1:] if task.tree[0] == "+" else ()
    for poly in [task.poly, *map(expanded, summands_typed)]:
        for step, i in enumerate(task.by):
            for key, c in d(poly, *task.by[:step]).items():
                if key[i if needs is None else needs]:
                    yield partial(_instead, task, {key: c}, slip, (i,), task.by[step + 1 :])
        for key, c in poly.items():
            if key[task.by[0] if needs is None else needs]:
                yield partial(_instead, task, {key: c}, slip, task.by, ())


def _through(poly: Poly, slip: TermSlip, wrongly: Key, later: Key) -> Poly:
    for i in wrongly:
        poly = add(*(slip(c, key, i) for key, c in poly.items()))
    return d(poly, *later)


def _instead(task: Task, term: Poly, slip: TermSlip, wrongly: Key, later: Key) -> Poly:
    right = {key: -c for key, c in d(term, *wrongly, *later).items()}
    return add(task.right, right, _through(term, slip, wrongly, later))


def constants_kept_in_terms(task: Task) -> Iterator[Answer]:
    """Yield the answers in which one constant term, or all of them, were kept."""
    yield from in_all_terms(task, constant_kept)
    summands_typed = task.tree[1:] if task.tree[0] == "+" else ()
    for poly in [task.poly, *map(expanded, summands_typed)]:
        for step, i in enumerate(task.by):
            for key, c in d(poly, *task.by[:step]).items():
                if not key[i]:
                    yield partial(
                        _instead, task, {key: c}, constant_kept, (i,), task.by[step + 1 :]
                    )
        for key, c in poly.items():
            if not key[task.by[0]]:
                yield partial(_instead, task, {key: c}, constant_kept, task.by, ())


def at_one_part(task: Task, change_by: Callable[[int], Hook]) -> Iterator[Answer]:
    """Yield the answers with a slip at one part of the tree.

    Args:
        task: The task.
        change_by: The variable to how a part is differentiated wrongly.
    """
    tree = task.tree
    for step, i in enumerate(task.by):
        tree = fresh(tree)
        for part in parts(tree):
            yield partial(_with_hook, tree, (i,), part, change_by, task.by[step + 1 :])
        tree = derived(tree, i)


def in_tree(task: Task, change_by: Callable[[int], Hook]) -> Iterator[Answer]:
    """Yield the answers with a slip at one part or at all parts alike."""
    yield from at_one_part(task, change_by)
    tree = task.tree
    for step, i in enumerate(task.by):
        yield partial(_with_hook, tree, (i,), None, change_by, task.by[step + 1 :])
        tree = derived(tree, i)
    yield partial(_with_hook, task.tree, task.by, None, change_by, ())


def _with_hook(
    tree: Tree, by: Key, part: Tree | None, change_by: Callable[[int], Hook], later: Key
) -> Poly:
    for i in by:
        tree = derived(tree, i, _at(part, change_by(i)))
    return d(expanded(tree), *later)


def _at(part: Tree | None, change: Hook) -> Hook:
    return lambda tree, right, below: (
        change(tree, right, below) if part is None or tree is part else right
    )


def of_product(chosen: Callable[[list[Tree]], list[Tree]]) -> Hook:
    """Take some of the summands of the product rule."""

    def change(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
        if tree[0] != "*":
            return right
        found = summands(list(tree[1:]), below)
        return ("+", *(chosen(found) or found)) if len(found) > 1 else right

    return change


def multiplied(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
    if tree[0] != "*" or not any(map(expanded, below)):
        return right
    return (
        "*",
        *(new if expanded(new) else old for old, new in zip(tree[1:], below, strict=True)),
    )


def without_inner(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
    if tree[0] != "^" or tree[2] < 2 or not expanded(below[0]):
        return right
    return ("*", *outer(tree, tree[2] - 1))


def inner_by(j: int) -> Hook:
    return lambda tree, right, _below: (
        ("*", *outer(tree, tree[2] - 1), derived(tree[1], j)) if tree[0] == "^" else right
    )


def power_not_multiplied(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
    return ("*", ("^", tree[1], tree[2] - 1), below[0]) if tree[0] == "^" else right


def power_not_lowered(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
    return ("*", *outer(tree, tree[2]), below[0]) if tree[0] == "^" else right


def of_monomials(
    slip: TermSlip, power: Hook | None = None, needs: int | None = None
) -> Callable[[int], Hook]:
    def change_by(i: int) -> Hook:
        def change(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
            if tree[0] == "m" and tree[2][i if needs is None else needs]:
                return as_tree(slip(tree[1], tree[2], i), len(tree[2]))
            return power(tree, right, below) if power else right

        return change

    return change_by


def constants_of_sum(which: int | None) -> Hook:
    def change(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
        if tree[0] != "+" or not any(map(expanded, below)):
            return right
        kept = [k for k, new in enumerate(below) if not expanded(new)][slice(which, None)]
        kept = kept if which is None else kept[:1]
        return ("+", *(tree[k + 1] if k in kept else new for k, new in enumerate(below)))

    return change


def only_first_sign(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
    if tree[0] != "+":
        return right
    return ("+", below[0], *(_multiple(new, -1) for new in below[1:]))


def _multiple(tree: Tree, factor: int) -> Tree:
    terms = {key: c * factor for key, c in expanded(tree).items() if factor}
    return as_tree(terms, _count(tree))


def _count(tree: Tree) -> int:
    return next(len(part[2]) for part in parts(tree) if part[0] == "m")


def multiples(task: Task, factor: int) -> Iterator[Answer]:
    """Yield the answers with one term of f, of a bracket or of the derivative multiplied."""
    right = task.right
    for poly, later in ((right, ()), (task.poly, task.by)):
        for key, c in poly.items():
            yield partial(
                lambda key, c, later: add(right, d({key: c}, *later)), key, c * (factor - 1), later
            )
    for tree in _copies(task.tree, factor):
        yield partial(lambda tree: d(expanded(tree), *task.by), tree)


def without_term(which: int) -> Hook:
    def change(tree: Tree, right: Tree, below: list[Tree]) -> Tree:
        if tree[0] != "+" or which >= len(below):
            return right
        return ("+", *below[:which], *below[which + 1 :])

    return change


def negated(_tree: Tree, right: Tree, _below: list[Tree]) -> Tree:
    return _multiple(right, -1)


def _copies(tree: Tree, factor: int) -> Iterator[Tree]:
    """Yield the tree with one term of a sum multiplied before it is differentiated."""
    for k, part in enumerate(tree):
        if tree[0] != "m" and isinstance(part, tuple):
            changed = [*_copies(part, factor), *([_multiple(part, factor)] * (tree[0] == "+"))]
            yield from ((*tree[:k], new, *tree[k + 1 :]) for new in changed)


def catalogue(task: Task) -> dict[str, list[Answer]]:
    """Return all answers with a slip, by its kind; many are the same, some are right."""
    found: dict[str, list[Answer]] = {
        kind: [
            *in_all_terms(task, slip),
            *in_one_term(task, slip),
            *in_tree(task, of_monomials(slip, POWER_SLIPS.get(kind))),
        ]
        for kind, slip in TERM_SLIPS.items()
    }
    found |= {kind: list(in_tree(task, lambda _i, h=hook: h)) for kind, hook in HOOKS.items()}
    found["wrong variable"] = list(_wrong_variable(task))
    found["other variable as zero"] = list(_other_as_zero(task))
    found["product rule half applied"] = list(_half_products(task))
    found["sign"] = [
        *multiples(task, -1),
        *at_one_part(task, lambda _i: only_first_sign),
        *at_one_part(task, lambda _i: negated),
    ]
    found["term forgotten"] = list(multiples(task, 0))
    for k in range(5):
        found["term forgotten"] += at_one_part(task, lambda _i, k=k: without_term(k))
    found["constant kept"] = list(constants_kept_in_terms(task))
    for n in (None, 0, 1):
        found["constant kept"] += in_tree(task, lambda _i, n=n: constants_of_sum(n))
    return found


TERM_SLIPS: dict[str, TermSlip] = {
    "coefficient not multiplied": not_multiplied,
    "exponent not lowered": not_lowered,
    "not differentiated": as_it_was,
    "integrated instead": integrated,
    "coefficient lost": coefficient_lost,
}

POWER_SLIPS: dict[str, Hook] = {
    "coefficient not multiplied": power_not_multiplied,
    "exponent not lowered": power_not_lowered,
}

HOOKS: dict[str, Hook] = {
    "inner derivative forgotten": without_inner,
    "derivatives multiplied": multiplied,
}


def _occurring(task: Task) -> list[int]:
    return [j for j in range(len(task.names)) if any(key[j] for key in task.poly)]


def _wrong_variable(task: Task) -> Iterator[Answer]:
    for j in _occurring(task):
        yield from in_all_terms(task, by_another(j))
        yield from in_one_term(task, by_another(j), needs=j)
        yield from at_one_part(task, of_monomials(by_another(j), needs=j))
        yield from at_one_part(task, lambda _i, j=j: inner_by(j))


def _other_as_zero(task: Task) -> Iterator[Answer]:
    others = [j for j in _occurring(task) if set(task.by) != {j}]
    for zeros in {(j,) for j in others} | {tuple(others)}:
        yield from in_all_terms(task, as_zero(zeros))
        yield from in_one_term(task, as_zero(zeros))
        yield from in_tree(task, of_monomials(as_zero(zeros)))


def _half_products(task: Task) -> Iterator[Answer]:
    for k in range(3):
        yield from in_tree(task, lambda _i, k=k: of_product(lambda found: found[k : k + 1]))
        yield from in_tree(
            task, lambda _i, k=k: of_product(lambda found: found[:k] + found[k + 1 :])
        )
    yield from in_tree(task, lambda _i: of_product(lambda found: found[-1:]))
