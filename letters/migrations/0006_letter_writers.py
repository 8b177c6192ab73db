import django.contrib.postgres.fields
from django.db import migrations, models

FILL = "UPDATE letters_letter SET writers = ARRAY[begun_by_user_id] WHERE status <> 'sealed'"


class Migration(migrations.Migration):
    """Who had a hand in the words of a letter, none of whom can let it go."""

    dependencies = [("letters", "0005_logo")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="sending",
            name="asked_knowing",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
