from django.db import migrations, models


class Migration(migrations.Migration):
    """Who took the file of a batch away to print it, and when."""

    dependencies = [("letters", "0007_letters_about_reports")]

    operations = [
        migrations.AddField(
            model_name="printbatch",
            name="downloaded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="printbatch",
            name="downloaded_by",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
