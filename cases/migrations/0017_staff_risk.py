import uuid

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models

from timeline.isolation import row_security, same_landlord


class Migration(migrations.Migration):
    """Take care with a person: row-level security and composite keys from the start."""

    dependencies = [
        ("cases", "0016_also_called_and_vehicles"),
        ("landlords", "0002_fences"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffRisk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("known", models.CharField(max_length=200)),
                ("everywhere", models.BooleanField(default=True)),
                ("name_key", models.CharField(blank=True, editable=False, max_length=200)),
                ("since", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("review_on", models.DateField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=200)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=["landlord", "person"],
                        name="staff_risk_of_person",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=["landlord", "name_key"],
                        name="staff_risk_of_name",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="staff_risk_withdrawn_why",
                    )
                ],
            },
        ),
        row_security("cases_staffrisk"),
        same_landlord("cases_staffrisk", "case_id", "cases_case"),
        same_landlord("cases_staffrisk", "person_id", "cases_person"),
    ]
