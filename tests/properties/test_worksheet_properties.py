"""Worksheet files that were tampered with: each opens and is kept, or is refused in one line."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.differentiation.method import MethodChoice
from engine.differentiation.registry import make, methods
from engine.errors import EngineError, WorksheetError
from engine.worksheet.worksheet import Worksheet, read_worksheet

VALID: dict[str, Any] = json.loads(
    Worksheet(
        text="α x_1^2 + ½y",
        coordinates=(("α", "1/3"), ("x_1", "0,1"), ("y", "−2")),
        partials="gradient, x_1 x_1",
        methods=(
            MethodChoice("forward", (("step", 1e-5), ("dtype", "rational"))),
            MethodChoice("autograd_reverse", (("device", "cpu"),)),
        ),
        axes=("y", "α"),
        intervals=(("y", -1.5, 0.1),),
        about="Look at this.",
    ).to_json()
)

NAMES = st.sampled_from(
    ["schema_version", *VALID, "key", "parameters", "step", "dtype", "a", "", "\ud800"]
)
WORDS = st.sampled_from(
    [
        "forward",
        "rules",
        "step",
        "auto",
        "float64",
        "float16",
        "1e-4",
        "1/3",
        "a",
        "\udc00",
        "\n",
        "",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([1, 2, 10**400, -(10**4000), "1/" * 5000, "word " * 1000])
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | WORDS
)
VALUES = st.recursive(
    LEAVES, lambda v: st.lists(v, max_size=3) | st.dictionaries(NAMES | st.text(), v, max_size=3)
)


def places(value: object) -> list[tuple[Any, Any]]:
    """Return every place in a JSON value, as what holds it and how that calls it."""
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    else:
        return []
    return [(value, at) for at, _ in inside] + [place for _, one in inside for place in places(one)]


@st.composite
def tampered(draw: st.DrawFn) -> str:
    """Return a worksheet in which up to three values were replaced, taken out or added."""
    data = json.loads(json.dumps(VALID))
    for _ in range(draw(st.integers(1, 3))):
        holder, at = draw(st.sampled_from(places(data)))
        match draw(st.sampled_from(["replace", "replace", "remove", "add", "rename"])):
            case "replace":
                holder[at] = draw(VALUES)
            case "remove":
                del holder[at]
            case "add" if isinstance(holder, list):
                holder.insert(at, draw(VALUES))
            case "add":
                holder[draw(NAMES | st.text(max_size=3))] = draw(VALUES)
            case "rename" if isinstance(holder, dict):
                holder[draw(NAMES | st.text(max_size=3))] = holder.pop(at)
    return json.dumps(data, ensure_ascii=draw(st.booleans()))


@given(tampered())
def test_that_a_worksheet_is_kept_whatever_stands_in_it_or_is_refused_in_one_line(
    text: str,
) -> None:
    try:
        worksheet = Worksheet.from_json(text)
    except WorksheetError as error:
        said = str(error)
    else:
        said = ""
    assert (said.isprintable(), len(said) < 400) == (True, True)
    if said:
        return
    assert Worksheet.from_json(worksheet.to_json()) == worksheet
    worksheet.to_json().encode("utf-8")
    for choice in worksheet.methods:
        make(choice)
    with suppress(EngineError):
        read_worksheet(worksheet)


@given(st.text() | VALUES.map(json.dumps))
def test_that_what_is_no_worksheet_at_all_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(WorksheetError) as refused:
        Worksheet.from_json(text)
    assert str(refused.value).isprintable()


def test_that_every_method_with_its_defaults_is_kept() -> None:
    for entry in methods():
        parameters = tuple((one.name, one.default) for one in entry.traits.parameters)
        worksheet = Worksheet(methods=(MethodChoice(entry.key, parameters),))
        assert Worksheet.from_json(worksheet.to_json()) == worksheet
