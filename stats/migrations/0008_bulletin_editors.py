"""Everybody who wrote in a bulletin's text, because none of them may check it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stats", "0007_tally_fingerprint"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "bulletin", "editors", models.ManyToManyField(to=settings.AUTH_USER_MODEL, related_name="+")
        ),
    ]
