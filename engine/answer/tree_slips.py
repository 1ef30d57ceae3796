"""Slips in the product and chain rule and in brackets, from the tree as typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from engine.answer.slip import RIGHT, Question, Slip, TermRule, listed, term_rules
from engine.answer.tree_errors import PartError, part_errors
from engine.answer.tree_parts import part_of
from engine.answer.tree_variants import VARIANTS, WRITTEN_OUT, Variant, miscopies
from engine.differentiation.rules import differentiate
from engine.errors import LimitError
from engine.expression import Expression, Sum, walk
from engine.language.expansion import expand
from engine.limits import LIMITS
from engine.polynomial import Polynomial
from engine.writing.writer import name_unicode, to_unicode

_MOST_NODES = 300
"""Nodes of a tree that is searched."""

_MOST_WORK = 5_000
"""Nodes of a tree that is searched times the terms of f."""

_MOST_MISCOPIES = 40
"""Changes of brackets that are tried."""

_SMALL = replace(LIMITS, operations=LIMITS.operations // 50)
"""Budgets for one tree that is tried."""


def tree_slips(question: Question) -> Iterator[Slip]:
    """Yield the slips in the tree as typed that explain the answer exactly.

    A tree that is too large is not searched.
    """
    yield from _at_one_part(question)
    if _worth_searching(question.expression, question):
        yield from _everywhere(question)
        yield from _in_brackets(question)


def _worth_searching(tree: Expression, question: Question) -> bool:
    nodes = sum(1 for _ in islice(walk(tree), _MOST_NODES + 1))
    return nodes <= _MOST_NODES and nodes * len(question.f) <= _MOST_WORK


def _at_one_part(question: Question) -> Iterator[Slip]:
    """Yield the slips at one part of the tree, in one step.

    The derivative depends linearly on the derivative of each part: a part that was
    differentiated wrongly adds its error times ∂(whole)/∂(part), so each costs one product.
    """
    difference = question.answer - question.derivative
    trees = [question.expression]
    for step in range(len(question.steps)):
        opening = _opening(question, [step])
        for tree in trees:
            for error, excess in _errors_of(tree, question, step):
                if question.differentiated(excess, step + 1) == difference:
                    yield Slip(error.kind, opening + error.sentence)
        trees = [tree for tree in trees if _worth_searching(tree, question)]
        if not trees:
            return
        trees = _derivatives(trees, question.step_name(step))


def _derivatives(trees: list[Expression], by: str) -> list[Expression]:
    """Return the derivative in the ways in which it can have been written down."""
    pulled = differentiate(trees[0], by).after
    written_out = WRITTEN_OUT.differentiated(trees[-1], by)
    return [pulled] if written_out == pulled else [pulled, written_out]


def _errors_of(
    tree: Expression, question: Question, step: int
) -> Iterator[tuple[PartError, Polynomial]]:
    """Yield what can go wrong at each part, with the error of the whole; the outermost first."""
    if not _worth_searching(tree, question):
        return
    try:
        whole = part_of(tree, question.variables, question.step_name(step))
        waiting = [(whole, whole.one)]
        for part, outer in waiting:
            for error in part_errors(part, question, step):
                yield error, outer * error.excess
            waiting.extend((inner, outer * factor) for inner, factor in part.inside())
    except LimitError:  # f was within the budgets; a wrong version of it need not be
        return


def _everywhere(question: Question) -> Iterator[Slip]:
    """Yield the slips that were made wherever a rule was used, in one step or in all."""
    count = len(question.steps)
    spans = [(step, step + 1) for step in range(count)] + ([(0, count)] if count > 1 else [])
    for start, stop in spans:
        for variant in (*VARIANTS, *_variants_of_terms(question, start)):
            trees = _variant(variant, question, start, stop)
            if trees and _is_answer(trees[-1], question, stop):
                steps = _changing(variant, question, trees, start)
                yield Slip(variant.kind, _opening(question, steps) + variant.sentence)


def _variants_of_terms(question: Question, step: int) -> Iterator[Variant]:
    """Yield a variant for each rule that can be misapplied to all parts without a bracket."""
    treated = {variant.kind for variant in VARIANTS} | {"wrong variable"}  # that is the whole by it
    for rule in term_rules(question, step):
        if rule.kind not in treated:
            sentence = f"At every part without a bracket, {rule.what}."
            monomial = partial(_of_monomial, question, rule)
            yield Variant(rule.kind, sentence, monomial=monomial)


def _of_monomial(
    question: Question, rule: TermRule, tree: Expression, by: str
) -> Expression | None:
    if any(isinstance(node, Sum) for node in walk(tree)):
        return None
    variable = question.variables.index(by)
    terms = expand(tree, question.variables, _SMALL).terms().items()
    wrong = [(rule if rule.fits(term, variable) else RIGHT).apply(term, variable) for term in terms]
    return Polynomial(question.variables, dict(wrong)).to_expression()


def _variant(
    variant: Variant, question: Question, start: int, stop: int
) -> list[Expression] | None:
    """Return f and what becomes of it in each step, wrongly from ``start`` to before ``stop``."""
    trees = [question.expression]
    try:
        for step in range(stop):
            by = question.step_name(step)
            wrong = variant.differentiated(trees[-1], by) if step >= start else None
            trees.append(differentiate(trees[-1], by).after if wrong is None else wrong)
            if not _worth_searching(trees[-1], question):
                return None
    except LimitError:
        return None
    return trees


def _is_answer(tree: Expression, question: Question, stop: int) -> bool:
    try:
        reached = expand(tree, question.variables, _SMALL)
        return question.differentiated(reached, stop) == question.answer
    except LimitError:
        return False


def _changing(
    variant: Variant, question: Question, trees: Sequence[Expression], start: int
) -> list[int]:
    """Return the steps in which a variant gives something else than the rules do."""
    polynomials = [expand(tree, question.variables) for tree in trees]
    return [
        step
        for step in range(start, len(trees) - 1)
        if polynomials[step].partial(question.step_name(step)) != polynomials[step + 1]
    ]


def _opening(question: Question, steps: Sequence[int]) -> str:
    if len(question.steps) == 1:
        return ""
    if len(steps) == len(question.steps):
        return "In all steps: "
    if len(steps) > 1:
        return f"In steps {listed([str(step + 1) for step in steps])}: "
    return f"Step {steps[0] + 1}, by {name_unicode(question.step_name(steps[0]))}: "


def _in_brackets(question: Question) -> Iterator[Slip]:
    """Yield the slips of a bracket that was read or copied wrongly, and then differentiated."""
    whole = question.expression  # a term of the sum that f is has been searched for already
    inner = (miscopy for miscopy in miscopies(whole) if miscopy.bracket is not whole)
    for miscopy in islice(inner, _MOST_MISCOPIES):
        try:
            f = expand(miscopy.tree, question.variables, _SMALL)
        except LimitError:
            continue
        if question.differentiated(f, 0) == question.answer:
            bracket, term = to_unicode(miscopy.bracket), to_unicode(miscopy.term)
            change = "the sign of {} is changed" if miscopy.kind == "sign" else "{} is left out"
            sentence = f"This is the derivative of f if in {bracket} {change.format(term)}."
            yield Slip(miscopy.kind, sentence)
