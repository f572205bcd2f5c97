"""How far materials of the library are with the pairs, for the board: S6.3."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from pairs.formation.models import Pair
from pairs.library.models import LibraryItem, Reading, Sending
from programmes.progress import BUSY, DONE, IDLE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    got = Sending.objects.filter(pair=OuterRef("pk"))
    return {
        "library_items": count_of(LibraryItem.objects.filter(is_used=True), "school__programmes"),
        "pairs_with_material": count_of(Pair.objects.confirmed().filter(Exists(got))),
        "material_readings": count_of(Reading, "sending__pair__programme"),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    page = reverse("library")
    pairs, got = counts["confirmed_pairs"], counts["pairs_with_material"]
    missing = []
    if not counts["library_items"]:
        missing.append(Line("В библиотеке пока нет материалов", page))
    elif waiting := pairs - got:
        missing.append(Line(f"Пары без материалов: {waiting}", page))
    state = IDLE if not got else BUSY if missing else DONE
    facts = (
        f"материалов: {counts['library_items']}",
        f"отправлены парам: {got} из {pairs}",
        f"прочтений: {counts['material_readings']}",
    )
    return [Step("S6.3", state, page, facts, tuple(missing))]
