"""Two schools with one object of every kind, and a user of every role in the first."""

import datetime

from django.urls import URLPattern, URLResolver, get_resolver

from documents.registry import issuing, life
from documents.registry.models import Kind
from programmes.access import Role
from programmes.models import AccessLink
from tests import recipes

MISSING = 999_999
MISSING_TOKEN = "no-such-token"

# Arguments that name no object of a school.
CONSTANTS = {"extension": "docx", "which": "mentors"}

# Which kind of object an address speaks of: by the longest prefix of its name and the argument.
OBJECTS = {
    ("", "programme_id"): "programme",
    ("council-", "pk"): "council",
    ("curator-", "curator_id"): "curator",
    ("curator-", "pk"): "curator",
    ("document-", "pk"): "document",
    ("document-text", "pk"): "draft",
    ("document-take-back", "pk"): "draft",
    ("meeting", "pk"): "draft",
    ("document-", "scan_id"): "scan",
    ("evidence", "pk"): "programme",
    ("calendar-", "pk"): "days_off",
    ("catalogue-form", "pk"): "form",
    ("group-", "pk"): "group",
    ("indicator-", "pk"): "indicator",
    ("material-", "pk"): "material",
    ("resource-", "pk"): "resource",
    ("study-record-", "pk"): "study_record",
    ("head-", "pk"): "head",
    ("legal-reference-", "pk"): "legal_reference",
    ("letterhead-", "pk"): "letterhead",
    ("mentee-", "pk"): "mentee",
    ("mentor-", "pk"): "mentor",
    ("pair-", "pk"): "pair",
    ("plan-item-", "pk"): "plan_item",
    ("plan-shift-", "pk"): "plan_shift",
    ("person-", "pk"): "person",
    ("import-", "pk"): "import",
    ("person-import-", "pk"): "import",
    ("invitation-", "pk"): "link",
    ("user-", "pk"): "user",
}


def addresses() -> list[tuple[str, list[str]]]:
    """Every address of the portal as (name, names of its arguments)."""

    def walk(patterns, converters):
        for pattern in patterns:
            own = [*converters, *pattern.pattern.converters]
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, own)
            elif isinstance(pattern, URLPattern):
                yield pattern.name or f"unnamed:{pattern.pattern}", own

    return sorted(walk(get_resolver().url_patterns, []))


def kind_of(name: str, argument: str) -> str:
    """The kind of object that ``argument`` of the address ``name`` stands for."""
    if argument == "token":
        return "token"
    found = [key for key in OBJECTS if key[1] == argument and name.startswith(key[0])]
    if not found:
        raise LookupError(f"{name}: tests/access/world.py knows no object for «{argument}»")
    return OBJECTS[max(found, key=lambda key: len(key[0]))]


class World:
    """The objects: ``own`` and ``foreign`` map a kind to a primary key (or token)."""

    def __init__(self) -> None:
        self.own: dict[str, object] = {}
        self.foreign: dict[str, object] = {}
        school = self._fill(self.own, "Первая")
        self._fill(self.foreign, "Вторая")
        people = {
            Role.CURATOR: recipes.teacher(school),
            Role.DIRECTOR: None,
            Role.MENTOR: self.mentor,
            Role.MENTEE: self.mentee,
            Role.TEACHER: recipes.teacher(school),
            Role.PSYCHOLOGIST: recipes.teacher(school),
        }
        self.users = {role: recipes.user(school, role, person=people.get(role)) for role in Role}

    def _fill(self, objects: dict[str, object], title: str):
        school = recipes.make_school(short_name=title)
        programme = recipes.make_programme(school)
        head = recipes.head_of(school)
        curator = recipes.curator_of(programme)
        pair = recipes.confirmed_pair(programme)
        plan = issuing.register_by_hand(
            school,
            kind=Kind.PLAN,
            title="",
            date=datetime.date(2026, 10, 15),
            number="163-од",
            programme=programme,
        )
        document = life.open_draft(programme, Kind.PAIRS, None)
        document.date = datetime.date(2026, 11, 9)
        document.save()
        document = issuing.register(document, None)
        scan = life.attach_scan(document, b"%PDF-1.4 %%EOF", "pdf", None)
        account = recipes.user(school, Role.TEACHER)
        link, token = AccessLink.issue("invitation", school=school, roles=["teacher"])
        if title == "Первая":
            self.mentor, self.mentee = pair.mentor, pair.current_mentees[0]
            self.plan = plan
        objects |= {
            "school": school.pk,
            "programme": programme.pk,
            "head": head.pk,
            "council": recipes.council_member(school).pk,
            "curator": curator.pk,
            "group": recipes.group_member(programme).pk,
            "plan_item": recipes.plan_item(programme).pk,
            "plan_shift": programme.plan_shifts.create(plan="implementation").pk,
            "form": school.forms.get(code="F1").pk,
            "days_off": school.days_off.first().pk,
            "indicator": recipes.indicator(programme).pk,
            "material": (material := recipes.material(programme)).pk,
            "resource": recipes.resource(programme).pk,
            "study_record": material.records.create(
                person=head.person, studied_on=recipes.START
            ).pk,
            "pair": pair.pk,
            "document": document.pk,
            "draft": life.open_draft(programme, Kind.MINUTES, None).pk,
            "scan": scan.pk,
            "person": pair.mentor.pk,
            "mentor": programme.mentors.get().pk,
            "mentee": programme.mentees.get().pk,
            "user": account.pk,
            "legal_reference": self._legal_reference(school),
            "letterhead": self._letterhead(school),
            "link": link.pk,
            "token": token,
            "import": self._import(school, account),
        }
        return school

    def _import(self, school, account) -> int:
        from programmes.models import PeopleImport

        return PeopleImport.objects.create(school=school, user=account, rows=[]).pk

    def _letterhead(self, school) -> int:
        from documents.letterhead import accepting
        from tests.documents.letterhead import letterheads

        letterhead = accepting.propose(
            school,
            name="бланк.docx",
            content=letterheads.plain(),
            lines=("Шапка",),
            emblem="",
            by=None,
        )
        accepting.accept(letterhead)
        return letterhead.pk

    def _legal_reference(self, school) -> int:
        from documents.models import LegalReference

        return LegalReference.objects.create(
            school=school,
            code="mentoring",
            nominative="статья",
            instrumental="статьей",
            valid_from=datetime.date(2026, 9, 1),
        ).pk

    def arguments(self, name: str, names: list[str], whose: str) -> dict[str, object]:
        """Arguments of the address for one's own object, a foreign or a missing one."""
        fixed = {n: CONSTANTS[n] for n in names if n in CONSTANTS}
        names = [n for n in names if n not in fixed]
        if whose == "missing":
            return fixed | {n: MISSING_TOKEN if n == "token" else MISSING for n in names}
        return fixed | {n: getattr(self, whose)[kind_of(name, n)] for n in names}
