"""Rows for tests, named as the field speaks. Everything is made through the models' own verbs."""

import datetime
import itertools

from pairs.formation.forming import confirm_pairs, propose
from pairs.models import Pair
from programmes.access import Role
from programmes.models import (
    CatalogueItem,
    CouncilMember,
    Curator,
    DaysOff,
    GroupMember,
    Head,
    Indicator,
    Material,
    Mentee,
    Mentor,
    MentoringForm,
    NeedCategory,
    Person,
    PlanItem,
    Programme,
    Resource,
    RoleGrant,
    School,
    User,
)
from programmes.people.models import Kind
from programmes.preparation.models import add_item

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
    CatalogueItem.create_for(school)
    DaysOff.create_for(school)
    from documents.models import Series

    Series.objects.create(school=school)
    return school


def person(school: School, name: str = "", **fields) -> Person:
    """A person by «Фамилия Имя Отчество»; without a name, some pupil's one."""
    number = next(_numbers)
    if not name:
        name = f"{_SURNAMES[number % len(_SURNAMES)]} Пётр Ильич"
    surname, first_name, *rest = name.split(" ", 2)
    defaults = {"gender": "m", "kind": Kind.PUPIL, "grade": 7, "letter": "А"}
    if fields.get("kind", Kind.PUPIL) != Kind.PUPIL:
        defaults |= {"grade": None, "letter": ""}
    if fields.get("kind") == Kind.TEACHER:
        defaults["position"] = "учитель математики"
    return Person.objects.create(
        school=school,
        surname=surname,
        first_name=first_name,
        patronymic=rest[0] if rest else "",
        **(defaults | fields),
    )


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


def mentor_in_base(programme: Programme, who: Person | None = None, **fields) -> Mentor:
    return Mentor.objects.create(
        programme=programme,
        person=who or pupil(programme.school, grade=10),
        **({"started_on": START} | fields),
    )


def mentee_in_base(programme: Programme, who: Person | None = None, **fields) -> Mentee:
    return Mentee.objects.create(
        programme=programme,
        person=who or pupil(programme.school, grade=5),
        **({"started_on": START} | fields),
    )


def draft_pair(programme: Programme, mentor=None, mentees=None, form: str = "F1", on=None) -> Pair:
    """A drafted pair of people who are put into the bases for it where they are not yet."""
    mentor = mentor or pupil(programme.school, grade=10)
    mentees = mentees or [pupil(programme.school, grade=5)]
    if not programme.mentors.filter(person=mentor).exists():
        mentor_in_base(programme, mentor)
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
