"""Which fields of each row a school's file carries."""

FORMAT = 1
PERIOD = ("started_on", "ended_on", "end_reason")
SCHOOL = ("name", "short_name", "founder", "place", "address", "site")
FORM = ("code", "title", "mentor_kinds", "mentee_kinds", "capacity")
PERSON = (
    *("surname", "first_name", "patronymic", "gender", "birth_date", "kind", "position", "grade"),
    *("letter", "started_work_on", "phone", "email", "guardian_contact", "left_on"),
)
SERIES = ("title", "purpose", "is_school_year", "suffix", "number_format", "first_number")
SETTINGS = (
    *("control", "has_regulation_term", "is_minutes_title_split", "heard_case"),
    *("quorum_percent", "list_above", "emblem"),
)
REFERENCE = ("code", "nominative", "instrumental", "valid_from")
VERSION = ("number", "note", "content", "created_at")
LETTERHEAD = ("name", "lines", "emblem", "accepted_at", "retired_at")
PLAN_ITEM = (
    *("plan", "stage", "title", "started_on", "ended_on", "result"),
    *("state", "done_on", "outcome"),
)
MENTOR = (
    *("capacity", "competences", "achievements", "interests", "motivation", "days", "times"),
    *("age_from", "age_to"),
)
MENTEE = ("need", "channel", "interests", "days", "times", "is_new_here")
PAIR = ("is_group", "state", "started_on", "ended_on", "end_reason", "is_locked", "why")
DOCUMENT = (
    *("kind", "title", "state", "date", "number", "year", "sequence", "is_by_hand", "facts"),
    *("edits", "change", "remark", "cancel_reason", "registered_at"),
)


class Damaged(Exception):
    """The file cannot be loaded; the message names the place in it, in Russian."""
