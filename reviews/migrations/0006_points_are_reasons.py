from django.db import migrations


class Migration(migrations.Migration):
    """A return may say what to revise in points instead of a comment."""

    dependencies = [("reviews", "0005_meeting_members")]

    operations = [migrations.RemoveConstraint(model_name="decision", name="return_has_a_reason")]
