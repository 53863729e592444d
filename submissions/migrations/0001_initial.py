import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import submissions.search
import uuid
from django.conf import settings
from django.db import migrations, models


#: The neighbouring character pairs of a text, lower case; immutable, so that an index can be built on it.
BIGRAMS = """
CREATE FUNCTION bigrams(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT chars[i] || chars[i + 1]), '{}')
    FROM (SELECT string_to_array(lower($1), NULL) AS chars) AS split,
         generate_series(1, coalesce(array_length(chars, 1), 0) - 1) AS i
$$
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION bigrams(text)"),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=40, null=True, unique=True, verbose_name='item number')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                ('filed_title', models.CharField(blank=True, editable=False, max_length=120)),
                ('html', models.TextField(blank=True, editable=False)),
                ('body', models.TextField(blank=True, verbose_name='body')),
                ('genre', models.CharField(choices=[('news', 'News'), ('information', 'Information brief'), ('experience', 'Experience report'), ('research', 'Research article'), ('analysis', 'Problem analysis'), ('commentary', 'Commentary'), ('feature', 'Feature'), ('picture', 'Picture or video')], default='news', max_length=12, verbose_name='genre')),
                ('told_length', models.PositiveIntegerField(editable=False, null=True)),
                ('stage', models.CharField(choices=[('before', 'Before the inspection'), ('during', 'During the inspection'), ('after', 'After the inspection')], default='during', max_length=8, verbose_name='stage')),
                ('topic_kind', models.CharField(choices=[('key', 'Key work'), ('highlight', 'Highlight'), ('hot', 'Hot topic')], default='key', max_length=10, verbose_name='topic kind')),
                ('route', models.CharField(choices=[('ordinary', 'Ordinary item'), ('important', 'Important item')], default='ordinary', max_length=10, verbose_name='importance')),
                ('route_reason', models.CharField(blank=True, max_length=200, verbose_name='why it is important')),
                ('urgent', models.BooleanField(default=False, verbose_name='urgent')),
                ('checker', models.CharField(blank=True, max_length=40, verbose_name='checker of the filing unit')),
                ('declared_unclassified', models.BooleanField(default=False, verbose_name='declared free of secrets')),
                ('secrecy_stated_by', models.CharField(blank=True, max_length=40, verbose_name='who answers for it')),
                ('secrecy_statement', models.CharField(blank=True, max_length=200, verbose_name='why these are no secrets')),
                ('secrecy_stated_for', models.CharField(blank=True, max_length=64)),
                ('chain', models.CharField(choices=[('three', 'Three levels'), ('unit_three', "The unit's own check, then three levels"), ('county', 'County rule'), ('unit_county', "The unit's own check, then the county rule")], default='three', editable=False, max_length=12)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('unit_review', 'With the head of its unit'), ('section_review', 'With the section head'), ('supervising_review', 'With the supervising leader'), ('principal_review', 'With the principal leader'), ('group_review', 'With the leading group'), ('meeting_review', "For the director's meeting"), ('unit_return', 'Returned by the head of its unit'), ('section_return', 'Returned by the section head'), ('supervising_return', 'Returned by the supervising leader'), ('principal_return', 'Returned by the principal leader'), ('group_return', 'Returned by the leading group'), ('meeting_return', "Returned by the director's meeting"), ('merged', 'Merged into another item'), ('withdrawn', 'Withdrawn'), ('issued', 'Issued')], default='draft', editable=False, max_length=20, verbose_name='status')),
                ('status_since', models.DateTimeField(editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('origin', models.CharField(choices=[('filed', 'Filed here'), ('ledger', 'From the old ledger')], default='filed', editable=False, max_length=8)),
                ('created_at', models.DateTimeField(editable=False)),
                ('changed_at', models.DateTimeField(editable=False)),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='filed at')),
                ('issued_at', models.DateTimeField(editable=False, null=True, verbose_name='issued at')),
                ('fingerprints', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='submissions.item')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('submitter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to=settings.AUTH_USER_MODEL, verbose_name='submitter')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='accounts.unit', verbose_name='unit')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to='')),
                ('name', models.CharField(max_length=150, verbose_name='file name')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('findings', models.JSONField(default=list)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='submissions.item')),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='round')),
                ('starts', models.DateField(verbose_name='starts')),
                ('ends', models.DateField(verbose_name='ends')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='accounts.unit')),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='submissions.round', verbose_name='round'),
        ),
        migrations.CreateModel(
            name='StaleMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='first day')),
                ('generation', models.PositiveIntegerField(default=1)),
                ('since', models.DateTimeField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('accounts', models.JSONField(default=list)),
                ('findings', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='submissions.item')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Authorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='author')),
                ('share', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='share')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorships', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='submissions.item')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('user__isnull', True)), fields=['name'], name='author_by_name_alone')],
                'constraints': [models.UniqueConstraint(models.F('item'), models.F('name'), models.F('user'), name='author_once_per_item', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('unit'), models.F('year'), name='one_series_per_unit_and_year')],
            },
        ),
        migrations.CreateModel(
            name='OfficeWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrong', models.CharField(max_length=40, verbose_name='wrong word')),
                ('right', models.CharField(blank=True, max_length=40, verbose_name='right word')),
                ('severity', models.CharField(choices=[('hint', 'Hint'), ('block', 'Must be corrected'), ('off', 'Not looked for')], default='hint', max_length=8, verbose_name='severity')),
                ('note', models.CharField(blank=True, max_length=100, verbose_name='note')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('office'), models.F('wrong'), name='wrong_word_once_per_office')],
            },
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(models.F('office'), models.F('name'), name='round_name_once_in_office'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='round_in_order'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=django.contrib.postgres.indexes.GinIndex(submissions.search.Bigrams(django.db.models.functions.text.Concat(models.F('title'), models.Value(' '), models.F('body'), output_field=models.TextField())), name='item_text_bigrams'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=django.contrib.postgres.indexes.GinIndex(fields=['fingerprints'], name='item_fingerprints'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['office', 'status', 'status_since'], name='item_waiting'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('status__in', ['draft', 'withdrawn']), _negated=True), fields=['office', 'submitted_at'], name='item_filed'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(condition=models.Q(('status', 'issued')), fields=['office', 'issued_at'], name='item_issued'),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['unit', 'submitted_at'], name='item_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('number__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='filed_item_has_number_and_time'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('status', 'issued')), models.Q(models.Q(('status', 'issued'), _negated=True), ('issued_at__isnull', True)), _connector='OR'), name='issued_item_has_time'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='merged_item_has_its_whole'),
        ),
        migrations.AddConstraint(
            model_name='stalemonth',
            constraint=models.UniqueConstraint(models.F('office'), models.F('month'), name='month_stale_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(models.F('item'), models.F('number'), name='version_number_once_per_item'),
        ),
    ]
