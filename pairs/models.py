"""Gathers the models of this app's rooms."""

from pairs.agreements.models import Agreement
from pairs.attention.models import AttentionRules, Postponed
from pairs.calendar.models import CalendarLink
from pairs.events.models import Event, Invitation, Preference
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.library.models import LibraryItem, Reading, Sending
from pairs.meetings.models import Meeting
from pairs.petitions.models import Petition
from pairs.reports.models import CuratorReport, MentorReport, ReportTerm
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths
from pairs.suggestions.models import DeclinedSuggestion, MatchWeights
from pairs.support.models import SupportCase, SupportContact

__all__ = [
    "Agreement",
    "AttentionRules",
    "CalendarLink",
    "CuratorReport",
    "DeclinedSuggestion",
    "Event",
    "Goal",
    "Invitation",
    "LibraryItem",
    "MatchWeights",
    "Meeting",
    "MentorReport",
    "Pair",
    "PairMentee",
    "PairMentor",
    "Petition",
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
    "SupportCase",
    "SupportContact",
]
