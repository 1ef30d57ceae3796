"""What the guided tour shows: the lesson on 2ab² + 3a²b, step by step, numbers calculated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.differentiation.forward_difference import forward_difference
from engine.differentiation.method import MethodChoice
from engine.language.reader import read
from engine.point import Point
from engine.worksheet.worksheet import Worksheet, all_methods

LESSON = Worksheet()


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step.

    Attributes:
        title: In a few words.
        text: What is to be seen and why, as Markdown.
        panel: Key of the panel that is brought to the front.
        partial: The derivative that is looked at; ``()`` for f.
        scheme: Key of the difference method that is looked at.
        worksheet: What the window shows.
        plays: Whether the computation graph is played.
    """

    title: str
    text: str
    panel: str
    partial: tuple[str, ...] = ("a",)
    scheme: str = "forward"
    worksheet: Worksheet = LESSON
    plays: bool = False


def tour_steps() -> tuple[TourStep, ...]:
    """Return the steps of the tour, in order."""
    return (*_by_hand(), *_by_the_machine(), *_further())


def _by_hand() -> tuple[TourStep, ...]:
    f = read(LESSON.text).polynomial
    at = Point(dict(LESSON.coordinates))
    value, by_a, mixed = (f.partial(*names).value(at) for names in ((), ("a",), ("a", "b")))
    return (
        TourStep(
            "One function, one point",
            "On the left stands *f* = 2*ab*² + 3*a*²*b*, as it was typed, with "
            f"*a* = 2 and *b* = 3. By hand: 2·2·9 + 3·4·3 = **{value}**. In the table "
            "below every method says the same: so far nobody has differentiated.",
            "comparison",
            (),
        ),
        TourStep(
            "By hand: three rules",
            "How fast does *f* grow when only *a* moves? Read the column **Rules**: the "
            "sum rule takes the terms apart, constant factors step aside, the power rule lowers "
            "*a*² to 2*a*. Together 2*b*² + 6*ab*, here 18 + 36 = "
            f"**{by_a}**.",
            "explanation",
        ),
        TourStep(
            "Once more, by b",
            "∂²*f*/∂*a*∂*b* differentiates the result again: of 2*b*² + 6*ab* "
            f"it makes 4*b* + 6*a*, here 12 + 12 = **{mixed}**. These three numbers, "
            f"{value}, {by_a} and {mixed}, are what every method is measured against.",
            "explanation",
            ("a", "b"),
        ),
    )


def _by_the_machine() -> tuple[TourStep, ...]:
    f = read(LESSON.text).polynomial
    by_a = forward_difference(f, "a", h=1e-4)
    quotient = by_a(a=2, b=3)
    nested = forward_difference(by_a, "b", h=1e-4)(a=2, b=3)
    return (
        TourStep(
            "A machine that knows no rules",
            "It can only evaluate *f*: go a small step *h* along *a* and divide the "
            f"growth by *h*. With *h* = 1e−4 that gives **{quotient}**: off by "
            f"{quotient - 54:.1g}, since *f* bends on the way. The **Stencil** shows both "
            "evaluations and the digits that cancel.",
            "stencil",
        ),
        TourStep(
            "A quotient of quotients",
            "For ∂²*f*/∂*a*∂*b* the quotient is nested: four evaluations, and a "
            f"division by *h*². It gives **{nested}**. The last digits are no "
            "mathematics any more: rounding has been divided by 1e−8.",
            "stencil",
            ("a", "b"),
        ),
        TourStep(
            "Rules for a machine",
            "Write a term as a tuple, and the rules become a program: *f* is "
            f"`{f.to_tuples()}`. To differentiate by *a*, multiply by the exponent of "
            f"*a* and lower it: `{f.partial('a').to_tuples()}`. The row "
            "**Symbolic rules** is exact; nothing was rounded.",
            "comparison",
        ),
        TourStep(
            "Automatic differentiation",
            "PyTorch needs neither formulas nor steps: it records every operation. Watch "
            "the graph: values go **forward**, then adjoints flow **back**, each edge "
            "multiplying by its local derivative. At *a* arrives 54, at *b* 36, in one "
            "pass; the rule that does the same is marked meanwhile.",
            "explanation",
            plays=True,
        ),
    )


def _further() -> tuple[TourStep, ...]:
    smaller = tuple(
        choice if choice.key != "forward" else MethodChoice("forward", (("step", 1e-12),))
        for choice in all_methods()
    )
    f = read(LESSON.text).polynomial
    tiny = forward_difference(f, "a", h=1e-12)(a=2, b=3)
    fourth = replace(LESSON, text="a^4 b")
    return (
        TourStep(
            "Shrink h",
            "Would a smaller step be better? With *h* = 1e−12 the forward difference says "
            f"**{tiny}**. The **Error study** shows why: to the right the error falls with "
            "*h*, exactly 9*h* here, to the left rounding grows as 1/*h*. Drag the "
            "line, which is the step of this one method, to the valley between.",
            "error_study",
            worksheet=replace(LESSON, methods=smaller),
        ),
        TourStep(
            "Now a⁴b",
            "But for rounding, central differences were exact for the lesson's *f*, whatever the "
            "step. Not for *a*⁴*b*: now they have a V of their own, with a slope of 2 on the "
            "right, so their best step is larger and their best error far smaller.",
            "error_study",
            scheme="central",
            worksheet=fourth,
        ),
        TourStep(
            "Your turn",
            "That was the lesson. **Finish** brings your own worksheet back as you left it. Then "
            "type a polynomial of your own, drag the point in the gradient field, or open one of "
            "the **Examples**; this tour stays under **Help**.",
            "comparison",
        ),
    )
