"""What the account costs, held against its budget."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import boto3

from admin.failures import AWS_ERRORS
from kitchen import clock
from kitchen.clients import PATIENT
from kitchen.logs import logger
from kitchen.memory import Memory
from kitchen.metrics import ENVIRONMENT
from kitchen.routes import Call, Routes

routes = Routes()
# Cost Explorer is in one region only
client: Any = boto3.client("ce", region_name="us-east-1", config=PATIENT)

# the one environment that may ask
READABLE = ENVIRONMENT == "prod"
BUDGET = {"today": 50, "thisWeek": 350, "thisMonth": 1_500}
# from so much of a budget on there is a warning
NEAR = 0.8

# each question costs a cent, and the answer changes a few times a day
_known: Memory[dict[str, Any]] = Memory(clock.HOUR, most=1)

Costs = dict[str, float]
Days = dict[str, Costs]


@routes.get("/admin/costs", group="admin")
def get_costs(call: Call) -> dict[str, Any]:
    """The costs, or that they are unavailable."""
    return view(call.now)


def view(now: int) -> dict[str, Any]:
    """The costs of today, this week and this month, by service."""
    found = _known.get("costs", now)
    if found is None:
        today = date.fromisoformat(clock.day(now))
        begins = {
            "today": today,
            "thisWeek": today - timedelta(days=today.weekday()),
            "thisMonth": today.replace(day=1),
        }
        days = read(min(begins.values()), today) if READABLE else None
        if days is None:
            return unavailable()
        found = _told(days, begins)
        _known.put("costs", found, now)
    return found


def unavailable() -> dict[str, Any]:
    """The answer where nobody may ask: no numbers are better than invented ones."""
    message = "the costs are not readable here"
    return {"available": False, "message": message, **dict.fromkeys(BUDGET), "budget": BUDGET, "warnings": []}


def forget() -> None:
    """Ask again next time."""
    _known.clear()


def read(first: date, last: date) -> Days | None:
    """The costs by day and service; None where Cost Explorer refuses."""
    asked: dict[str, Any] = {
        "TimePeriod": {"Start": first.isoformat(), "End": (last + timedelta(days=1)).isoformat()},
        "Granularity": "DAILY",
        "Metrics": ["UnblendedCost"],
        "GroupBy": [{"Type": "DIMENSION", "Key": "SERVICE"}],
    }
    days: Days = {}
    try:
        while True:
            answer = client.get_cost_and_usage(**asked)
            for result in answer["ResultsByTime"]:
                _count(result["Groups"], days.setdefault(result["TimePeriod"]["Start"], {}))
            if "NextPageToken" not in answer:
                return days
            asked["NextPageToken"] = answer["NextPageToken"]
    except AWS_ERRORS:
        logger.warning("the costs could not be read", exc_info=True)
        return None


def _count(groups: list[dict[str, Any]], costs: Costs) -> None:
    for group in groups:
        service = group["Keys"][0]
        costs[service] = costs.get(service, 0.0) + float(group["Metrics"]["UnblendedCost"]["Amount"])


def _told(days: Days, begins: dict[str, date]) -> dict[str, Any]:
    periods = {name: _period(name, days, begin.isoformat()) for name, begin in begins.items()}
    warnings = [
        f"{name}: {period['totalCost']} of {BUDGET[name]} USD"
        for name, period in periods.items()
        if period["totalCost"] >= BUDGET[name] * NEAR
    ]
    return {"available": True, **periods, "budget": BUDGET, "warnings": warnings}


def _period(name: str, days: Days, first: str) -> dict[str, Any]:
    sums: Costs = {}
    for day, costs in days.items():
        for service, cost in costs.items() if day >= first else ():
            sums[service] = sums.get(service, 0.0) + cost
    services: list[dict[str, Any]] = [{"service": service, "cost": round(cost, 2)} for service, cost in sums.items()]
    services.sort(key=lambda service: service["cost"], reverse=True)
    return {"period": name, "totalCost": round(sum(sums.values()), 2), "services": services}
