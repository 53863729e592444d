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
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('objections', 'Open for objections'), ('checked', 'Checked'), ('signed', 'Signed'), ('issued', 'Put out')], default='draft', max_length=10, verbose_name='status')),
                ('correction', models.CharField(blank=True, max_length=300, verbose_name='what is corrected')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='year')),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='number')),
                ('cutoff', models.DateTimeField(verbose_name='cut-off')),
                ('document', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('outdated', models.BooleanField(default=False)),
                ('looks_from', models.DateField()),
                ('counted', models.PositiveIntegerField(default=0)),
                ('edited_at', models.DateTimeField(null=True, verbose_name='text edited at')),
                ('objections_until', models.DateField(null=True, verbose_name='last day for objections')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='opened for objections at')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='checked at')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='signed at')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='issued at')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='bulletins.bulletin')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('editors', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='accounts.unit')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BulletinSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('red_head', models.CharField(blank=True, max_length=60, verbose_name='red head')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='number code')),
                ('addressees', models.CharField(blank=True, max_length=300, verbose_name='addressees')),
                ('copies_to', models.CharField(blank=True, max_length=300, verbose_name='copies to')),
                ('signature', models.CharField(blank=True, max_length=60, verbose_name='signature')),
                ('printed_by', models.CharField(blank=True, max_length=60, verbose_name='printed by')),
                ('contact', models.CharField(blank=True, max_length=100, verbose_name='contact')),
                ('rate_places', models.PositiveSmallIntegerField(default=1, verbose_name='decimals of rates')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(null=True, verbose_name='changed at')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bulletin_settings', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='FrozenFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField()),
                ('bulletin', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='bulletins.bulletin')),
            ],
        ),
        migrations.CreateModel(
            name='HistoricBulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number as printed')),
                ('period_text', models.CharField(help_text='as Period writes it', max_length=40, verbose_name='period')),
                ('start', models.DateField(verbose_name='first day')),
                ('end', models.DateField(help_text='the first day after the period')),
                ('table', models.JSONField()),
                ('notes', models.TextField(blank=True, max_length=2000, verbose_name='notes')),
                ('file', models.FileField(max_length=200, upload_to='')),
                ('name', models.CharField(max_length=150, verbose_name='file name')),
                ('sha256', models.CharField(max_length=64)),
                ('entered_at', models.DateTimeField(verbose_name='entered at')),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='historic_bulletins', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line_key', models.CharField(max_length=200)),
                ('line', models.JSONField()),
                ('status', models.CharField(choices=[('open', 'Waiting for an answer'), ('accepted', 'Accepted'), ('refused', 'Not accepted')], default='open', max_length=10, verbose_name='status')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('raised_at', models.DateTimeField(verbose_name='raised at')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='bulletins.bulletin')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='TextTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('wording', models.TextField(verbose_name='wording')),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='text_templates', to='accounts.unit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.UniqueConstraint(models.F('office'), models.F('first_day'), models.F('last_day'), condition=models.Q(('corrects__isnull', True)), name='one_bulletin_a_period'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.UniqueConstraint(models.F('office'), models.F('year'), models.F('number'), name='bulletin_number_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='bulletin_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('number__isnull', False), ('status', 'issued'), ('year__isnull', False)), models.Q(models.Q(('status', 'issued'), _negated=True), ('issued_at__isnull', True), ('number__isnull', True)), _connector='OR'), name='issued_bulletin_is_numbered'),
        ),
        migrations.AddConstraint(
            model_name='historicbulletin',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='historic_bulletin_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='historicbulletin',
            constraint=models.UniqueConstraint(models.F('office'), models.F('title'), models.F('period_text'), condition=models.Q(('confirmed_at__isnull', False)), name='historic_bulletin_once'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.UniqueConstraint(models.F('bulletin'), models.F('unit'), models.F('line_key'), condition=models.Q(('status', 'open')), name='one_open_objection_a_line'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answered_objection_has_its_answer'),
        ),
        migrations.AddConstraint(
            model_name='texttemplate',
            constraint=models.UniqueConstraint(models.F('office'), models.F('section'), models.F('version'), name='text_template_version_once'),
        ),
    ]
