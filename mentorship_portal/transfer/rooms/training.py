"""Training of a programme: courses, sessions, attendance, results, certificates."""

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import Certificate, Course, Enrolment, Session

COURSE = (
    *("title", "is_outside", "organisation", "hours", "about", "started_on", "ended_on"),
    "minimum_percent",
)
SESSION = ("held_on", "place", "topic", "is_marked")
ENROLMENT = ("result", "hours", "result_on", "outside_number", "outside_date")
CERTIFICATE = (
    *("year", "sequence", "key", "code", "issued_on", "holder", "holder_dative", "holder_short"),
    *("course_title", "hours", "started_on", "ended_on", "signer", "signer_post"),
    *("revoked_on", "revoke_reason"),
)


def dump(programme, people) -> dict:
    courses = [_course(course, people) for course in programme.courses.order_by("pk")]
    return {"courses": courses} if courses else {}


def _course(course: Course, people) -> dict:
    sessions = list(course.sessions.all())
    places = {session.pk: number for number, session in enumerate(sessions, 1)}
    return {
        **fields(course, COURSE),
        "minimum_percent": course.minimum_percent,
        "sessions": [_session(session, people) for session in sessions],
        "enrolments": [
            {
                "person": people[enrolment.person_id],
                **fields(enrolment, ENROLMENT),
                "attended": sorted(places[session.pk] for session in enrolment.attended.all()),
                "certificates": [
                    fields(certificate, CERTIFICATE)
                    for certificate in enrolment.certificates.order_by("year", "sequence")
                ],
            }
            for enrolment in course.enrolments.order_by("pk").prefetch_related("attended")
        ],
    }


def _session(session: Session, people) -> dict:
    data = fields(session, SESSION) | {"starts_at": f"{session.starts_at:%H:%M}"}
    return data | ({"leader": people[session.leader_id]} if session.leader_id else {})


def load(programme, entry, people, place) -> None:
    for number, row in enumerate(entry.get("courses", ()), 1):
        place[2:] = ["courses", str(number)]
        course = made(Course, programme=programme, **taken(row, COURSE))
        sessions = []
        for meeting in row.get("sessions", ()):
            leader = people[meeting["leader"]] if meeting.get("leader") else None
            named = taken(meeting, (*SESSION, "starts_at"))
            sessions.append(made(Session, course=course, leader=leader, **named))
        for learner in row.get("enrolments", ()):
            place[4:] = ["enrolments", learner["person"]]
            person = people[learner["person"]]
            enrolment = made(Enrolment, course=course, person=person, **taken(learner, ENROLMENT))
            enrolment.attended.set(sessions[n - 1] for n in learner.get("attended", ()))
            for issued in learner.get("certificates", ()):
                values = taken(issued, CERTIFICATE)
                made(Certificate, school=programme.school, enrolment=enrolment, **values)
