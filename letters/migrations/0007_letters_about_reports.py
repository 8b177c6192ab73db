import django.db.models.deletion
from django.db import migrations, models

from timeline.isolation import same_landlord


class Migration(migrations.Migration):
    """A letter answers a report for which no case was opened, behind the same fences."""

    dependencies = [("cases", "0015_figures_read_from_indexes"), ("letters", "0006_letter_writers")]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="report",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="cases.report",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("report__isnull", False)),
                fields=["landlord", "report"],
                name="letter_of_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("report__isnull", True)),
                    models.Q(("case__isnull", True), ("report__isnull", False)),
                    _connector="OR",
                ),
                name="letter_of_a_case_or_a_report",
            ),
        ),
        same_landlord("letters_letter", "report_id", "cases_report"),
    ]
