"""Give the schools that are there already the usual categories of needs."""

from django.db import migrations

from programmes.needs.models import OF_PUPILS, OF_TEACHERS


def give_categories(apps, schema_editor):
    category = apps.get_model("programmes", "NeedCategory")
    usual = [*((t, "pupil") for t in OF_PUPILS), *((t, "teacher") for t in OF_TEACHERS)]
    for school in apps.get_model("programmes", "School").objects.all():
        category.objects.bulk_create(
            category(school=school, title=title, audience=audience, position=number)
            for number, (title, audience) in enumerate(usual, 1)
        )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0005_bases_rules_needs")]
    operations = [migrations.RunPython(give_categories, migrations.RunPython.noop)]
