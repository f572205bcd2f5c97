"""Gathers the models of this app's rooms."""

from programmes.base_import.models import BaseImport
from programmes.council.models import CouncilMember
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.motivation.models import GivenMeasure, Measure, PlannedMeasure
from programmes.needs.models import NeedCategory
from programmes.people.models import PeopleImport, Person
from programmes.preparation.models import GroupMember, PlanItem
from programmes.programme.models import Curator, MentoringForm, Programme, Variant
from programmes.school.models import AccessLink, FailedLink, Head, RoleGrant, School, User
from programmes.school.rules import Rules

__all__ = [
    "AccessLink",
    "BaseImport",
    "CouncilMember",
    "Curator",
    "FailedLink",
    "GivenMeasure",
    "GroupMember",
    "Head",
    "Measure",
    "Mentee",
    "Mentor",
    "MentoringForm",
    "NeedCategory",
    "PeopleImport",
    "Person",
    "PlanItem",
    "PlannedMeasure",
    "Programme",
    "RoleGrant",
    "Rules",
    "School",
    "User",
    "Variant",
]
