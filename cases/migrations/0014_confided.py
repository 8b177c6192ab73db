import django.db.models.deletion
from django.db import migrations, models

from timeline.isolation import row_security, same_landlord


class Migration(migrations.Migration):
    """What a restricted case knows otherwise of a person: row-level security and composite keys from the start."""

    dependencies = [
        ("cases", "0013_sharing_purpose"),
        ("landlords", "0002_fences"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confided",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("known", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confided",
                        to="cases.case",
                    ),
                ),
                (
                    "landlord",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="landlords.landlord",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("landlord", "case", "person"), name="confided_once")
                ],
            },
        ),
        row_security("cases_confided"),
        same_landlord("cases_confided", "case_id", "cases_case"),
        same_landlord("cases_confided", "person_id", "cases_person"),
    ]
