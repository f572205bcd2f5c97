"""Data of earlier papers in the shape of the new ones; apart, since PostgreSQL alters no table whose
rows have just changed."""

from django.db import migrations


def name_pairs_left_out(apps, schema_editor):
    """Pairs left out of an order stand in its facts as {"pair": id}, like people."""
    Document = apps.get_model("documents", "Document")
    for document in Document.objects.filter(facts__has_key="excluded_pairs"):
        left_out = document.facts.pop("excluded_pairs")
        document.facts["pairs"] = [{"pair": pair} for pair in left_out]
        document.save(update_fields=["facts"])


def number_minutes(apps, schema_editor):
    """Minutes entered by hand take their places in a series of their own, by school years."""
    Document = apps.get_model("documents", "Document")
    Series = apps.get_model("documents", "Series")
    SeriesYear = apps.get_model("documents", "SeriesYear")
    OutsideNumbers = apps.get_model("documents", "OutsideNumbers")
    taken = {}
    for document in Document.objects.filter(kind="D2", series=None, date__isnull=False).order_by("pk"):
        series, _ = Series.objects.get_or_create(
            school=document.school,
            purpose="minutes",
            defaults={"title": "Протоколы педагогического совета", "suffix": "", "is_school_year": True},
        )
        year = document.date.year - (document.date.month < 9)
        numbers = taken.setdefault((series.pk, year), set())
        document.series, document.year = series, year
        if document.number.isascii() and document.number.isdecimal() and len(document.number) < 6:
            sequence = int(document.number)
            if sequence and sequence not in numbers:
                document.sequence = sequence
                numbers.add(sequence)
        document.save(update_fields=["series", "year", "sequence"])
    for (series, year), numbers in taken.items():
        last = max(numbers, default=0)
        SeriesYear.objects.create(series_id=series, year=year, last_number=last)
        free = sorted(set(range(1, last + 1)) - numbers)
        for number in free:
            OutsideNumbers.objects.create(
                series_id=series, year=year, first=number, last=number, note="документы вне портала"
            )


class Migration(migrations.Migration):

    dependencies = [('documents', '0003_papers')]

    operations = [
        migrations.RunPython(name_pairs_left_out, migrations.RunPython.noop),
        migrations.RunPython(number_minutes, migrations.RunPython.noop),
    ]
