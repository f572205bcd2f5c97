"""Give the schools that are there the instruction's catalogue and the holidays of every year."""

import datetime

from django.db import migrations

from programmes.catalogue.models import OF_MODEL, read_model, words_of_the_instruction
from programmes.school_calendar.models import HOLIDAYS

YEARLY = 2024


def give_defaults(apps, schema_editor):
    item = apps.get_model("programmes", "CatalogueItem")
    day = apps.get_model("programmes", "DaysOff")
    for school in apps.get_model("programmes", "School").objects.all():
        said = [(None, str(kind), read_model()[kind]) for kind in OF_MODEL]
        for form in school.forms.all():
            words = words_of_the_instruction(form.code)
            said += [(form, str(kind), texts) for kind, texts in words.items()]
        item.objects.bulk_create(
            item(school=school, form=form, kind=kind, text=text, position=number)
            for form, kind, texts in said
            for number, text in enumerate(texts, 1)
        )
        day.objects.bulk_create(
            day(
                school=school,
                kind="holiday",
                title=title,
                started_on=datetime.date(YEARLY, *first),
                ended_on=datetime.date(YEARLY, *last),
                is_yearly=True,
            )
            for title, first, last in HOLIDAYS
        )
    for form in apps.get_model("programmes", "MentoringForm").objects.all():
        for number, variant in enumerate(form.variants.order_by("pk"), 1):
            variant.position = number
            variant.save()


class Migration(migrations.Migration):
    dependencies = [("programmes", "0012_prep")]
    operations = [migrations.RunPython(give_defaults, migrations.RunPython.noop)]
