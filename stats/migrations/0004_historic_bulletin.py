"""Bulletins from before the system, entered as they were printed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_initial"),
        ("stats", "0003_scheme_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricBulletin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="number as printed")),
                ("period_text", models.CharField(help_text="as stats.periods.Period writes it", max_length=40, verbose_name="period")),
                ("start", models.DateField(verbose_name="first day")),
                ("end", models.DateField(help_text="the first day after the period")),
                ("table", models.JSONField()),
                ("notes", models.TextField(blank=True, max_length=2000, verbose_name="notes")),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("name", models.CharField(max_length=150, verbose_name="file name")),
                ("sha256", models.CharField(max_length=64)),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("entered_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="historic_bulletins", to="accounts.unit")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="historic_bulletin_days_in_order"),
                    models.UniqueConstraint(models.F("office"), models.F("title"), models.F("period_text"), condition=models.Q(("confirmed_at__isnull", False)), name="historic_bulletin_once"),
                ],
            },
        ),
    ]
