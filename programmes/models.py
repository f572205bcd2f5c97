"""Gathers the models of this app's rooms."""

from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.people.models import PeopleImport, Person
from programmes.programme.models import Curator, MentoringForm, Programme, Variant
from programmes.school.models import AccessLink, FailedLink, Head, RoleGrant, School, User

__all__ = [
    "AccessLink",
    "Curator",
    "FailedLink",
    "Head",
    "Mentee",
    "Mentor",
    "MentoringForm",
    "PeopleImport",
    "Person",
    "Programme",
    "RoleGrant",
    "School",
    "User",
    "Variant",
]
