"""Rows for tests, named as the field speaks. Everything is made through the models' own verbs."""

import datetime
import itertools

from django.core.files.base import ContentFile

from pairs.formation.forming import confirm_pairs, propose
from pairs.models import Pair
from programmes.access import Role
from programmes.applications.models import Purpose as ApplicationPurpose
from programmes.consents.recording import text_in_use
from programmes.consents.wording import Purpose
from programmes.models import (
    Announcement,
    Application,
    ApplicationLink,
    Assessor,
    CatalogueItem,
    Certificate,
    ClassTeacher,
    Consent,
    ConsentScan,
    CouncilMember,
    Course,
    Criterion,
    Curator,
    DaysOff,
    Decision,
    Enrolment,
    GroupMember,
    Head,
    Indicator,
    Material,
    Measure,
    Mentee,
    Mentor,
    MentoringForm,
    NeedCategory,
    Person,
    PlanItem,
    PlannedMeasure,
    Programme,
    Resource,
    RoleGrant,
    School,
    Session,
    User,
    WorkerMentoring,
)
from programmes.people.models import Kind
from programmes.preparation.models import add_item
from programmes.training import certifying, courses

PASSWORD = "Верный пароль 94"
START = datetime.date(2026, 9, 14)
END = datetime.date(2027, 5, 21)
_numbers = itertools.count(1)
_SURNAMES = ("Иванов", "Петров", "Цыдыпов", "Доржиев", "Ким", "Черных", "Ткач", "Заяц")


def make_school(**fields) -> School:
    """A school with the catalogue's forms and one series of orders."""
    school = School.objects.create(
        **{
            "name": "Муниципальное бюджетное общеобразовательное учреждение "
            "«Средняя общеобразовательная школа № 94» г. Читы",
            "short_name": "МБОУ «СОШ № 94» г. Читы",
            "place": "г. Чита",
        }
        | fields
    )
    MentoringForm.create_for(school)
    NeedCategory.create_for(school)
    Measure.create_for(school)
    CatalogueItem.create_for(school)
    DaysOff.create_for(school)
    from documents.models import Series

    Series.objects.create(school=school)
    return school


def person(school: School, name: str = "", has_consents: bool = True, **fields) -> Person:
    """A person by «Фамилия Имя Отчество»; without a name, some pupil's one.

    Consents to processing and to participation are there, unless ``has_consents`` is False.
    """
    number = next(_numbers)
    if not name:
        name = f"{_SURNAMES[number % len(_SURNAMES)]} Пётр Ильич"
    surname, first_name, *rest = name.split(" ", 2)
    defaults = {"gender": "m", "kind": Kind.PUPIL, "grade": 7, "letter": "А"}
    if fields.get("kind", Kind.PUPIL) != Kind.PUPIL:
        defaults |= {"grade": None, "letter": ""}
    if fields.get("kind") == Kind.TEACHER:
        defaults["position"] = "учитель математики"
    somebody = Person.objects.create(
        school=school,
        surname=surname,
        first_name=first_name,
        patronymic=rest[0] if rest else "",
        **(defaults | fields),
    )
    if has_consents:
        consents(somebody)
    return somebody


def consents(
    who: Person, *purposes: str, on: datetime.date = datetime.date(2020, 9, 1)
) -> list[Consent]:
    """Signed consents of a person, by everybody who might have to sign."""
    return Consent.objects.bulk_create(
        Consent(
            person=who,
            purpose=purpose,
            text=text_in_use(who.school, purpose),
            signed_on=on,
            signed_by_person=True,
            guardian_name="Представитель Анна Ивановна",
            guardian_relation="mother",
            guardian_authority="birth",
        )
        for purpose in purposes or (Purpose.PROCESSING, Purpose.PARTICIPATION)
    )


def worker_papers(programme: Programme, who: Person, on=START, **fields) -> WorkerMentoring:
    """Consent with a scan and agreement of a worker who is a mentor of a worker (art. 351.8)."""
    row = WorkerMentoring.objects.create(
        programme=programme,
        person=who,
        **{
            "consent_on": on,
            "agreement_on": on,
            "agreement_number": "1-дс",
            "content": "помощь",
            "form_of_work": "индивидуальная, очная",
            "started_on": on,
            "ended_on": END,
            "payment": "10 процентов оклада",
        }
        | fields,
    )
    scan = ConsentScan(mentoring=row, extension="pdf", sha256="0" * 64)
    scan.file.save("scan", ContentFile(b"%PDF-1.4 %%EOF"), save=True)
    return row


def pupil(school: School, name: str = "", **fields) -> Person:
    return person(school, name, **({"kind": Kind.PUPIL} | fields))


def teacher(school: School, name: str = "", **fields) -> Person:
    return person(school, name, **({"kind": Kind.TEACHER} | fields))


