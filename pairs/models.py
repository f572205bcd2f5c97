"""Gathers the models of this app's rooms."""

from pairs.events.models import Event, Invitation, Preference
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.meetings.models import Meeting
from pairs.reports.models import CuratorReport, MentorReport, ReportTerm
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths

__all__ = [
    "CuratorReport",
    "Event",
    "Goal",
    "Invitation",
    "Meeting",
    "MentorReport",
    "Pair",
    "PairMentee",
    "PairMentor",
    "Preference",
    "ReadyRoute",
    "ReadyStep",
    "ReportTerm",
    "Route",
    "RouteStep",
    "Strengths",
]
