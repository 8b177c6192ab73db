from django.db import migrations

from timeline.isolation import definer_function


class Migration(migrations.Migration):
    """Which landlords have letters to send, or that a dead process left behind."""

    dependencies = [("letters", "0001_letters")]

    operations = [
        definer_function(
            "landlords_with_letters_to_send(at timestamptz)",
            "TABLE (landlord_id bigint)",
            "SELECT DISTINCT s.landlord_id FROM letters_sending s WHERE s.next_try_at <= at",
        ),
    ]