def user(school: School, *roles: Role, person: Person | None = None, **fields) -> User:
    """A user of the school who holds ``roles``; the password is ``PASSWORD``."""
    account = User(
        username=fields.pop("username", f"user{next(_numbers)}"),
        school=school,
        person=person,
        is_superuser=Role.ADMINISTRATOR in roles,
        **fields,
    )
    account.set_password(PASSWORD)
    account.save()
    for role in roles:
        RoleGrant.objects.create(user=account, role=role, started_on=START)
    return account


def make_programme(school: School, **fields) -> Programme:
    """The programme of 2026/27 with the forms «ученик – ученик» and «учитель – учитель»."""
    programme = Programme.objects.create(
        school=school, **({"started_on": START, "ended_on": END} | fields)
    )
    programme.forms.set(school.forms.filter(code__in=["F1", "F2"]))
    return programme


def head_of(school: School, name: str = "Очирова Гэрэл Цыбиковна", **fields) -> Head:
    head = teacher(school, name, gender="f", position="директор")
    return Head.objects.create(
        school=school, person=head, started_on=datetime.date(2020, 9, 1), **fields
    )


def curator_of(programme: Programme, name: str = "Черных Андрей Саввич", **fields) -> Curator:
    who = teacher(programme.school, name, position="заместитель директора по воспитательной работе")
    return Curator.objects.create(
        programme=programme, person=who, **({"started_on": START} | fields)
    )


def council_member(school: School, duty: str = "member", who: Person | None = None, **fields):
    """Somebody in the pedagogical council from the first day of the school year."""
    return CouncilMember.objects.create(
        school=school,
        person=who or teacher(school),
        duty=duty,
        **({"started_on": datetime.date(2026, 9, 1)} | fields),
    )


def group_member(
    programme: Programme, who: Person | None = None, is_leader: bool = False, **fields
) -> GroupMember:
    """Somebody in the project group, after those who are there."""
    started_on = fields.pop("started_on", START)
    return GroupMember.join(
        programme, who or teacher(programme.school), started_on, is_leader=is_leader, **fields
    )


def plan_item(programme: Programme, title: str = "Собрание", **fields) -> PlanItem:
    """The last item of the implementation plan, or of another one."""
    defaults = {"plan": "implementation", "ended_on": datetime.date(2026, 10, 23)}
    if fields.get("plan", "implementation") == "implementation":
        defaults["stage"] = 1
    return add_item(programme, title=title, **(defaults | fields))


def indicator(programme: Programme, title: str = "Посещают кружки", **fields) -> Indicator:
    """An expected result: from 40 to 60 percent by the end of the programme."""
    defaults = {"unit": "%", "baseline": 40, "target": 60, "due_on": programme.ended_on}
    return Indicator.objects.create(programme=programme, title=title, **(defaults | fields))


def material(programme: Programme, title: str = "Целевая модель", **fields) -> Material:
    """Something that the project group studies."""
    return Material.objects.create(programme=programme, title=title, **fields)


def resource(programme: Programme, title: str = "Кабинет 12", **fields) -> Resource:
    """A resource inside the school that is there."""
    defaults = {"kind": Resource.Kind.MATERIAL, "state": Resource.State.THERE}
    return Resource.objects.create(programme=programme, title=title, **(defaults | fields))


def planned_measure(programme: Programme, code: str = "M5", people=(), **fields) -> PlannedMeasure:
    """A measure in the plan of the programme, for all mentors or for ``people``."""
    planned = PlannedMeasure.objects.create(
        programme=programme,
        measure=programme.school.measures.get(code=code),
        **({"what": "значок «Наставник»", "ended_on": datetime.date(2026, 11, 20)} | fields),
    )
    planned.people.set(people)
    return planned


def mentor_in_base(
    programme: Programme, who: Person | None = None, *, is_ready: bool = True, **fields
) -> Mentor:
    """Somebody in the mentor base, selected and trained from the programme's first day (S4.2)."""
    entry = Mentor.objects.create(
        programme=programme,
        person=who or pupil(programme.school, grade=10),
        **({"started_on": START} | fields),
    )
    if is_ready:
        selected(programme, entry.person)
        trained(programme, entry.person)
    return entry


def selected(programme: Programme, who: Person, outcome: str = "selected", **fields) -> Decision:
    return Decision.objects.create(
        programme=programme,
        person=who,
        outcome=outcome,
        **({"reason": "собеседование", "decided_on": programme.started_on} | fields),
    )


def trained(programme: Programme, who: Person) -> Enrolment:
    """Somebody who has passed an outside course on the programme's first day."""
    course, _ = Course.objects.get_or_create(
        programme=programme,
        title="Наставничество в образовательной организации",
        started_on=programme.started_on,
        defaults={
            "is_outside": True,
            "organisation": "ИРО",
            "hours": 16,
            "ended_on": programme.started_on,
        },
    )
    return Enrolment.objects.create(
        course=course, person=who, result="passed", hours=16, result_on=programme.started_on
    )


