"""Gathers the models of this app's rooms."""

from pairs.attention.models import AttentionRules, Postponed
from pairs.awards.models import Award, AwardKind, AwardRule, LetterText
from pairs.calendar.models import CalendarLink
from pairs.cases.models import Case
from pairs.completion.models import FinalEvent
from pairs.events.models import Event, Invitation, Preference
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.library.models import LibraryItem, Reading, Sending
from pairs.meetings.models import Meeting
from pairs.reports.models import CuratorReport, MentorReport, ReportTerm
from pairs.reserve.models import ReserveEntry
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths

__all__ = [
    "AttentionRules",
    "Award",
    "AwardKind",
    "AwardRule",
    "CalendarLink",
    "Case",
    "CuratorReport",
    "Event",
    "FinalEvent",
    "Goal",
    "Invitation",
    "LetterText",
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
    "ReserveEntry",
    "Route",
    "RouteStep",
    "Sending",
    "Strengths",
]
