"""Gathers the models of this app's rooms."""

from pairs.agreements.models import Agreement
from pairs.events.models import Event, Invitation, Preference
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.meetings.models import Meeting
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths
from pairs.suggestions.models import DeclinedSuggestion, MatchWeights

__all__ = [
    "Agreement",
    "DeclinedSuggestion",
    "Event",
    "Goal",
    "Invitation",
    "MatchWeights",
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
