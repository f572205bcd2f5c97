"""Goals, tasks and results of the model and of its forms, in their order."""

from collections import Counter

from mentorship_portal.transfer.rows import fields, made, taken
from programmes.models import CatalogueItem

FIELDS = ("kind", "text", "is_used")


def dump(school, people) -> dict:
    items = CatalogueItem.objects.filter(school=school).select_related("form")
    return {
        "catalogue": [
            fields(item, FIELDS) | ({"form": item.form.code} if item.form else {})
            for item in items.order_by("form__code", "kind", "position", "pk")
        ]
    }


def load(school, data, people, place) -> None:
    if "catalogue" not in data:
        CatalogueItem.create_for(school)
        return
    forms = {form.code: form for form in school.forms.all()}
    places: Counter = Counter()
    for number, entry in enumerate(data["catalogue"], 1):
        place[:] = ["catalogue", str(number)]
        form = forms[entry["form"]] if entry.get("form") else None
        places[form, entry["kind"]] += 1
        made(
            CatalogueItem,
            school=school,
            form=form,
            position=places[form, entry["kind"]],
            **taken(entry, FIELDS),
        )
