from itertools import batched

from django.db import migrations

from submissions.markup import from_words


def mark_up_bodies(apps, schema_editor):
    """Give the items written as plain text their HTML; filed versions stay as they were signed."""
    items = apps.get_model("submissions", "Item").objects
    plain = items.filter(html="").exclude(body="").only("body", "html").order_by("pk")
    for batch in batched(plain.iterator(chunk_size=500), 500):
        for item in batch:
            item.html = from_words(item.body)
        items.bulk_update(batch, ["html"])


class Migration(migrations.Migration):
    """Going back leaves the HTML, unread."""

    dependencies = [("submissions", "0005_html_and_chain")]

    operations = [migrations.RunPython(mark_up_bodies, migrations.RunPython.noop)]
