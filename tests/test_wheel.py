"""The wheel: eight facets from the top and clockwise, their rings filled as far as they are."""

import re
from itertools import pairwise
from math import atan2, degrees, hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap import wheel
from cop_roadmap.wheel import Ring, Sector

Point = tuple[float, float]
NUMBER = r"(-?[\d.]+)"
PIECE = re.compile(
    rf"M{NUMBER} {NUMBER}A{NUMBER} {NUMBER} 0 0 1 {NUMBER} {NUMBER}"
    rf"L{NUMBER} {NUMBER}A{NUMBER} {NUMBER} 0 0 0 {NUMBER} {NUMBER}Z"
)
# Degrees: points are rounded to a hundredth of a unit, which is a twentieth on the smallest circle.
TOLERANCE = 0.05


def corners(path: str) -> tuple[Point, Point, Point, Point]:
    """Return the corners of a piece: along its outer arc, then back along its inner one."""
    found = PIECE.fullmatch(path)
    assert found, path
    numbers = [float(number) for number in found.groups()]
    ax, ay, *outer, bx, by, cx, cy = numbers[:8]
    *inner, dx, dy = numbers[8:]
    points = (ax, ay), (bx, by), (cx, cy), (dx, dy)
    for radii, ends in ((outer, points[:2]), (inner, points[2:])):
        assert radii[0] == radii[1]
        assert [hypot(*end) for end in ends] == pytest.approx([radii[0]] * 2, abs=0.01)
    return points


def angle(point: Point) -> float:
    """Return the direction of a point in degrees: from the top, clockwise."""
    x, y = point
    return degrees(atan2(x, -y)) % 360


def span(path: str) -> float:
    """Return how many degrees a piece covers; both of its arcs must cover the same."""
    a, b, c, d = corners(path)
    outer, inner = (angle(b) - angle(a)) % 360, (angle(c) - angle(d)) % 360
    assert outer == pytest.approx(inner, abs=2 * TOLERANCE)
    return outer


def drawn(part: float) -> list[Sector]:
    return wheel.draw([[part] * 3] * 8)


def test_a_wheel_has_a_sector_for_each_facet_and_a_ring_for_each_section() -> None:
    assert [len(sector.rings) for sector in drawn(0.5)] == [3] * 8


def test_the_first_facet_begins_at_the_top_and_the_others_follow_clockwise() -> None:
    for number, sector in enumerate(drawn(1)):
        for ring in sector.rings:
            first, last = (angle(corner) for corner in corners(ring.outline)[:2])
            assert 0 < first - 45 * number < 2
            assert 0 < 45 * (number + 1) - last < 2


def test_the_number_of_a_facet_stands_in_its_middle_outside_of_its_rings() -> None:
    for number, sector in enumerate(drawn(0)):
        assert angle((sector.x, sector.y)) == pytest.approx(45 * (number + 0.5), abs=TOLERANCE)
        outermost = max(hypot(*point) for point in corners(sector.rings[-1].outline))
        assert outermost < hypot(sector.x, sector.y) < wheel.SIZE / 2


def test_the_first_section_is_the_innermost_ring_and_no_ring_touches_the_next() -> None:
    (sector, *_) = drawn(0)
    reaches = [
        (hypot(*corners(ring.outline)[2]), hypot(*corners(ring.outline)[0]))
        for ring in sector.rings
    ]
    assert all(outer < inner for (_, outer), (inner, _) in pairwise(reaches))


def test_a_ring_without_anything_has_its_outline_only() -> None:
    assert all(ring.filled == "" for sector in drawn(0) for ring in sector.rings)
    assert drawn(0)[0].rings[0].outline == drawn(1)[0].rings[0].outline


def test_a_full_ring_is_filled_to_its_outline() -> None:
    assert all(ring.filled == ring.outline for sector in drawn(1) for ring in sector.rings)


@given(st.floats(0.05, 1))
def test_a_ring_is_filled_in_proportion_from_its_beginning(part: float) -> None:
    for sector in drawn(part):
        for ring in sector.rings:
            assert corners(ring.filled)[0] == corners(ring.outline)[0]
            assert span(ring.filled) == pytest.approx(part * span(ring.outline), abs=0.1)


def test_every_ring_is_filled_as_far_as_its_own_section_is() -> None:
    parts = [[0.0, 1.0, 1 / 3], *[[0.0] * 3] * 6, [2 / 3, 0.0, 0.0]]
    filled = [[bool(ring.filled) for ring in sector.rings] for sector in wheel.draw(parts)]
    assert filled == [[bool(part) for part in row] for row in parts]


def test_a_ring_that_is_not_known_has_its_outline_only() -> None:
    ring = wheel.draw([[None], [0]])[0].rings[0]
    assert ring == Ring(wheel.draw([[0], [0]])[0].rings[0].outline, "", known=False)


def test_without_a_before_no_ring_has_a_line() -> None:
    assert {ring.before for sector in drawn(0.5) for ring in sector.rings} == {""}
    unknown = wheel.draw([[0.5]] * 8, [[None]] * 8)
    assert unknown == wheel.draw([[0.5]] * 8)


@given(st.floats(0, 1), st.floats(0.05, 1))
def test_a_line_crosses_its_ring_where_it_would_have_been_filled_to(
    now: float, before: float
) -> None:
    lines = [
        ring for each in wheel.draw([[now] * 3] * 8, [[before] * 3] * 8) for ring in each.rings
    ]
    filled = [ring for each in drawn(before) for ring in each.rings]
    for ring, then in zip(lines, filled, strict=True):
        _, outer, inner, _ = corners(then.filled)
        found = re.fullmatch(rf"M{NUMBER} {NUMBER}L{NUMBER} {NUMBER}", ring.before)
        assert found
        assert tuple(map(float, found.groups())) == (*inner, *outer)


def test_a_wheel_is_drawn_so() -> None:
    assert wheel.draw([[1], [0.5]])[1] == Sector(
        rings=[
            Ring(
                outline="M-1.04 40.99A41 41 0 0 1 -1.04 -40.99"
                "L-0.56 -21.99A22 22 0 0 0 -0.56 21.99Z",
                filled="M-1.04 40.99A41 41 0 0 1 -41 0L-22 0A22 22 0 0 0 -0.56 21.99Z",
            )
        ],
        x=-90.0,
        y=0.0,
    )
