"""Bulletins cover days, no longer whole months only."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("stats", "0004_historic_bulletin")]

    operations = [
        migrations.RemoveConstraint("bulletin", "one_bulletin_a_period"),
        migrations.RemoveConstraint("bulletin", "bulletin_months_in_order"),
        migrations.RenameField("bulletin", "first_month", "first_day"),
        migrations.RenameField("bulletin", "last_month", "last_day"),
        migrations.RunSQL(
            "UPDATE stats_bulletin SET last_day = last_day + interval '1 month' - interval '1 day'",
            "UPDATE stats_bulletin SET last_day = date_trunc('month', last_day)",
        ),
        migrations.AlterField("bulletin", "first_day", models.DateField(verbose_name="first day")),
        migrations.AlterField("bulletin", "last_day", models.DateField(verbose_name="last day")),
        migrations.AddConstraint(
            "bulletin",
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="bulletin_days_in_order"),
        ),
    ]
