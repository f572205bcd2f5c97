"""What is done with materials: recommended, sent, read, taken back. S6.3."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from pairs.formation.models import Pair
from pairs.library.models import LibraryItem, Reading, Sending
from programmes.models import Mentee, NeedCategory, Person, Programme, School, User
from programmes.refusal import Refusal

# Documents that exist for sure; their addresses are for the school to fill in.
READY = (
    (
        "Методология (целевая модель) наставничества обучающихся",
        "Распоряжение Минпросвещения РФ от 25.12.2019 № Р-145: формы, роли, этапы программы. "
        "Добавьте ссылку или файл, которыми пользуется школа.",
    ),
    (
        "Положение о наставничестве школы",
        "Права и обязанности наставника и наставляемого. Приложите зарегистрированное Положение.",
    ),
)


@transaction.atomic
def take_ready(school: School) -> int:
    """Add the titles everybody needs; how many are new. A second click adds none."""
    School.objects.select_for_update().get(pk=school.pk)
    there = set(school.library.values_list("title", flat=True))
    fresh = [(title, about) for title, about in READY if title not in there]
    for title, about in fresh:
        LibraryItem.objects.create(school=school, title=title, about=about)
    return len(fresh)


def recommended(pair: Pair) -> list[LibraryItem]:
    """Materials in use that fit the pair's form and the needs of its mentees and were not sent.

    What fits by form or need comes before what is for everybody. Two queries.
    """
    entries = Mentee.objects.filter(
        programme=pair.programme_id, person__in=[p.pk for p in pair.current_mentees]
    )
    needs = list(
        NeedCategory.objects.filter(pk__in=entries.values("categories")).values_list(
            "pk", flat=True
        )
    )
    item = OuterRef("pk")
    of_form = LibraryItem.forms.through.objects.filter(libraryitem=item)
    of_need = LibraryItem.categories.through.objects.filter(libraryitem=item)
    items = (
        LibraryItem.objects.filter(school=pair.programme.school_id, is_used=True)
        .exclude(sendings__pair=pair)
        .annotate(
            for_form=Exists(of_form),
            fits_form=Exists(of_form.filter(mentoringform=pair.form_id)),
            for_need=Exists(of_need),
            fits_need=Exists(of_need.filter(needcategory__in=needs)),
        )
        .filter(Q(for_form=False) | Q(fits_form=True), Q(for_need=False) | Q(fits_need=True))
    )
    return list(items.order_by("-fits_need", "-fits_form", "title", "pk"))


@transaction.atomic
def send(item: LibraryItem, pairs: Iterable[Pair], note: str, by: User | None) -> int:
    """Give a material to confirmed pairs, to none twice; how many got it now."""
    pairs = list(pairs)
    if not pairs:
        raise Refusal("Отметьте хотя бы одну пару.")
    if not item.is_used:
        raise Refusal(f"Материал {item} больше не используется: сначала верните его.")
    for pk in sorted({pair.programme_id for pair in pairs}):
        Programme.objects.select_for_update().get(pk=pk)
    if any(not pair.is_confirmed for pair in pairs):
        raise Refusal("Материалы отправляют подтверждённым парам.")
    there = set(item.sendings.values_list("pair_id", flat=True))
    today = timezone.localdate()
    fresh = [
        Sending(item=item, pair=pair, sent_on=today, note=note, sent_by=by)
        for pair in pairs
        if pair.pk not in there
    ]
    bulk_create_with_history(fresh, Sending, default_user=by)
    return len(fresh)


@transaction.atomic
def read(sending: Sending, person: Person) -> bool:
    """The person has read it; whether that is news."""
    Programme.objects.select_for_update().get(pk=sending.pair.programme_id)
    _, is_new = Reading.objects.get_or_create(
        sending=sending, person=person, defaults={"read_on": timezone.localdate()}
    )
    return is_new


@transaction.atomic
def take_back(sending: Sending) -> None:
    """A material sent by mistake; what somebody has read stays."""
    Programme.objects.select_for_update().get(pk=sending.pair.programme_id)
    if sending.readings.exists():
        raise Refusal(f"Материал {sending.item} уже прочитан: он остаётся у пары.")
    sending.delete()


def with_numbers(items):
    """Materials with how many pairs got them and how many people have read them."""
    return items.annotate(
        sent=Count("sendings", distinct=True), read=Count("sendings__readings", distinct=True)
    )
