"""Gathers the models of this app's rooms."""

from programmes.catalogue.models import CatalogueItem
from programmes.council.models import CouncilMember
from programmes.goals.models import Aim, Indicator
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.needs.models import NeedCategory
from programmes.people.models import PeopleImport, Person
from programmes.preparation.models import GroupMember, PlanItem, PlanShift
from programmes.programme.models import Curator, MentoringForm, Programme, Variant
from programmes.resources.models import Resource
from programmes.school.models import AccessLink, FailedLink, Head, RoleGrant, School, User
from programmes.school.rules import Rules
from programmes.school_calendar.models import DaysOff
from programmes.study.models import Material, StudyRecord

__all__ = [
    "AccessLink",
    "Aim",
    "CatalogueItem",
    "CouncilMember",
    "Curator",
    "DaysOff",
    "FailedLink",
    "GroupMember",
    "Head",
    "Indicator",
    "Material",
    "Mentee",
    "Mentor",
    "MentoringForm",
    "NeedCategory",
    "PeopleImport",
    "Person",
    "PlanItem",
    "PlanShift",
    "Programme",
    "Resource",
    "RoleGrant",
    "Rules",
    "School",
    "StudyRecord",
    "User",
    "Variant",
]
