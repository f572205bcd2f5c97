"""Forms of applications and the applications themselves; who typed them stays behind with users."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import Application, ApplicationLink

LINK = ("purpose", "slug", "started_on", "ended_on", "end_reason", "closed_at")
APPLICATION = (
    *("number", "purpose", "came_as", "channel", "state", "surname", "first_name", "patronymic"),
    *("gender", "kind", "grade", "letter", "position", "birth_date", "started_work_on"),
    *("is_new_here", "phone", "email", "guardian_contact", "need", "interests", "days", "times"),
    *("motivation", "results", "created_at", "repeats", "addition", "decided_on", "reason"),
)


def dump(programme, people) -> dict:
    links = programme.application_links.order_by("pk")
    rows = programme.applications.order_by("pk").prefetch_related("categories", "forms")
    return {
        "application_links": [fields(link, LINK) for link in links],
        "applications": [_written(row, people) for row in rows],
    }


def _written(row: Application, people) -> dict:
    written = fields(row, APPLICATION)
    for flag in ("is_new_here", "repeats"):
        if not written.get(flag):
            written.pop(flag, None)
    if row.person_id:
        written["person"] = people[row.person_id]
    more = {
        "categories": [[one.audience, one.title] for one in row.categories.all()],
        "forms": [form.code for form in row.forms.all()],
    }
    return written | {name: values for name, values in more.items() if values}


def load(programme, entry, people, place) -> None:
    for number, row in enumerate(entry.get("application_links", ()), 1):
        place[2:] = ["application_links", str(number)]
        values = _moments(taken(row, LINK), "closed_at")
        # The school's printed sheets go on working, unless it is loaded beside itself.
        if ApplicationLink.objects.filter(slug=values.get("slug", "")).exists():
            del values["slug"]
        made(ApplicationLink, programme=programme, **values)
    for number, row in enumerate(entry.get("applications", ()), 1):
        place[2:] = ["applications", str(number)]
        values = _moments(taken(row, APPLICATION), "created_at")
        person = people[row["person"]] if "person" in row else None
        application = made(Application, programme=programme, person=person, **values)
        application.categories.set(
            programme.school.need_categories.get(audience=audience, title=title)
            for audience, title in row.get("categories", ())
        )
        codes = row.get("forms", ())
        application.forms.set(programme.school.forms.filter(code__in=codes))


def _moments(values: dict, name: str) -> dict:
    """The values with the named ISO text as a moment; ValidationError when it is none."""
    if name not in values:
        return values
    try:
        moment = datetime.datetime.fromisoformat(values[name])
    except (TypeError, ValueError) as error:
        raise ValidationError(f"{name}: это не дата со временем.") from error
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return values | {name: moment}
