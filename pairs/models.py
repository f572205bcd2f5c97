"""Gathers the models of this app's rooms."""

from pairs.events.models import Event, Invitation, Preference
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.meetings.models import Meeting
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths

__all__ = [
    "Event",
    "Goal",
    "Invitation",
    "Meeting",
    "Pair",
    "PairMentee",
    "PairMentor",
    "Preference",
    "ReadyRoute",
    "ReadyStep",
    "Route",
    "RouteStep",
    "Strengths",
]
