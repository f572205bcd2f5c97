"""What on the board needs somebody's attention, and the one thing to do next."""

from django.urls import reverse

from documents.registry.models import Kind
from mentorship_portal.board.facts import Facts
from mentorship_portal.board.stages import Row, count
from pairs.attention import reasons
from programmes.progress import Line
from programmes.stages import STAGES


def attention_of(f: Facts, rows: list[Row]) -> list[Line]:
    """Everything that is late or waits for a decision, each with its page."""
    found = []
    if not f.has_curator:
        found.append(Line("Куратор программы не назначен", f.url("programme-edit")))
    found += [line for row in rows for line in row.late]
    if free := f.counts["free_mentees"]:
        words = count(free, "наставляемый", "наставляемых", "наставляемых")
        found.append(Line(f"{words} без пары", f.url("unpaired-list")))
    if f.over_capacity:
        words = count(f.over_capacity, "наставник ведёт", "наставника ведут", "наставников ведут")
        found.append(Line(f"{words} больше наставляемых, чем мест", f.url("mentor-list")))
    if old := f.counts["old_drafts"]:
        words = count(old, "черновик пары ждёт", "черновика пар ждут", "черновиков пар ждут")
        found.append(
            Line(f"{words} подтверждения больше недели", f.url("pair-list") + "?state=draft")
        )
    if loose := f.counts["loose_pairs"]:
        words = count(loose, "подтверждённая пара", "подтверждённые пары", "подтверждённых пар")
        url = f.url("pair-list") + "?state=confirmed"
        found.append(Line(f"{words} без приказа о формировании пар", url))
    found += reasons.lines(f.programme, f.today)
    for document in f.papers:
        if document.is_open and document.remark:
            url = reverse("document-detail", args=[document.pk])
            found.append(Line(f"Директор вернул документ: {document.remark}", url))
    return found


def next_step(f: Facts, rows: list[Row]) -> Line | None:
    """The one thing to do next, in the order of the stages and of the chain of papers."""
    if not f.counts["people"]:
        return Line("загрузить людей школы из таблицы", reverse("person-import"))
    if not f.has_curator:
        return Line("назначить куратора программы", f.url("programme-edit"))
    first, selection, final = STAGES[0], STAGES[3], STAGES[6]
    if step := f.paper_step(first):
        return step
    if not f.counts["mentees_in_base"]:
        return Line("наполнить базу наставляемых", f.url("mentee-list"))
    if not f.mentors:
        return Line("наполнить базу наставников", f.url("mentor-list"))
    if missing := rows[3].missing:
        return missing[0]
    if step := f.paper_step(selection):
        return step
    if drafts := f.counts["draft_pairs"]:
        url = f.url("pair-list") + "?state=draft"
        return Line(f"подтвердить черновики пар ({drafts})", url)
    if f.counts["loose_pairs"] or f.draft_of(Kind.PAIRS):
        return f.paper_to_do(Kind.PAIRS)
    if free := f.counts["free_mentees"]:
        return Line(f"подобрать пару тем, у кого её нет ({free})", f.url("pair-new"))
    if f.is_near_its_end:
        return f.paper_step(final)
    return None
