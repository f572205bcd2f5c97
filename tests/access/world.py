"""Two schools with one object of every kind, and a user of every role in the first."""

import datetime

from django.urls import URLPattern, URLResolver, get_resolver

from documents.models import Export
from documents.registry import issuing, life
from documents.registry.models import Kind
from programmes.access import Role
from programmes.applications.models import Purpose as ApplicationPurpose
from programmes.consents import recording
from programmes.models import AccessLink
from tests import recipes, recipes_events, recipes_finish, recipes_meetings, recipes_routes

MISSING = 999_999
MISSING_TOKEN = "no-such-token"

# Arguments that name no object of a school.
CONSTANTS = {"extension": "docx", "which": "mentors", "purpose": "processing", "kind": "interim"}

# Which kind of object an address speaks of: by the longest prefix of its name and the argument.
OBJECTS = {
    ("", "programme_id"): "programme",
    ("consent-", "pk"): "consent",
    ("consent-paper", "pk"): "person",
    ("consent-", "scan_id"): "consent_scan",
    ("worker-mentoring", "person_id"): "worker",
    ("worker-mentoring", "scan_id"): "worker_scan",
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
    ("category-", "pk"): "category",
    ("measure-", "pk"): "measure",
    ("planned-measure-", "pk"): "planned_measure",
    ("given-measure-", "pk"): "given_measure",
    ("mentee-import-", "pk"): "mentee_import",
    ("mentor-import-", "pk"): "mentor_import",
    ("announcement-", "pk"): "announcement",
    ("application-", "pk"): "application",
    ("application-link-", "pk"): "application_link",
    ("apply", "slug"): "slug",
    ("class-teacher-", "pk"): "class_teacher",
    ("my-class-", "pk"): "own_pupil",
    ("mentee-", "pk"): "mentee",
    ("mentor-", "pk"): "mentor",
    ("pair-", "pk"): "pair",
    ("pair-strengths", "person_id"): "pair_mentor",
    ("curator-report", "pk"): "curator_report",
    ("report-", "pk"): "mentor_report",
    ("report-edit", "pk"): "pair",
    ("report-paper", "pk"): "pair",
    ("report-", "person_id"): "pair_mentor",
    ("route", "pk"): "route",
    ("step-", "pk"): "route_step",
    ("goal-", "pk"): "route_goal",
    ("ready-route-", "pk"): "ready_route",
    ("pair-meeting-", "pk"): "pair_meeting",
    ("pair-meeting-log", "pk"): "pair",
    ("pair-meeting-plan", "pk"): "pair",
    ("support-open", "person_id"): "pair_mentee",
    ("support-", "pk"): "support_case",
    ("support-contact", "pk"): "support_contact",
    ("support-contact-new", "pk"): "support_case",
    ("petition-", "pk"): "petition",
    ("export-", "pk"): "export",
    ("event", "pk"): "event",
    ("event-guest-", "pk"): "invitation",
    ("calendar-feed", "key"): "calendar_key",
    ("library-", "pk"): "library_item",
    ("postponed-", "pk"): "postponed",
    ("sending-", "pk"): "sending",
    ("pair-decline", "pk"): "draft_pair",
    ("pair-agreement", "mentee_id"): "pair_mentee",
    ("agreement-", "pk"): "agreement",
    ("declined-", "pk"): "declined",
    ("award-", "pk"): "award",
    ("award-rule-", "pk"): "award_rule",
    ("letter-", "pk"): "award",
    ("letter-text", "letter"): "letter_kind",
    ("case", "pk"): "case",
    ("reserve-", "pk"): "in_reserve",
    ("plan-item-", "pk"): "plan_item",
    ("plan-shift-", "pk"): "plan_shift",
    ("person-", "pk"): "person",
    ("person-mentoring-consent", "pk"): "worker",
    ("import-", "pk"): "import",
    ("person-import-", "pk"): "import",
    ("invitation-", "pk"): "link",
    ("user-", "pk"): "user",
    ("assessor-", "pk"): "assessor",
    ("attendance", "pk"): "session",
    ("certificate-", "pk"): "certificate",
    ("certificate-open", "key"): "certificate_key",
    ("certificates-pdf", "pk"): "course",
    ("course", "pk"): "course",
    ("criterion-", "pk"): "criterion",
    ("enrolment-", "pk"): "enrolment",
    ("selection-", "pk"): "candidate",
    ("selection-sheet", "assessor_id"): "assessor",
    ("session-", "pk"): "session",
    ("session-new", "pk"): "course",
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
            Role.TEACHER: self.class_teacher,
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
        self._select_and_train(objects, programme)
        account = recipes.user(school, Role.TEACHER)
        consent = pair.mentor.consents.first()
        consent_scan = recording.attach_scan(consent, b"%PDF-1.4 %%EOF", "pdf", None)
        worker = recipes.teacher(school)
        papers = recipes.worker_papers(programme, worker)
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
            **self._routes(pair),
            **self._meetings(pair),
            **self._events(pair),
            **self._finish(pair),
            "document": document.pk,
            "draft": life.open_draft(programme, Kind.MINUTES, None).pk,
            "scan": scan.pk,
            "person": pair.mentor.pk,
            "consent": consent.pk,
            "consent_scan": consent_scan.pk,
            "worker": worker.pk,
            "worker_scan": papers.scans.get().pk,
            "mentor": programme.mentors.get(person=pair.mentor).pk,
            "mentee": programme.mentees.get(person=pair.current_mentees[0]).pk,
            "user": account.pk,
            "legal_reference": self._legal_reference(school),
            "letterhead": self._letterhead(school),
            "link": link.pk,
            "export": Export.objects.create(
                school=school, user=account, title="Архив", address="/", host="testserver"
            ).pk,
            **self._applications(programme, title),
            "token": token,
            "import": self._import(school, account),
            "category": school.need_categories.first().pk,
            "measure": school.measures.first().pk,
            "planned_measure": recipes.planned_measure(programme).pk,
            "given_measure": self._given_measure(programme),
            **self._base_imports(programme, account),
        }
        objects |= self._match(programme, pair)
        return school

    def _match(self, programme, pair) -> dict[str, object]:
        """A draft of a pair, a signed agreement, a declined suggestion."""
        from pairs.models import DeclinedSuggestion
        from tests.recipes_match import signed

        draft = recipes.draft_pair(programme)
        declined = DeclinedSuggestion.objects.create(
            programme=programme,
            mentor=draft.mentor,
            mentee=pair.current_mentees[0],
            reason="соседи",
            declined_on=datetime.date(2026, 11, 9),
        )
        return {
            "draft_pair": draft.pk,
            "pair_mentee": pair.current_mentees[0].pk,
            "agreement": signed(pair).pk,
            "declined": declined.pk,
        }

    def _select_and_train(self, objects: dict[str, object], programme) -> None:
        """A candidate who is assessed, and a course that the mentor of the pair has passed."""
        mentor = programme.mentors.get()
        other = recipes.mentor_in_base(programme, is_ready=False)
        assessor = recipes.assessor(programme)
        criterion = recipes.criterion(programme)
        course = recipes.own_course(programme)
        certificate = recipes.certificate(course, mentor.person)
        objects |= {
            "candidate": other.pk,
            "assessor": assessor.pk,
            "criterion": criterion.pk,
            "course": course.pk,
            "session": course.sessions.first().pk,
            "enrolment": certificate.enrolment_id,
            "certificate": certificate.pk,
            "certificate_key": certificate.key,
        }
        self.candidate = other

    def _applications(self, programme, title: str) -> dict[str, object]:
        """An application, its form, an announcement, a class teacher with a pupil."""
        teacher = recipes.teacher(programme.school)
        if title == "Первая":
            self.class_teacher = teacher
        link = recipes.application_link(programme)
        recipes.application_link(programme, ApplicationPurpose.PRELIMINARY)
        return {
            "application": recipes.application(programme).pk,
            "application_link": link.pk,
            "slug": link.slug,
            "announcement": recipes.announcement(programme).pk,
            "class_teacher": recipes.class_teacher(programme.school, teacher).pk,
            "own_pupil": recipes.pupil(programme.school, grade=7, letter="Я").pk,
        }

    def _routes(self, pair) -> dict[str, object]:
        """A draft route with a step and a goal, and a ready one."""
        route = recipes_routes.route(pair)
        return {
            "pair_mentor": pair.mentor.pk,
            "route": route.pk,
            "mentor_report": recipes_routes.report(pair).pk,
            "curator_report": recipes_routes.curator_report(pair.programme).pk,
            "route_step": route.steps.first().pk,
            "route_goal": route.goals.get().pk,
            "ready_route": recipes_routes.ready_route(pair.programme.school).pk,
        }

    def _events(self, pair) -> dict[str, object]:
        """An event to which both of the pair were invited."""
        event = recipes_events.event(pair.programme)
        recipes_events.invitation(event, "mentee", pair.current_mentees[0])
        case = recipes_events.support_case(pair.programme)
        return {
            "support_case": case.pk,
            "support_contact": case.contacts.get().pk,
            "petition": recipes_events.petition(pair).pk,
            "event": event.pk,
            "invitation": recipes_events.invitation(event, "mentor", pair.mentor).pk,
        }

    def _meetings(self, pair) -> dict[str, object]:
        """A planned meeting, a secret calendar, a material that the pair got."""
        sending = recipes_meetings.sending(pair)
        return {
            "pair_meeting": recipes_meetings.meeting(pair, "2026-11-16", "planned").pk,
            "calendar_key": recipes_meetings.calendar_token(pair.mentor),
            "library_item": sending.item_id,
            "sending": sending.pk,
            "postponed": recipes_meetings.postponed(pair).pk,
        }

    def _finish(self, pair) -> dict[str, object]:
        """An award, a line of the scheme, a draft of a story, somebody in the reserve."""
        recipes_finish.final_event(pair.programme)
        return {
            "award": recipes_finish.award(pair).pk,
            "award_rule": recipes_finish.rule(pair.programme).pk,
            "letter_kind": "diploma",
            "case": recipes_finish.case(pair).pk,
            "in_reserve": recipes_finish.in_reserve(pair.mentor).pk,
        }

    def _import(self, school, account) -> int:
        from programmes.models import PeopleImport

        return PeopleImport.objects.create(school=school, user=account, rows=[]).pk

    def _given_measure(self, programme) -> int:
        from programmes.models import GivenMeasure

        return GivenMeasure.objects.create(
            programme=programme,
            measure=programme.school.measures.first(),
            given_on=datetime.date(2026, 11, 9),
            what="значок",
        ).pk

    def _base_imports(self, programme, account) -> dict[str, int]:
        from programmes.base_import import importing

        return {
            f"{base[:-1]}_import": importing.begin(
                programme, base, account, programme.started_on, [], []
            ).pk
            for base in ("mentees", "mentors")
        }

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
            return fixed | {
                n: MISSING_TOKEN if n in ("token", "key", "slug") else MISSING for n in names
            }
        return fixed | {n: getattr(self, whose)[kind_of(name, n)] for n in names}
