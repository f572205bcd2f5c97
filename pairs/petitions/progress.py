"""Petitions that wait for the curator: a late line of the work of pairs (S6.1)."""

import datetime

from django.urls import reverse

from pairs.petitions.models import Petition
from programmes.progress import LATE, Line, Step, count_of


def counts(day: datetime.date) -> dict:
    return {"petitions_new": count_of(Petition.objects.filter(state="new"), "pair__programme")}


def steps(programme, counts, day: datetime.date) -> list[Step]:
    number = counts["petitions_new"]
    if not number:
        return []
    page = reverse("petition-list", args=[programme.pk])
    return [
        Step("S6.1", LATE, page, late=(Line(f"Просьбы о замене ждут решения: {number}", page),))
    ]
