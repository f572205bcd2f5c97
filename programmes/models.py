"""Gathers the models of this app's rooms."""

from programmes.applications.models import Application, ApplicationLink, ApplicationTry
from programmes.classes.models import ClassTeacher
from programmes.council.models import CouncilMember
from programmes.informing.models import Announcement, ParentLetter
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.needs.models import NeedCategory
from programmes.people.models import PeopleImport, Person
from programmes.preparation.models import GroupMember, PlanItem
from programmes.programme.models import Curator, MentoringForm, Programme, Variant
from programmes.school.models import AccessLink, FailedLink, Head, RoleGrant, School, User
from programmes.school.rules import Rules

__all__ = [
    "AccessLink",
    "Announcement",
    "Application",
    "ApplicationLink",
    "ApplicationTry",
    "ClassTeacher",
    "CouncilMember",
    "Curator",
    "FailedLink",
    "GroupMember",
    "Head",
    "Mentee",
    "Mentor",
    "MentoringForm",
    "NeedCategory",
    "ParentLetter",
    "PeopleImport",
    "Person",
    "PlanItem",
    "Programme",
    "RoleGrant",
    "Rules",
    "School",
    "User",
    "Variant",
]
