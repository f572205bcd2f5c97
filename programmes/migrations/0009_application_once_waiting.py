from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0008_failed_link_of")]
    operations = [
        migrations.RemoveConstraint(model_name="application", name="application_once"),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("programme", "purpose", "identity"),
                name="application_once",
                violation_error_message="Такая заявка этого человека уже есть.",
            ),
        ),
    ]
