from django.db import migrations, models


class Migration(migrations.Migration):
    """What was shared says what for, where the policy prints the purposes."""

    dependencies = [("cases", "0012_rearranging")]

    operations = [
        migrations.AddField(
            "sharing",
            "purpose",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
