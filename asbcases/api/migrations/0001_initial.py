import django.db.models.deletion
from django.db import migrations, models

from timeline.isolation import landlord_key, row_security, same_landlord


class Migration(migrations.Migration):
    initial = True

    dependencies = [("cases", "0002_fences"), ("landlords", "0002_fences")]

    operations = [
        migrations.CreateModel(
            name="SentReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "report",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="cases.report",
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="landlords.apitoken",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("body_sha256", models.CharField(max_length=64)),
                ("answer", models.TextField(blank=True)),
                ("kept_at", models.DateTimeField()),
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
                    "token",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="landlords.apitoken",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["landlord", "kept_at"], name="answer_oldest")],
                "constraints": [
                    models.UniqueConstraint(fields=("landlord", "token", "key"), name="answer_kept_once")
                ],
            },
        ),
        row_security("api_sentreport"),
        row_security("api_keptanswer"),
        landlord_key("landlords_apitoken"),
        same_landlord("api_sentreport", "token_id", "landlords_apitoken"),
        same_landlord("api_sentreport", "report_id", "cases_report"),
        same_landlord("api_keptanswer", "token_id", "landlords_apitoken"),
    ]
