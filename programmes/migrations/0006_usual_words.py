"""Give the schools that are there what a new school begins with: categories, measures, catalogue."""

import datetime

from django.db import migrations

from programmes.catalogue.models import OF_MODEL, read_model, words_of_the_instruction
from programmes.motivation.catalogue import MEASURES
from programmes.needs.models import OF_PUPILS, OF_TEACHERS
from programmes.school_calendar.models import HOLIDAYS

YEARLY = 2024


def give_all(apps, schema_editor):
    for school in apps.get_model("programmes", "School").objects.all():
        give_categories(apps.get_model("programmes", "NeedCategory"), school)
        give_measures(apps.get_model("programmes", "Measure"), school)
        give_catalogue(apps.get_model("programmes", "CatalogueItem"), school)
        give_holidays(apps.get_model("programmes", "DaysOff"), school)
    for form in apps.get_model("programmes", "MentoringForm").objects.all():
        for number, variant in enumerate(form.variants.order_by("pk"), 1):
            variant.position = number
            variant.save()


def give_categories(model, school):
    usual = [*((t, "pupil") for t in OF_PUPILS), *((t, "teacher") for t in OF_TEACHERS)]
    model.objects.bulk_create(
        model(school=school, title=title, audience=audience, position=number)
        for number, (title, audience) in enumerate(usual, 1)
    )


def give_measures(model, school):
    model.objects.bulk_create(
        model(school=school, code=code, title=title, description=description, position=number)
        for number, (code, title, description) in enumerate(MEASURES, 1)
    )


def give_catalogue(model, school):
    said = [(None, str(kind), read_model()[kind]) for kind in OF_MODEL]
    for form in school.forms.all():
        words = words_of_the_instruction(form.code)
        said += [(form, str(kind), texts) for kind, texts in words.items()]
    model.objects.bulk_create(
        model(school=school, form=form, kind=kind, text=text, position=number)
        for form, kind, texts in said
        for number, text in enumerate(texts, 1)
    )


def give_holidays(model, school):
    model.objects.bulk_create(
        model(
            school=school,
            kind="holiday",
            title=title,
            started_on=datetime.date(YEARLY, *first),
            ended_on=datetime.date(YEARLY, *last),
            is_yearly=True,
        )
        for title, first, last in HOLIDAYS
    )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0005_stages_1_to_4")]
    operations = [migrations.RunPython(give_all, migrations.RunPython.noop)]
