"""How far informing is at stages 1, 2 and 3: S1.2, S2.1, S3.1."""

import datetime

from django.db.models import Q
from django.urls import reverse

from programmes.applications.models import Application, ApplicationLink, Purpose
from programmes.informing.models import Announcement, Audience
from programmes.informing.views import PURPOSE_OF_STAGE
from programmes.progress import BUSY, DONE, IDLE, Line, Step, count_of

ROWS = {1: "S1.2", 2: "S2.1", 3: "S3.1"}
# Whom the instruction tells to inform at each stage: table 2.
ASKED = {
    1: (Audience.PUPILS, Audience.TEACHERS),
    2: (Audience.PARENTS, Audience.TEACHERS, Audience.PUPILS),
    3: (Audience.TEACHERS, Audience.PUPILS, Audience.PARENTS),
}


def counts(day: datetime.date) -> dict:
    """Announcements that have been published, by stage and audience; open forms; requests."""
    told = Announcement.objects.exclude(state=Announcement.State.DRAFT)
    expressions = {}
    for stage, audiences in ASKED.items():
        rows = told.filter(stage=stage)
        expressions[f"told_{stage}"] = count_of(rows)
        for audience in audiences:
            reached = rows.filter(audience__in=(audience, Audience.ALL))
            expressions[f"told_{stage}_{audience}"] = count_of(reached)
        links = ApplicationLink.objects.usable().filter(purpose=PURPOSE_OF_STAGE[stage])
        expressions[f"form_{stage}"] = count_of(links)
    requests = Application.objects.filter(came_as=Purpose.PRELIMINARY)
    expressions["requests"] = count_of(requests)
    expressions["requests_waiting"] = count_of(
        requests.filter(Q(state=Application.State.WAITING), purpose=Purpose.PRELIMINARY)
    )
    return expressions


def steps(programme, counts, day) -> list[Step]:
    """A step for each of the three stages: whom it still has to tell, and what people asked."""
    return [_step(programme, counts, stage) for stage in ROWS]


def _step(programme, counts, stage: int) -> Step:
    page = reverse("announcement-list", args=[programme.pk])
    url = f"{page}?stage={stage}"
    told = counts[f"told_{stage}"]
    silent = [one for one in ASKED[stage] if not counts[f"told_{stage}_{one}"]]
    new = reverse("announcement-new", args=[programme.pk])
    missing = [
        Line(
            f"не опубликовано объявление: {one.label}",
            f"{new}?stage={stage}&audience={one.value}",
        )
        for one in silent
    ]
    facts = [f"объявлений опубликовано: {told}"] if told else []
    if stage == 1:
        inbox = reverse("application-list", args=[programme.pk])
        if counts["requests"]:
            facts.append(f"предварительных запросов: {counts['requests']}")
        elif not counts["form_1"]:
            links = reverse("application-links", args=[programme.pk])
            missing.append(Line("не открыта форма предварительного запроса", links))
        if counts["requests_waiting"]:
            missing.append(
                Line(
                    f"предварительных запросов ждут решения: {counts['requests_waiting']}",
                    f"{inbox}?purpose=preliminary",
                )
            )
    is_done = told and not silent and (stage != 1 or counts["requests"])
    state = DONE if is_done else BUSY if told or (stage == 1 and counts["requests"]) else IDLE
    return Step(ROWS[stage], state, url, tuple(facts), tuple(missing))
