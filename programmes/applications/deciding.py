"""The curator decides on applications: who it is, into which base, or why not. S2.2, S3.2."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from programmes import bases
from programmes.applications.models import Application, Purpose
from programmes.applications.receiving import same_as
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.people.forms import PersonForm
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.refusal import Refusal
from programmes.school.models import User

State = Application.State


def matches(application: Application) -> list[Person]:
    """People of the school whom the application may mean: the same name, or the same surname with
    the same birth date or class."""
    people = Person.objects.filter(school=application.programme.school_id).present()
    alike = Q(sort_key=application.sort_key)
    surname = Q(surname__iexact=application.surname)
    if application.birth_date:
        alike |= surname & Q(birth_date=application.birth_date)
    if application.grade:
        alike |= surname & Q(grade=application.grade, letter=application.letter)
    return list(people.filter(alike).in_order()[:20])


def certain_match(application: Application) -> Person | None:
    """The one person of the school with just this name and birth date (or class), if there is one.

    A name alone never decides: namesakes are asked about.
    """
    if application.person_id:
        return application.person
    if not (application.birth_date or application.grade):
        return None
    people = Person.objects.filter(
        school=application.programme.school_id, sort_key=application.sort_key
    )
    fitting = [
        person
        for person in people.present()
        if person.kind == application.kind and _is_same(person, application)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_same(person: Person, application: Application) -> bool:
    if person.birth_date and application.birth_date:
        return person.birth_date == application.birth_date
    there = (person.grade, person.letter)
    return bool(application.grade) and there == (application.grade, application.letter)


def locked(application: Application) -> Application:
    """The application as it is now, its programme locked for the transaction."""
    Programme.objects.select_for_update().get(pk=application.programme_id)
    return Application.objects.select_related("programme", "person").get(pk=application.pk)


@transaction.atomic
def name_person(application: Application, person: Person) -> None:
    """Say which person of the school the application speaks of."""
    application = locked(application)
    _must_wait(application)
    if person.school_id != application.programme.school_id:
        raise Refusal("Этого человека нет в школе.")
    if application.person_id != person.pk:
        application.person = person
        application.save()


@transaction.atomic
def make_person(application: Application) -> Person:
    """Store a new person of the school from what the application says.

    Refusal in the words of the form of people when the data fit no person. Somebody already named
    stays: a second click makes nobody twice.
    """
    application = locked(application)
    _must_wait(application)
    if application.person is not None:
        return application.person
    form = PersonForm(
        {
            **{name: getattr(application, name) for name in _OF_PERSON},
            "class_name": f"{application.grade}{application.letter}" if application.grade else "",
            "is_other_person": "on",
        },
        instance=Person(school_id=application.programme.school_id),
    )
    if not form.is_valid():
        raise Refusal(
            *(
                f"{form.fields[name].label if name in form.fields else 'Данные'}: {error}"
                for name, errors in form.errors.items()
                for error in errors
            )
        )
    application.person = form.save()
    application.save()
    return application.person


_OF_PERSON = (
    *("surname", "first_name", "patronymic", "gender", "kind", "position", "birth_date"),
    *("started_work_on", "phone", "email", "guardian_contact"),
)


@transaction.atomic
def accept(application: Application, day: datetime.date, by: User | None) -> str:
    """Put the person into the base the application asks for; returns words on what was done.

    What was said goes into the entry; of somebody who is in the base already only gaps are filled.
    Accepting twice changes nothing. Refusal when it is not waiting, nobody is named, it is still a
    preliminary request, or the base does not take the person; then nothing has changed.
    """
    application = locked(application)
    base = "наставников" if application.purpose == Purpose.MENTOR else "наставляемых"
    if application.state == State.ACCEPTED:
        return f"{application.full_name}: заявка уже принята."
    _must_wait(application)
    if application.purpose == Purpose.PRELIMINARY:
        raise Refusal(
            f"{application.full_name}: это предварительный запрос. Сначала сделайте из него заявку "
            "наставляемого или наставника."
        )
    if application.person is None:
        raise Refusal(f"{application.full_name}: сначала выберите, кто это из людей школы.")
    programme = application.programme
    entries = programme.mentors if application.purpose == Purpose.MENTOR else programme.mentees
    added = bases.add(programme, _maker(application), entries, [application.person], day)
    if added.kept_out:
        raise Refusal(*added.reasons)
    entry = entries.filter(person=application.person).overlapping_with(day, None).last()
    if entry is None:
        raise Refusal(f"{application.full_name}: в базу {base} не удалось внести.")
    _fill(entry, application)
    application.state, application.reason = State.ACCEPTED, ""
    application.decided_on, application.decided_by = timezone.localdate(), by
    application.save()
    if added.fresh:
        return f"{application.full_name}: в базе {base} с {entry.started_on:%d.%m.%Y}."
    return f"{application.full_name} уже в базе {base}: заявка принята, пустые поля дополнены."


def _maker(application: Application):
    said = {name: getattr(application, name) for name in ("interests", "days", "times")}
    if application.purpose == Purpose.MENTOR:
        said |= {"competences": application.need, "motivation": application.motivation}
        return lambda person, day: Mentor(
            programme=application.programme, person=person, started_on=day, **said
        )
    said |= {
        "need": application.need,
        "channel": application.channel,
        "is_new_here": application.is_new_here,
    }
    return lambda person, day: Mentee(
        programme=application.programme, person=person, started_on=day, **said
    )


def _fill(entry: Mentee | Mentor, application: Application) -> None:
    """Give the entry the ticked categories and forms, and words where it has none."""
    entry.categories.add(*application.categories.all())
    entry.forms.add(*application.forms.all())
    words = {"interests": application.interests, "times": application.times}
    if isinstance(entry, Mentor):
        words |= {"competences": application.need, "motivation": application.motivation}
    else:
        words |= {"need": application.need}
    changed = [name for name, text in words.items() if text and not getattr(entry, name)]
    for name in changed:
        setattr(entry, name, words[name])
    if application.days and not entry.days:
        entry.days = application.days
        changed.append("days")
    if changed:
        entry.save()


@transaction.atomic
def decline(application: Application, reason: str, by: User | None) -> None:
    """Decline a waiting application with a reason; the same said twice changes nothing."""
    application = locked(application)
    if application.state == State.DECLINED and application.reason == reason:
        return
    _must_wait(application)
    if not reason:
        raise Refusal("Напишите причину: она остаётся в истории заявки.")
    application.state, application.reason = State.DECLINED, reason
    application.decided_on, application.decided_by = timezone.localdate(), by
    application.save()


@transaction.atomic
def take_back(application: Application) -> None:
    """Let a declined application wait again; twice changes nothing.

    Refusal when the person has sent another one meanwhile, or this one has been accepted.
    """
    application = locked(application)
    if application.state == State.WAITING:
        return
    if application.state == State.ACCEPTED:
        raise Refusal(
            "Заявка принята. Чтобы человек больше не был в базе, откройте его запись в базе."
        )
    _must_be_only(application)
    application.state, application.reason = State.WAITING, ""
    application.decided_on = application.decided_by = None
    application.save()


@transaction.atomic
def turn_into(application: Application, purpose: str) -> None:
    """Make an application of a preliminary request (or change which one it is). S1.2.

    What it came as stays stored. Twice changes nothing.
    """
    application = locked(application)
    if application.purpose == purpose:
        return
    _must_wait(application)
    if purpose not in (Purpose.MENTEE, Purpose.MENTOR):
        raise Refusal("Предварительный запрос становится заявкой наставляемого или наставника.")
    application.purpose = purpose
    _must_be_only(application)
    application.save()


def _must_be_only(application: Application) -> None:
    other = same_as(application)
    if other is not None:
        raise Refusal(
            f"{application.full_name}: уже есть {other.get_purpose_display()} № {other.number}. "
            "Решите по ней, а эту отклоните."
        )


def _must_wait(application: Application) -> None:
    if application.state != State.WAITING:
        words = application.get_state_display()
        raise Refusal(f"{application.full_name}: заявка уже {words}.")


def each(applications, deed) -> tuple[list[str], list[str]]:
    """Do a deed with several applications, each on its own; words on those done and those not.

    ``deed(application)`` returns words or None, and refuses with Refusal.
    """
    done, refused = [], []
    for application in applications:
        try:
            with transaction.atomic():
                done.append(deed(application) or application.full_name)
        except Refusal as refusal:
            refused += refusal.messages
        except IntegrityError:
            refused.append(f"{application.full_name}: данные изменились, откройте заявку.")
    return done, refused


def accept_if_certain(application: Application, day: datetime.date, by: User | None) -> str:
    """Accept an application whose person is named or is certainly one of the school."""
    if application.person_id is None:
        person = certain_match(application)
        if person is None:
            raise Refusal(
                f"{application.full_name}: откройте заявку и выберите, кто это из людей школы."
            )
        name_person(application, person)
    return accept(application, day, by)
