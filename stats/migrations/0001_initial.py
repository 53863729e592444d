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
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='first day', verbose_name='month')),
                ('filed', models.PositiveIntegerField(default=0)),
                ('issued', models.PositiveIntegerField(default=0)),
                ('adopted', models.PositiveIntegerField(default=0)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('times', models.PositiveIntegerField(default=0)),
                ('counted_at', models.DateTimeField(verbose_name='counted at')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed at')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='TallyRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filed', models.PositiveIntegerField(default=0)),
                ('issued', models.PositiveIntegerField(default=0)),
                ('central', models.PositiveIntegerField(default=0)),
                ('province', models.PositiveIntegerField(default=0)),
                ('city', models.PositiveIntegerField(default=0)),
                ('county', models.PositiveIntegerField(default=0)),
                ('items_adopted', models.PositiveIntegerField(default=0, help_text='items adopted for the first time')),
                ('points', models.DecimalField(decimal_places=4, default=0, max_digits=14)),
                ('rank', models.PositiveIntegerField(help_text="within the unit's group")),
                ('overlaps', models.JSONField(default=list)),
                ('tally', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='stats.tally')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='counts on')),
                ('points', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='points')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('evidence', models.CharField(max_length=500, verbose_name='basis')),
                ('evidence_file', models.FileField(blank=True, max_length=200, upload_to='', verbose_name='evidence file')),
                ('evidence_name', models.CharField(blank=True, max_length=150)),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('approved', 'Approved'), ('refused', 'Not approved'), ('withdrawn', 'Proposal withdrawn')], default='proposed', max_length=9, verbose_name='status')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                ('remark', models.CharField(blank=True, max_length=200, verbose_name='remark')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='accounts.unit')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='unit')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'date'], name='adjustment_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('points', 0), _negated=True), name='adjustment_changes_something'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status', 'proposed')), models.Q(models.Q(('status', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='adjustment_is_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'approved'), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='adjustment_is_approved_by_another')],
            },
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(models.F('office'), models.F('month'), name='tally_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='tallyrow',
            constraint=models.UniqueConstraint(models.F('tally'), models.F('unit'), name='unit_counted_once_a_month'),
        ),
    ]
