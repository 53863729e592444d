import django.contrib.auth.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='account name')),
                ('display_name', models.CharField(max_length=40, verbose_name='name')),
                ('post', models.CharField(blank=True, max_length=60, verbose_name='post')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='must change password')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('office', 'Office'), ('section', 'Section'), ('team', 'Inspection team'), ('county', 'County'), ('department', 'Department')], max_length=12, verbose_name='kind')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='unit code')),
                ('name', models.CharField(max_length=60, verbose_name='unit name')),
                ('short_name', models.CharField(max_length=20, verbose_name='short name')),
                ('region_code', models.CharField(blank=True, max_length=6, verbose_name='region code (GB/T 2260)')),
                ('active_from', models.DateField(verbose_name='active from')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='active to')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('path', models.CharField(db_index=True, editable=False, max_length=120)),
                ('office', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='office_units', to='accounts.unit', verbose_name='office')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.unit', verbose_name='parent unit')),
            ],
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('author', 'Author'), ('unit_head', 'Unit head'), ('section_head', 'Section head'), ('supervising_leader', 'Supervising leader'), ('principal_leader', 'Principal leader'), ('group_member', 'Leading-group member'), ('secrecy_reviewer', 'Secrecy reviewer'), ('office_admin', 'Office administrator'), ('county_admin', 'County administrator'), ('auditor', 'Auditor')], max_length=20, verbose_name='role')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='accounts.unit', verbose_name='unit')),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('action', models.CharField(max_length=40, verbose_name='action')),
                ('target_type', models.CharField(max_length=40, verbose_name='object')),
                ('target_id', models.CharField(max_length=40)),
                ('target_label', models.CharField(max_length=200, verbose_name='object name')),
                ('detail', models.JSONField(default=dict, verbose_name='detail')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audit_entries', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='office')),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.unit', verbose_name='unit'),
        ),
        migrations.CreateModel(
            name='SavedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(help_text="name of the page's address, such as submissions:item-list", max_length=60)),
                ('name', models.CharField(max_length=30, verbose_name='name')),
                ('query', models.CharField(blank=True, help_text='query string: filters, order, columns', max_length=1000)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_lists', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('page'), models.F('name'), name='saved_list_once_per_name')],
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(verbose_name='from')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('reason', models.CharField(blank=True, max_length=60, verbose_name='reason')),
                ('given_at', models.DateTimeField()),
                ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='person away')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stand_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to=settings.AUTH_USER_MODEL, verbose_name='stand-in')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='stand_in_in_order'), models.CheckConstraint(condition=models.Q(('absent', models.F('stand_in')), _negated=True), name='nobody_stands_in_for_themselves')],
            },
        ),
        migrations.CreateModel(
            name='UnitAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='former or other name')),
                ('since', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('until', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('renamed_on', models.DateField(editable=False, null=True)),
                ('holder', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='accounts.unit')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='unitalias_in_order')],
            },
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='unit_active_in_order'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'office'), ('parent__isnull', True)), models.Q(models.Q(('kind', 'office'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='only_an_office_stands_at_the_top'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(models.F('parent'), models.F('name'), name='unit_name_once_below_parent', violation_error_message='A unit of this name exists there already: choose another name.'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(models.F('user'), models.F('role'), models.F('unit'), condition=models.Q(('until__isnull', True)), name='role_held_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='grant_in_order'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['office', 'at'], name='audit_by_time'),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['target_type', 'target_id'], name='audit_by_target'),
        ),
    ]
