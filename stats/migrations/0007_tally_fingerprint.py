from django.db import migrations, models


class Migration(migrations.Migration):
    """What a month was counted from, so that a change can be passed on to the months after it."""

    dependencies = [("stats", "0006_bulletin_life")]

    operations = [
        migrations.AddField(
            model_name="tally",
            name="fingerprint",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
