"""Gathers the models of this app's rooms."""

from pairs.agreements.models import Agreement
from pairs.attention.models import AttentionRules, Postponed
from pairs.awards.models import Award, AwardKind, AwardRule, LetterText
from pairs.calendar.models import CalendarLink
from pairs.cases.models import Case
from pairs.completion.models import FinalEvent
from pairs.events.models import Event, Invitation, Preference
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.library.models import LibraryItem, Reading, Sending
from pairs.meetings.models import Meeting
from pairs.petitions.models import Petition
from pairs.reports.models import CuratorReport, MentorReport, ReportTerm
from pairs.reserve.models import ReserveEntry
from pairs.routes.models import Goal, ReadyRoute, ReadyStep, Route, RouteStep, Strengths
from pairs.suggestions.models import DeclinedSuggestion, MatchWeights
from pairs.support.models import SupportCase, SupportContact

__all__ = [
    "Agreement",
    "AttentionRules",
    "Award",
    "AwardKind",
    "AwardRule",
    "CalendarLink",
    "Case",
    "CuratorReport",
    "DeclinedSuggestion",
    "Event",
    "FinalEvent",
    "Goal",
    "Invitation",
    "LetterText",
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
    "ReserveEntry",
    "Route",
    "RouteStep",
    "Sending",
    "Strengths",
    "SupportCase",
    "SupportContact",
]
