import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

VIEW = """
CREATE VIEW reviews_involvement AS
    SELECT id AS item_id, submitter_id AS user_id, 'writer'::varchar AS level FROM submissions_item
UNION ALL
    SELECT item_id, user_id, 'writer'::varchar FROM submissions_authorship WHERE user_id IS NOT NULL
UNION ALL
    SELECT item_id, user_id, 'writer'::varchar FROM reviews_writer
UNION ALL
    SELECT item_id, by_id, source::varchar FROM reviews_decision AS signed
    WHERE action IN ('pass', 'return', 'issue', 'send_back')
    AND NOT EXISTS (SELECT FROM reviews_decision AS undo WHERE undo.undoes_id = signed.id)
UNION ALL
    SELECT item_id, acting_for_id, source::varchar FROM reviews_decision AS signed
    WHERE action IN ('pass', 'return', 'issue', 'send_back') AND acting_for_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM reviews_decision AS undo WHERE undo.undoes_id = signed.id)
UNION ALL
    SELECT item_id, by_id, 'secrecy'::varchar FROM reviews_secrecyreview
"""


class Migration(migrations.Migration):
    """Who had a part in an item, read from all the places where it is kept."""

    dependencies = [
        ("reviews", "0006_points_are_reasons"),
        ("submissions", "0006_body_as_html"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW reviews_involvement"),
        migrations.CreateModel(
            "Involvement",
            [
                ("pk", models.CompositePrimaryKey("item", "user", "level", blank=True, editable=False)),
                (
                    "item",
                    models.ForeignKey(
                        "submissions.Item",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="involved",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                    ),
                ),
                ("level", models.CharField(max_length=20)),
            ],
            options={"managed": False},
        ),
    ]
