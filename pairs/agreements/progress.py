"""What the agreements tell the board: those that are to be signed and are (S5.1, D10)."""

import datetime

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from pairs.agreements.models import Agreement
from pairs.formation.models import Pair, PairMentee
from programmes.progress import BUSY, DONE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    """Agreements of confirmed pairs now: asked for and signed, by the present mentor."""
    asked = PairMentee.objects.filter(pair__state=Pair.State.CONFIRMED, ended_on__isnull=True)
    own = Agreement.objects.filter(
        pair=OuterRef("pair"),
        mentee=OuterRef("person"),
        mentor=F("pair__mentors__person"),
        pair__mentors__ended_on__isnull=True,
    )
    return {
        "agreements_asked": count_of(asked, "pair__programme"),
        "agreements_signed": count_of(asked.filter(Exists(own)), "pair__programme"),
    }


def steps(programme, counts, day: datetime.date) -> list[Step]:
    """Nothing while there is no confirmed pair; forming them is told by other rooms of the row."""
    asked, signed = counts["agreements_asked"], counts["agreements_signed"]
    if not asked:
        return []
    page = reverse("agreements", args=[programme.pk])
    facts = (f"соглашения подписаны: {signed} из {asked}",)
    if signed >= asked:
        return [Step("S5.1", DONE, page, facts)]
    line = Line(f"Соглашения не подписаны: {asked - signed}", f"{page}?state=unsigned")
    return [Step("S5.1", BUSY, page, facts, (line,))]
