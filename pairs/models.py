"""Gathers the models of this app's rooms."""

from pairs.attention.models import AttentionRules, Postponed
from pairs.calendar.models import CalendarLink
from pairs.events.models import Event, Invitation, Preference
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.library.models import LibraryItem, Reading, Sending
from pairs.meetings.models import Meeting
from pairs.reports.models import CuratorReport, MentorReport, ReportTerm
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths

__all__ = [
    "AttentionRules",
    "CalendarLink",
    "CuratorReport",
    "Event",
    "Goal",
    "Invitation",
    "LibraryItem",
    "Meeting",
    "MentorReport",
    "Pair",
    "PairMentee",
    "PairMentor",
    "Postponed",
    "Preference",
    "Reading",
    "ReadyRoute",
    "ReadyStep",
    "ReportTerm",
    "Route",
    "RouteStep",
    "Sending",
    "Strengths",
]
