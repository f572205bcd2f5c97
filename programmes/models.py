"""Gathers the models of this app's rooms."""

from programmes.council.models import CouncilMember
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.people.models import PeopleImport, Person
from programmes.preparation.models import GroupMember, PlanItem
from programmes.programme.models import Curator, MentoringForm, Programme, Variant
from programmes.school.models import AccessLink, FailedLink, Head, RoleGrant, School, User

__all__ = [
    "AccessLink",
    "CouncilMember",
    "Curator",
    "FailedLink",
    "GroupMember",
    "Head",
    "Mentee",
    "Mentor",
    "MentoringForm",
    "PeopleImport",
    "Person",
    "PlanItem",
    "Programme",
    "RoleGrant",
    "School",
    "User",
    "Variant",
]
