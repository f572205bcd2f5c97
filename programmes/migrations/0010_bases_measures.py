"""Give the schools that are there already the ten measures of the instruction."""

from django.db import migrations

from programmes.motivation.catalogue import MEASURES


def give_measures(apps, schema_editor):
    measure = apps.get_model("programmes", "Measure")
    for school in apps.get_model("programmes", "School").objects.all():
        measure.objects.bulk_create(
            measure(
                school=school, code=code, title=title, description=description, position=number
            )
            for number, (code, title, description) in enumerate(MEASURES, 1)
        )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0009_bases")]
    operations = [migrations.RunPython(give_measures, migrations.RunPython.noop)]
