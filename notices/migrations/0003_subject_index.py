from django.db import migrations, models


class Migration(migrations.Migration):
    """What was told of one item is asked for on its pages and by every sweep."""

    dependencies = [("notices", "0002_about")]

    operations = [
        migrations.AddIndex(
            model_name="notice", index=models.Index(fields=["subject"], name="notice_of_subject")
        ),
    ]
