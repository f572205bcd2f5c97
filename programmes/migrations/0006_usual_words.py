"""Give the schools that are there what a new school begins with: categories, measures, catalogue."""

import datetime
import json
from pathlib import Path

from django.db import migrations

# The words as they were: what the portal says later changes no school by this migration.
WORDS = json.loads(Path(__file__).with_name("usual_words.json").read_text("utf-8"))
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
    usual = [(t, audience) for audience, titles in WORDS["categories"].items() for t in titles]
    model.objects.bulk_create(
        model(school=school, title=title, audience=audience, position=number)
        for number, (title, audience) in enumerate(usual, 1)
    )


def give_measures(model, school):
    model.objects.bulk_create(
        model(school=school, code=code, title=title, description=description, position=number)
        for number, (code, title, description) in enumerate(WORDS["measures"], 1)
    )


def give_catalogue(model, school):
    said = [(None, kind, texts) for kind, texts in WORDS["catalogue"]["model"]]
    for form in school.forms.all():
        words = WORDS["catalogue"]["forms"].get(form.code, ())
        said += [(form, kind, texts) for kind, texts in words]
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
        for title, first, last in WORDS["holidays"]
    )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0005_stages_1_to_4")]
    operations = [migrations.RunPython(give_all, migrations.RunPython.noop)]
