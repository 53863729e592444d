import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SchemeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('name', models.CharField(max_length=80, verbose_name='scheme')),
                ('effective_from', models.DateField(verbose_name='in force from')),
                ('rules', models.JSONField()),
                ('meant', models.JSONField(default=dict)),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('created_at', models.DateTimeField(verbose_name='added at')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='SchemeDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='scheme')),
                ('rules', models.JSONField()),
                ('meant', models.JSONField(default=dict)),
                ('basis', models.CharField(blank=True, help_text='shipped scheme or file it began with', max_length=120)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('effective_from', models.DateField(null=True, verbose_name='in force from')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('proposed_at', models.DateTimeField(null=True, verbose_name='proposed at')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scheme_drafts', to='accounts.unit')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('based_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.schemeversion')),
            ],
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.UniqueConstraint(models.F('office'), models.F('version'), name='scheme_version_once'),
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.UniqueConstraint(models.F('office'), models.F('effective_from'), name='one_scheme_begins_a_day'),
        ),
        migrations.AddConstraint(
            model_name='schemedraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('effective_from__isnull', True), ('proposed_at__isnull', True), ('proposed_by__isnull', True)), models.Q(('effective_from__isnull', False), ('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='scheme_draft_proposed_whole'),
        ),
    ]