def own_course(programme: Programme, days=("2026-10-26", "2026-10-28", "2026-10-30")) -> Course:
    """The course «Школа наставника» with a session on each day, nobody enrolled yet."""
    days = [datetime.date.fromisoformat(day) for day in days]
    course = Course.objects.create(
        programme=programme,
        title="Школа наставника",
        hours=12,
        started_on=days[0],
        ended_on=days[-1],
    )
    for number, day in enumerate(days, 1):
        Session.objects.create(
            course=course, held_on=day, starts_at=datetime.time(15), topic=f"Тема {number}"
        )
    return course


def certificate(course: Course, who: Person) -> Certificate:
    """Somebody who was at all sessions of an own course, with the certificate for it."""
    if not course.programme.school.heads.exists():
        head_of(course.programme.school)
    enrolment = Enrolment.objects.create(course=course, person=who)
    enrolment.attended.set(course.sessions.all())
    course.sessions.update(is_marked=True)
    courses.settle(course, course.ended_on)
    return certifying.issue(course, [enrolment], course.ended_on, None).fresh[0]


def criterion(programme: Programme, form: str = "F1", **fields) -> Criterion:
    defaults = {"title": f"Критерий {next(_numbers)}", "weight": 3, "scale": 5}
    form_of_mentoring = programme.forms.get(code=form)
    return Criterion.objects.create(
        programme=programme, form=form_of_mentoring, **(defaults | fields)
    )


def assessor(programme: Programme, who: Person | None = None, **fields) -> Assessor:
    return Assessor.objects.create(
        programme=programme,
        person=who or teacher(programme.school),
        **({"started_on": START} | fields),
    )


def mentee_in_base(programme: Programme, who: Person | None = None, **fields) -> Mentee:
    return Mentee.objects.create(
        programme=programme,
        person=who or pupil(programme.school, grade=5),
        **({"started_on": START} | fields),
    )


def class_teacher(
    school: School, who: Person | None = None, grade: int = 7, letter: str = "Я", **fields
) -> ClassTeacher:
    """The class teacher of a class, from the first day of the school year."""
    return ClassTeacher.objects.create(
        school=school,
        person=who or teacher(school),
        grade=grade,
        letter=letter,
        **({"started_on": datetime.date(2026, 9, 1)} | fields),
    )


def application_link(
    programme: Programme, purpose: str = ApplicationPurpose.MENTEE, **fields
) -> ApplicationLink:
    """The open form of a purpose: it takes applications on whatever day the tests run."""
    return ApplicationLink.objects.create(
        programme=programme,
        purpose=purpose,
        **({"started_on": datetime.date(2020, 1, 1)} | fields),
    )


def application(programme: Programme, name: str = "", **fields) -> Application:
    """A waiting application of a pupil for a mentor."""
    number = next(_numbers)
    surname, first_name, *rest = (name or "Жаргалова Арюна Баировна").split(" ", 2)
    defaults = {"gender": "f", "kind": Kind.PUPIL, "grade": 7, "letter": "А", "need": "математика"}
    if not name:
        born = datetime.date(2013, 1, 1) + datetime.timedelta(days=number % 300)
        defaults["birth_date"] = born
    return Application.objects.create(
        programme=programme,
        surname=surname,
        first_name=first_name,
        patronymic=rest[0] if rest else "",
        **(defaults | {"purpose": ApplicationPurpose.MENTEE} | fields),
    )


def announcement(programme: Programme, **fields) -> Announcement:
    """A draft for everybody at stage 1."""
    return Announcement.objects.create(
        programme=programme,
        **(
            {"stage": 1, "audience": "all", "title": "Наставничество", "text": "Скоро начнём."}
            | {"started_on": START}
            | fields
        ),
    )


def draft_pair(programme: Programme, mentor=None, mentees=None, form: str = "F1", on=None) -> Pair:
    """A drafted pair of people who are put into the bases for it where they are not yet."""
    mentor = mentor or pupil(programme.school, grade=10)
    mentees = mentees or [pupil(programme.school, grade=5)]
    if not programme.mentors.filter(person=mentor).exists():
        mentor_in_base(programme, mentor)
    is_of_workers = mentor.kind == Kind.TEACHER and mentees[0].kind == Kind.TEACHER
    if is_of_workers and not programme.worker_mentorings.filter(person=mentor).exists():
        worker_papers(programme, mentor)
    for mentee in mentees:
        if not programme.mentees.filter(person=mentee).exists():
            mentee_in_base(programme, mentee)
    return propose(
        programme,
        programme.forms.get(code=form),
        mentor,
        mentees,
        on or datetime.date(2026, 11, 9),
    )


def confirmed_pair(programme: Programme, on=None, **fields) -> Pair:
    on = on or datetime.date(2026, 11, 9)
    return confirm_pairs(programme, [draft_pair(programme, on=on, **fields)], on)[0]
