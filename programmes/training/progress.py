"""What the training tells the board: courses, sessions, who is trained (S4.2)."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from programmes.models import Certificate, Course, Decision, Enrolment, Mentor, Session, Waiver
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    passed = Enrolment.objects.filter(
        course__programme=OuterRef("programme"),
        person=OuterRef("person"),
        result="passed",
        result_on__lte=day,
    )
    here = {"programme": OuterRef("programme"), "person": OuterRef("person")}
    base = Mentor.objects.ongoing_on(day)
    ready = base.annotate(
        is_selected=Exists(
            Decision.objects.filter(**here, outcome="selected", decided_on__lte=day).exclude(
                Exists(
                    Decision.objects.filter(
                        Q(decided_on__gt=OuterRef("decided_on"))
                        | Q(decided_on=OuterRef("decided_on"), pk__gt=OuterRef("pk")),
                        programme=OuterRef("programme"),
                        person=OuterRef("person"),
                        decided_on__lte=day,
                    )
                )
            )
        ),
        is_trained=Exists(passed),
        is_let_in=Exists(Waiver.objects.filter(**here, given_on__lte=day)),
    ).filter(Q(is_let_in=True) | Q(is_selected=True, is_trained=True))
    return {
        "courses_there": count_of(Course),
        "mentors_in_base": count_of(base, distinct="person"),
        "mentors_ready": count_of(ready, distinct="person"),
        "sessions_unmarked": count_of(
            Session.objects.filter(held_on__lt=day, is_marked=False), "course__programme"
        ),
        "certificates_valid": count_of(
            Certificate.objects.filter(revoked_on__isnull=True), "enrolment__course__programme"
        ),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    page = reverse("training", args=[programme.pk])
    selection = reverse("selection", args=[programme.pk])
    missing, late = [], []
    if not counts["courses_there"]:
        missing.append(Line("Курса для наставников ещё нет", page))
    if waiting := counts["mentors_in_base"] - counts["mentors_ready"]:
        missing.append(Line(f"Не отобраны или не обучены: {waiting}", f"{selection}?state=lacking"))
    if unmarked := counts["sessions_unmarked"]:
        late.append(Line(f"Посещаемость прошедших занятий не отмечена: {unmarked}", page))
    facts = (
        f"готовы быть наставниками: {counts['mentors_ready']} из {counts['mentors_in_base']}",
        f"сертификатов: {counts['certificates_valid']}",
    )
    if late:
        state = LATE
    elif not counts["courses_there"] and not counts["mentors_ready"]:
        state = IDLE
    else:
        state = BUSY if missing or not counts["mentors_in_base"] else DONE
    return [Step("S4.2", state, page, facts, tuple(missing), tuple(late))]
