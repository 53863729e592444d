import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('submissions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date of adoption')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='published title')),
                ('page', models.CharField(blank=True, max_length=40, verbose_name='page')),
                ('position', models.CharField(blank=True, choices=[('front_lead', 'Front page headline'), ('front', 'Front page')], max_length=10, verbose_name='place on the page')),
                ('length', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='length in characters')),
                ('genre', models.CharField(choices=[('news', 'News'), ('information', 'Information brief'), ('experience', 'Experience report'), ('research', 'Research article'), ('analysis', 'Problem analysis'), ('commentary', 'Commentary'), ('feature', 'Feature'), ('picture', 'Picture or video')], editable=False, max_length=12, null=True, verbose_name='genre')),
                ('mode', models.CharField(choices=[('single', 'Single item'), ('merged', 'Merged with others'), ('brief', 'Brief'), ('repost', 'Repost')], default='single', max_length=8, verbose_name='mode')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('proof_file', models.FileField(blank=True, max_length=200, upload_to='', verbose_name='proof')),
                ('proof_name', models.CharField(blank=True, max_length=150)),
                ('ledger_row', models.PositiveIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('registered_at', models.DateTimeField(verbose_name='registered at')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=200, verbose_name='reason for revoking')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='submissions.item')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AdoptionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField()),
                ('reason', models.CharField(max_length=200, verbose_name='reason for the change')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='adoptions.adoption')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('instruction', 'Instruction'), ('commission_filed', 'Commission filed'), ('commission_adopted', 'Commission adopted'), ('forwarded', 'Forwarded up'), ('task', 'Task organised'), ('late', 'Filed late'), ('missing', 'Filings missing'), ('commission_missed', 'Commission missed'), ('untrue', 'Untrue report'), ('negative', 'Negative report')], max_length=18, verbose_name='kind')),
                ('date', models.DateField(verbose_name='date')),
                ('level', models.CharField(blank=True, choices=[('central', 'Central'), ('province', 'Autonomous region or province'), ('city', 'City'), ('county', 'County level')], max_length=10, verbose_name='level')),
                ('count', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='occurrences')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('proof_file', models.FileField(blank=True, max_length=200, upload_to='', verbose_name='proof')),
                ('proof_name', models.CharField(blank=True, max_length=150)),
                ('registered_at', models.DateTimeField(verbose_name='registered at')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=200, verbose_name='reason for revoking')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='submissions.item', verbose_name='item')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='accounts.unit', verbose_name='unit')),
            ],
        ),
        migrations.CreateModel(
            name='EventChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField()),
                ('reason', models.CharField(max_length=200, verbose_name='reason for the change')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='adoptions.event')),
            ],
        ),
        migrations.CreateModel(
            name='LedgerImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to='')),
                ('name', models.CharField(max_length=150, verbose_name='file name')),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('accepted', models.PositiveIntegerField(default=0, verbose_name='accepted')),
                ('duplicate', models.PositiveIntegerField(default=0, verbose_name='duplicates')),
                ('refused', models.PositiveIntegerField(default=0, verbose_name='refused')),
                ('skipped', models.PositiveIntegerField(default=0, verbose_name='set aside')),
                ('told', models.JSONField(default=dict)),
                ('fates', models.JSONField(default=list)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.AddField(
            model_name='adoption',
            name='ledger',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='adoptions.ledgerimport'),
        ),
        migrations.CreateModel(
            name='Outlet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='outlet')),
                ('level', models.CharField(choices=[('central', 'Central'), ('province', 'Autonomous region or province'), ('city', 'City'), ('county', 'County level')], max_length=10, verbose_name='level')),
                ('carrier', models.CharField(choices=[('newspaper', 'Newspaper'), ('journal', 'Journal'), ('website', 'Website'), ('app', 'App'), ('social', 'Social media account'), ('broadcast', 'Broadcast'), ('internal', 'Internal bulletin')], max_length=12, verbose_name='carrier')),
                ('active_from', models.DateField(verbose_name='active from')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='active to')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='outlets', to='accounts.unit')),
            ],
        ),
        migrations.AddField(
            model_name='adoption',
            name='outlet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='adoptions.outlet', verbose_name='outlet'),
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='share')),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='adoptions.adoption')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='accounts.unit', verbose_name='unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('adoption'), models.F('unit'), name='unit_credited_once')],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['office', 'date'], name='event_by_day'),
        ),
        migrations.CreateModel(
            name='OutletAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='former or other name')),
                ('since', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('renamed_on', models.DateField(editable=False, null=True)),
                ('holder', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='adoptions.outlet')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='outletalias_in_order')],
            },
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', True), ('unit__isnull', False)), models.Q(('item__isnull', False), ('unit__isnull', True)), _connector='OR'), name='event_of_item_or_unit'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('item__isnull', True), models.Q(('kind__in', ['commission_missed', 'missing', 'negative', 'task']), _negated=True), _connector='OR'), name='event_of_unit_has_no_item'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['forwarded', 'instruction']), _negated=True), models.Q(('level', ''), _negated=True), _connector='OR'), name='event_with_its_level'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['commission_adopted', 'commission_filed', 'forwarded', 'instruction', 'task']), ('level', ''), _connector='OR'), name='event_without_level'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='event_at_least_once'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'instruction'), _negated=True), models.Q(('link', ''), ('note', ''), ('proof_file', '')), _connector='OR'), name='instruction_without_its_words'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoke_reason', ''), ('revoked_at__isnull', True)), models.Q(models.Q(('revoked_at__isnull', False)), models.Q(('revoke_reason', ''), _negated=True)), _connector='OR'), name='event_revoked_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(models.F('kind'), models.F('item'), models.F('date'), models.F('level'), condition=models.Q(('item__isnull', False), ('revoked_at__isnull', True)), name='event_once_per_item_and_day'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(models.F('kind'), models.F('unit'), models.F('date'), models.F('level'), condition=models.Q(('revoked_at__isnull', True), ('unit__isnull', False)), name='event_once_per_unit_and_day'),
        ),
        migrations.AddConstraint(
            model_name='outlet',
            constraint=models.UniqueConstraint(models.F('office'), models.F('name'), models.F('active_from'), name='outlet_once_per_start'),
        ),
        migrations.AddConstraint(
            model_name='outlet',
            constraint=models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='outlet_in_order'),
        ),
        migrations.AddIndex(
            model_name='adoption',
            index=models.Index(fields=['date', 'outlet'], name='adoption_by_day'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(('length__isnull', True), ('length__gte', 1), _connector='OR'), name='adoption_of_some_length'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.UniqueConstraint(models.F('item'), models.F('outlet'), models.F('date'), condition=models.Q(('revoked_at__isnull', True)), name='adoption_once_per_outlet_and_day'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoke_reason', ''), ('revoked_at__isnull', True)), models.Q(models.Q(('revoked_at__isnull', False)), models.Q(('revoke_reason', ''), _negated=True)), _connector='OR'), name='revoked_with_reason'),
        ),
    ]
