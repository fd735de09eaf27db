"""Spans of the users' calendar, and how they read as ranges of sort keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kitchen import clock


@dataclass(frozen=True)
class Span:
    """From a moment to just before another, in epoch ms, under a name."""

    name: str
    start: int
    end: int

    @property
    def moments(self) -> tuple[str, str]:
        """The range of sort keys that begin with epoch ms."""
        return f"{self.start:013d}", f"{self.end - 1:013d}~"

    @property
    def times(self) -> tuple[str, str]:
        """The range of sort keys that begin with an ISO time."""
        return clock.iso(self.start), f"{clock.iso(self.end - 1)}~"

    def holds(self, moment: int | None) -> bool:
        """Whether a moment lies in it."""
        return moment is not None and self.start <= moment < self.end


def midnight(day: datetime) -> datetime:
    """The beginning of a day."""
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def hours_of(day: datetime) -> list[Span]:
    """The hours of a day."""
    first = midnight(day)
    return [_span(f"{hour:02d}", first + timedelta(hours=hour), timedelta(hours=1)) for hour in range(24)]


def days_until(day: datetime, number: int) -> list[Span]:
    """So many days, of which a day is the last."""
    first = midnight(day) - timedelta(days=number - 1)
    days = (first + timedelta(days=number) for number in range(number))
    return [_span(f"{one:%Y-%m-%d}", one, timedelta(days=1)) for one in days]


def since_today(now: int) -> dict[str, Span]:
    """Today, this week and this month, as far as they have come."""
    today = midnight(clock.local(now))
    begins = {
        "today": today,
        "this_week": today - timedelta(days=today.weekday()),
        "this_month": today.replace(day=1),
    }
    return {name: Span(name, _ms(begin), now + 1) for name, begin in begins.items()}


def _span(name: str, start: datetime, length: timedelta) -> Span:
    return Span(name, _ms(start), _ms(start + length))


def _ms(time: datetime) -> int:
    return round(time.timestamp()) * clock.SECOND
