import django.db.models.deletion
from django.db import migrations, models

from timeline.isolation import same_landlord


class Migration(migrations.Migration):
    """A decision that the policy asks of each person who is kept confidential names whom it is about."""

    dependencies = [
        ("cases", "0018_report_vulnerability"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.person",
            ),
        ),
        same_landlord("cases_decision", "person_id", "cases_person"),
    ]
