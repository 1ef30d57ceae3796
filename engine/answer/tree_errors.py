"""What can go wrong at one part of a typed tree: in a sum, a product, a power or a monomial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from engine.answer.slip import RIGHT, Question, instead_of, shown, term_rules
from engine.answer.tree_parts import Part, product
from engine.expression import Power, Product, Sum
from engine.polynomial import Polynomial
from engine.writing.writer import name_unicode

Place = Part | Polynomial | str | tuple[Polynomial, Polynomial]


@dataclass(frozen=True, slots=True)
class PartError:
    """A part that was differentiated wrongly.

    Attributes:
        kind: One of :data:`engine.answer.slip.SLIP_KINDS`.
        excess: Its wrong derivative less the right one.
        template: The sentence, with a ``{}`` for each of ``places``.
        places: What the sentence is about; written only if the sentence is needed. Of a pair
            the first stands in place of the second.
    """

    kind: str
    excess: Polynomial
    template: str
    places: tuple[Place, ...] = ()

    @property
    def sentence(self) -> str:
        """What went wrong, for the student."""
        return self.template.format(*map(_written, self.places))


def _written(place: Place) -> str:
    match place:
        case (wrong, right):
            return instead_of(wrong, right)
        case Part():
            return place.text
        case Polynomial():
            return shown(place)
        case _:
            return place


def part_errors(part: Part, question: Question, step: int) -> Iterator[PartError]:
    """Yield what can have gone wrong at this part, while all others were differentiated rightly."""
    match part.tree:
        case Sum():
            yield from _of_sum(part)
        case Product():
            by = name_unicode(question.step_name(step))
            yield from _of_product(part, part.below, by)
            grouped = part.grouped()
            if len(grouped) < len(part.below):
                yield from _of_product(part, grouped, by)
        case Power() if not part.is_monomial:
            yield from _of_power(part, question, step)
    if part.is_monomial and len(part.value) == 1:
        yield from _of_monomial(part.value, question, step)


def _of_sum(part: Part) -> Iterator[PartError]:
    for term in part.below:
        d = term.derivative
        if d:
            yield PartError("sign", d * -2, "The derivative of {} has the wrong sign.", (term,))
            yield PartError("term forgotten", -d, "The derivative of {} is missing.", (term,))
    constants = [term.value for term in part.below if not term.derivative and term.value]
    together = [reduce(add, constants)] if len(constants) > 1 else []
    for kept in constants + together:
        template = "The constant {} was kept, although its derivative is 0."
        yield PartError("constant kept", kept, template, (kept,))
    rest = reduce(add, (term.derivative for term in part.below[1:]))
    template = "The sign in front of the bracket ({}) was applied to its first term only."
    yield PartError("sign", rest * -2, template, (part,))


def _of_product(part: Part, factors: Sequence[Part], by: str) -> Iterator[PartError]:
    varying = [factor for factor in factors if factor.derivative]
    if len(varying) < 2:
        return
    constant = product([f.value for f in factors if not f.derivative], part.one)
    summands = []
    for index, factor in enumerate(varying):
        others = [other.value for other in (*varying[:index], *varying[index + 1 :])]
        summands.append(product(others, constant * factor.derivative))
    for factor, summand in zip(varying, summands, strict=True):
        yield from _of_summand(part, factor, summand, by, len(varying) == 2)
    yield PartError(
        "derivatives multiplied",
        product([factor.derivative for factor in varying], constant) - part.derivative,
        "In the derivative of {} by {} the derivatives of the factors were multiplied, but the "
        "product rule adds: (uv)′ = u′v + uv′.",
        (part, by),
    )


def _of_summand(
    part: Part, factor: Part, summand: Polynomial, by: str, of_two: bool
) -> Iterator[PartError]:
    where = "In the derivative of {} by {} "
    places = (part, by, factor)
    yield PartError(
        "product rule half applied",
        summand - part.derivative,
        f"{where}the product rule was applied in part: only {{}} was differentiated, and "
        f"the {'summand' if of_two else 'summands'} with the derivative of the other "
        f"{'factor is' if of_two else 'factors are'} missing.",
        places,
    )
    if not of_two:
        yield PartError(
            "product rule half applied",
            -summand,
            f"{where}the product rule was applied in part: the summand with the derivative of {{}} "
            "is missing.",
            places,
        )
    template = f"{where}the summand with the derivative of {{}} has the wrong sign."
    yield PartError("sign", summand * -2, template, places)


def _of_power(part: Part, question: Question, step: int) -> Iterator[PartError]:
    (base,) = part.below
    exponent = part.tree.exponent if isinstance(part.tree, Power) else 1
    if not base.derivative or exponent < 2:
        return
    lowered, where = base.value ** (exponent - 1), "In the derivative of {} "
    yield PartError(
        "inner derivative forgotten",
        lowered * exponent - part.derivative,
        f"{where}the chain rule's inner derivative, {{}}, is missing as a factor.",
        (part, base.derivative),
    )
    yield PartError(
        "coefficient not multiplied",
        lowered * base.derivative - part.derivative,
        f"{where}the exponent is missing as a factor.",
        (part,),
    )
    yield PartError(
        "exponent not lowered",
        part.value * base.derivative * exponent - part.derivative,
        f"{where}the exponent was not lowered.",
        (part,),
    )
    by = question.step_name(step)
    for name in question.variables:
        if name != by and base.value.degree_in(name):
            yield PartError(
                "wrong variable",
                lowered * exponent * (base.value.partial(name) - base.derivative),
                f"{where}the inner derivative was taken by {{}} instead of {{}}.",
                (part, name_unicode(name), name_unicode(by)),
            )


def _of_monomial(monomial: Polynomial, question: Question, step: int) -> Iterator[PartError]:
    (term,) = monomial.terms().items()
    variable = question.steps[step]
    right = question.one_term(RIGHT.apply(term, variable))
    for rule in term_rules(question, step):
        if rule.fits(term, variable):
            wrong = question.one_term(rule.apply(term, variable))
            template = f"In the derivative of {{}} {rule.what}: {{}}."
            yield PartError(rule.kind, wrong - right, template, (monomial, (wrong, right)))
