"""Gathers the models of this app's rooms."""

from programmes.applications.models import Application, ApplicationLink, ApplicationTry
from programmes.base_import.models import BaseImport
from programmes.catalogue.models import CatalogueItem
from programmes.classes.models import ClassTeacher
from programmes.consents.models import (
    Consent,
    ConsentScan,
    ConsentText,
    WithdrawalTask,
    WorkerMentoring,
)
from programmes.council.models import CouncilMember
from programmes.goals.models import Aim, Indicator
from programmes.informing.models import Announcement, ParentLetter
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.motivation.models import GivenMeasure, Measure, PlannedMeasure
from programmes.needs.models import NeedCategory
from programmes.people.models import PeopleImport, Person
from programmes.preparation.models import GroupMember, PlanItem, PlanShift
from programmes.programme.models import Curator, MentoringForm, Programme, Variant
from programmes.resources.models import Resource
from programmes.school.models import AccessLink, FailedLink, Head, RoleGrant, School, User
from programmes.school.rules import Rules
from programmes.school_calendar.models import DaysOff
from programmes.selection.models import Assessor, Criterion, Decision, Score, Sheet, Waiver
from programmes.study.models import Material, StudyRecord
from programmes.training.models import (
    Certificate,
    CertificateYear,
    Course,
    Enrolment,
    Session,
)

__all__ = [
    "AccessLink",
    "Aim",
    "Announcement",
    "Application",
    "ApplicationLink",
    "ApplicationTry",
    "Assessor",
    "BaseImport",
    "CatalogueItem",
    "Certificate",
    "CertificateYear",
    "ClassTeacher",
    "Consent",
    "ConsentScan",
    "ConsentText",
    "CouncilMember",
    "Course",
    "Criterion",
    "Curator",
    "DaysOff",
    "Decision",
    "Enrolment",
    "FailedLink",
    "GivenMeasure",
    "GroupMember",
    "Head",
    "Indicator",
    "Material",
    "Measure",
    "Mentee",
    "Mentor",
    "MentoringForm",
    "NeedCategory",
    "ParentLetter",
    "PeopleImport",
    "Person",
    "PlanItem",
    "PlanShift",
    "PlannedMeasure",
    "Programme",
    "Resource",
    "RoleGrant",
    "Rules",
    "School",
    "Score",
    "Session",
    "Sheet",
    "StudyRecord",
    "User",
    "Variant",
    "Waiver",
    "WithdrawalTask",
    "WorkerMentoring",
]
