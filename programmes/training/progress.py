"""What the training tells the board: courses, sessions, who is trained (S4.2)."""

import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from programmes.models import Certificate, Course, Decision, Enrolment, Mentor, Session, Waiver
from programmes.progress import BUSY, DONE, IDLE, LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    here = {"programme": OuterRef("programme"), "person": OuterRef("person")}
    passed = Enrolment.objects.filter(
        course__programme=OuterRef("programme"),
        person=OuterRef("person"),
        result="passed",
        result_on__lte=day,
    )
    decided = Decision.objects.filter(**here, decided_on__lte=day).order_by("-decided_on", "-pk")
    let_in = Waiver.objects.filter(**here, given_on__lte=day)
    base = Mentor.objects.ongoing_on(day)
    # As ``readiness.ready_to_lead`` judges: a later decision against somebody ends the leave, and
    # a school may do without all of it.
    ready = base.alias(
        outcome=Subquery(decided.values("outcome")[:1]),
        decided_on=Subquery(decided.values("decided_on")[:1]),
    ).filter(
        Q(programme__school__stored_rules__asks_training=False)
        | Q(Exists(let_in), outcome__isnull=True)
        | Q(Exists(let_in), outcome="selected")
        | Q(Exists(let_in.filter(given_on__gte=OuterRef("decided_on"))))
        | Q(Exists(passed), outcome="selected")
    )
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
