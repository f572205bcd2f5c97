"""An application comes in: not too many at once, and each person's once."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from programmes.applications.models import Application, ApplicationLink, ApplicationTry, Purpose
from programmes.programme.models import Programme

WINDOW = datetime.timedelta(minutes=10)


@transaction.atomic
def is_flood(link: ApplicationLink, address: str) -> bool:
    """Count one more form sent by ``address``; True when it or the link has had too many.

    The limits let a whole class behind one address of the school apply at once: settings
    ``APPLICATIONS_PER_ADDRESS`` and ``APPLICATIONS_PER_LINK`` in ten minutes.
    """
    ApplicationLink.objects.select_for_update().get(pk=link.pk)
    now = timezone.now()
    ApplicationTry.objects.filter(at__lt=now - ApplicationTry.KEPT).delete()
    lately = ApplicationTry.objects.filter(at__gt=now - WINDOW)
    if (
        lately.filter(address=address or None).count() >= settings.APPLICATIONS_PER_ADDRESS
        or lately.filter(link=link).count() >= settings.APPLICATIONS_PER_LINK
    ):
        return True
    ApplicationTry.objects.create(link=link, address=address or None)
    return False


@transaction.atomic
def receive(application: Application, categories, forms) -> tuple[Application, bool]:
    """Store an application; returns the stored one and whether it is new.

    One that the person has already sent for this purpose is not doubled: words that are new are
    added to it for the curator, and nothing else of it changes. S2.2.
    """
    programme = Programme.objects.select_for_update().get(pk=application.programme_id)
    application.came_as = application.came_as or application.purpose
    there = same_as(application)
    if there is not None:
        _add_words(there, application)
        return there, False
    while Application.objects.filter(programme=programme, number=application.number).exists():
        application.number = Application._meta.get_field("number").get_default()
    application.save()
    application.categories.set(categories)
    application.forms.set(forms)
    return application, True


def same_as(application: Application) -> Application | None:
    """Another application of the same person for the same purpose that waits, or put the person
    into the base. Whoever has left the base since applies anew, and the curator decides again."""
    probe = Application(**{name: getattr(application, name) for name in _IDENTITY})
    probe.fill_keys()
    others = Application.objects.filter(
        programme=application.programme_id, purpose=application.purpose, identity=probe.identity
    )
    others = others.exclude(state=Application.State.DECLINED).exclude(pk=application.pk)
    return next((one for one in others.order_by("pk") if one.is_waiting or _is_in_base(one)), None)


def _is_in_base(accepted: Application) -> bool:
    programme = accepted.programme
    entries = programme.mentors if accepted.purpose == Purpose.MENTOR else programme.mentees
    there = entries.overlapping_with(timezone.localdate(), None)
    return there.filter(person=accepted.person_id).exists()


_WORDS = ("need", "interests", "motivation", "results", "phone", "email", "guardian_contact")
_IDENTITY = ("surname", "first_name", "patronymic", "birth_date", "grade", "letter", "position")


def _add_words(there: Application, again: Application) -> None:
    known = " ".join([*(getattr(there, name) for name in _WORDS), there.addition])
    fresh = [text for name in _WORDS if (text := getattr(again, name)) and text not in known]
    there.repeats += 1
    there.person = there.person or again.person
    there.addition = "; ".join(filter(None, [there.addition, *fresh]))[:1000]
    there.save()
