"""Lines are cut at a frame: exactly at it, into as many pieces as there are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.export.cutting import cut_line

LOW, HIGH = np.array([0.0, 0.0]), np.array([10.0, 8.0])

places = st.tuples(st.floats(-30, 30), st.floats(-30, 30))


def cut(*points: tuple[float, float]) -> list[list[list[float]]]:
    return [piece.tolist() for piece in cut_line(np.array(points, dtype=float), LOW, HIGH)]


def test_that_a_line_inside_is_left_as_it_is() -> None:
    assert cut((1, 1), (2, 5), (10, 8)) == [[[1, 1], [2, 5], [10, 8]]]


def test_that_a_line_ends_at_the_frame_and_one_that_comes_back_is_two() -> None:
    assert cut((5, 4), (5, 12), (7, 12), (7, 4)) == [[[5, 4], [5, 8]], [[7, 8], [7, 4]]]


def test_that_a_line_through_the_frame_is_seen_between_its_edges() -> None:
    assert cut((-10, 4), (20, 4)) == [[[0, 4], [10, 4]]]
    assert cut((-2, -2), (20, 20)) == [[[0, 0], [8, 8]]]


@pytest.mark.parametrize(
    "line",
    [((-1, 4), (-1, 6)), ((-4, 2), (4, -6)), ((11, 1), (20, 9)), ((3, 3),), ((3, 3), (3, 3))],
)
def test_that_nothing_is_left_of_a_line_that_is_not_seen(line: tuple[tuple[int, int], ...]) -> None:
    assert cut(*line) == []


def test_that_a_line_along_an_edge_is_seen() -> None:
    assert cut((-5, 8), (5, 8)) == [[[0, 8], [5, 8]]]


def test_that_a_line_that_only_touches_the_frame_stays_one_piece() -> None:
    assert cut((4, 2), (10, 4), (4, 6)) == [[[4, 2], [10, 4], [4, 6]]]


@given(st.lists(places, min_size=2, max_size=8))
def test_that_the_pieces_hold_what_is_inside_and_nothing_else(
    points: list[tuple[float, float]],
) -> None:
    line = np.array(points)
    pieces = cut_line(line, LOW, HIGH)
    for piece in pieces:
        assert ((piece >= LOW) & (piece <= HIGH)).all()
    # What is sampled well inside lies on a piece, and nothing that is outside does.
    shares = np.linspace(0, 1, 29)[:, None]
    for start, stop in pairwise(line):
        for place in start + shares * (stop - start):
            if ((place > LOW + 1e-6) & (place < HIGH - 1e-6)).all() and (start != stop).any():
                assert min(distance(piece, place) for piece in pieces) < 1e-6


def distance(line: np.ndarray, place: np.ndarray) -> float:
    steps = np.diff(line, axis=0)
    lengths = np.maximum((steps**2).sum(axis=1), 1e-300)
    shares = np.clip((((place - line[:-1]) * steps).sum(axis=1)) / lengths, 0, 1)
    return float(np.linalg.norm(line[:-1] + shares[:, None] * steps - place, axis=1).min())
