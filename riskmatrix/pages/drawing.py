"""The two drawings of a score: over time against its bands, and now against what it could be. Numbers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from policies.wording import short_date
from policies.working_time import LONDON
from riskmatrix.engine import Scale, Scored
from riskmatrix.models import Assessment, Band

LEFT, RIGHT, TOP, BOTTOM = 34, 428, 12, 118
SHOWN = 8
"""Assessments a line has room for; earlier ones are in the list below it."""
GAUGE_LEFT, GAUGE_RIGHT = 8, 272


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    score: int
    day: str
    label_y: int
    anchor: str
    newest: bool


def drift(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """``assessments`` of one person, newest first. The stripes are the bands of the newest."""
    shown = list(reversed(assessments[:SHOWN]))
    newest, top = shown[-1], max(shown[-1].high_from + 10, *(one.score + 4 for one in shown))
    points = [_point(index, one, len(shown), top) for index, one in enumerate(shown)]
    medium, high = _height(newest.medium_from, top), _height(newest.high_from, top)
    return {
        "points": points,
        "line": " ".join(f"{point.x},{point.y}" for point in points),
        "stripes": [
            {"band": "high", "y": TOP, "height": high - TOP, "label_y": TOP + 12, "label": _high(newest)},
            {
                "band": "medium",
                "y": high,
                "height": medium - high,
                "label_y": high + 12,
                "label": _medium(newest),
            },
            {
                "band": "low",
                "y": medium,
                "height": BOTTOM - medium,
                "label_y": medium + 12,
                "label": _low(newest),
            },
        ],
        "marks": [
            {"y": high + 4, "score": newest.high_from},
            {"y": medium + 4, "score": newest.medium_from},
            {"y": BOTTOM, "score": 0},
        ],
        "left": LEFT,
        "width": RIGHT - LEFT,
        "right": RIGHT - 4,
        "days_y": BOTTOM + 16,
        "words": "; ".join(_words(one) for one in shown),
    }


def gauge(scale: Scale, scored: Scored, last: Assessment | None) -> dict[str, Any]:
    """Where the score stands among the bands, and where it stood the time before."""
    most = scored.most
    medium, high = _along(scale.medium_from, most), _along(scale.high_from, most)
    return {
        "left": GAUGE_LEFT,
        "right": GAUGE_RIGHT,
        "medium": medium,
        "high": high,
        "low_width": medium - GAUGE_LEFT,
        "medium_width": high - medium,
        "high_width": GAUGE_RIGHT - high,
        "low_middle": (GAUGE_LEFT + medium) // 2,
        "medium_middle": (medium + high) // 2,
        "high_middle": (high + GAUGE_RIGHT) // 2,
        "now": _along(scored.score, most),
        **_last(last, most),
        "most": most,
        "step": f"{(GAUGE_RIGHT - GAUGE_LEFT) / most:.4f}",
    }


def _last(last: Assessment | None, most: int) -> dict[str, Any]:
    """The words stand beside the mark, on the side that has room."""
    if last is None:
        return {"last": None}
    place = _along(min(last.score, most), most)
    has_room = place < GAUGE_RIGHT - 50
    return {
        "last": place,
        "last_score": last.score,
        "last_x": place + 9 if has_room else place - 9,
        "last_anchor": "start" if has_room else "end",
    }


def _point(index: int, one: Assessment, count: int, top: int) -> Point:
    room = RIGHT - LEFT - 150
    x = LEFT + 24 + (room * index // (count - 1) if count > 1 else room)
    y = _height(one.score, top)
    return Point(x, y, one.score, _day(one), y - 10, "middle", index == count - 1)


def _height(score: int, top: int) -> int:
    return BOTTOM - (BOTTOM - TOP) * min(score, top) // top


def _along(score: int, most: int) -> int:
    return GAUGE_LEFT + round((GAUGE_RIGHT - GAUGE_LEFT) * score / most)


def _day(one: Assessment) -> str:
    day = one.assessed_at.astimezone(LONDON).date()
    return short_date(day).split(" ", 1)[1]


def _words(one: Assessment) -> str:
    told = {"day": _day(one), "score": one.score, "band": Band(one.confirmed_band).label}
    return _("%(day)s: %(score)s, %(band)s") % told


def _high(newest: Assessment) -> str:
    return _("High, %(score)d and over") % {"score": newest.high_from}


def _medium(newest: Assessment) -> str:
    return _("Medium, %(first)d to %(last)d") % {"first": newest.medium_from, "last": newest.high_from - 1}


def _low(newest: Assessment) -> str:
    return _("Low, 0 to %(last)d") % {"last": newest.medium_from - 1}
