import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


#: Who had a part in an item, read from all the places where it is kept; see `reviews.involvement`.
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

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('submissions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('pk', models.CompositePrimaryKey('item', 'user', 'level', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(max_length=20)),
            ],
            options={
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('draft', 'Draft'), ('unit_review', 'With the head of its unit'), ('section_review', 'With the section head'), ('supervising_review', 'With the supervising leader'), ('principal_review', 'With the principal leader'), ('group_review', 'With the leading group'), ('meeting_review', "For the director's meeting"), ('unit_return', 'Returned by the head of its unit'), ('section_return', 'Returned by the section head'), ('supervising_return', 'Returned by the supervising leader'), ('principal_return', 'Returned by the principal leader'), ('group_return', 'Returned by the leading group'), ('meeting_return', "Returned by the director's meeting"), ('merged', 'Merged into another item'), ('withdrawn', 'Withdrawn'), ('issued', 'Issued')], max_length=20)),
                ('comment', models.CharField(blank=True, max_length=200, verbose_name='comment')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='submissions.item')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
        ),
        migrations.CreateModel(
            name='CheckedUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='own_check', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('submit', 'File'), ('withdraw', 'Withdraw'), ('pass', 'Pass'), ('return', 'Return for revision'), ('issue', 'Sign and issue'), ('recuse', 'Recused'), ('send_back', 'Send back to an earlier level'), ('edit', 'Edit the text'), ('merge', 'Merge into another item'), ('undo', 'Undo')], max_length=10, verbose_name='decision')),
                ('source', models.CharField(choices=[('draft', 'Draft'), ('unit_review', 'With the head of its unit'), ('section_review', 'With the section head'), ('supervising_review', 'With the supervising leader'), ('principal_review', 'With the principal leader'), ('group_review', 'With the leading group'), ('meeting_review', "For the director's meeting"), ('unit_return', 'Returned by the head of its unit'), ('section_return', 'Returned by the section head'), ('supervising_return', 'Returned by the supervising leader'), ('principal_return', 'Returned by the principal leader'), ('group_return', 'Returned by the leading group'), ('meeting_return', "Returned by the director's meeting"), ('merged', 'Merged into another item'), ('withdrawn', 'Withdrawn'), ('issued', 'Issued')], max_length=20)),
                ('target', models.CharField(choices=[('draft', 'Draft'), ('unit_review', 'With the head of its unit'), ('section_review', 'With the section head'), ('supervising_review', 'With the supervising leader'), ('principal_review', 'With the principal leader'), ('group_review', 'With the leading group'), ('meeting_review', "For the director's meeting"), ('unit_return', 'Returned by the head of its unit'), ('section_return', 'Returned by the section head'), ('supervising_return', 'Returned by the supervising leader'), ('principal_return', 'Returned by the principal leader'), ('group_return', 'Returned by the leading group'), ('meeting_return', "Returned by the director's meeting"), ('merged', 'Merged into another item'), ('withdrawn', 'Withdrawn'), ('issued', 'Issued')], max_length=20)),
                ('role', models.CharField(choices=[('author', 'Author'), ('unit_head', 'Unit head'), ('section_head', 'Section head'), ('supervising_leader', 'Supervising leader'), ('principal_leader', 'Principal leader'), ('group_member', 'Leading-group member'), ('secrecy_reviewer', 'Secrecy reviewer'), ('office_admin', 'Office administrator'), ('county_admin', 'County administrator'), ('auditor', 'Auditor')], max_length=20, verbose_name='role')),
                ('comment', models.TextField(blank=True, max_length=2000, verbose_name='comment')),
                ('checked', models.JSONField(default=list)),
                ('at', models.DateTimeField(verbose_name='time')),
                ('acting_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions_by_stand_in', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='submissions.item')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='reviews.decision')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='submissions.version')),
            ],
        ),
        migrations.CreateModel(
            name='MarkedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to='')),
                ('name', models.CharField(max_length=150)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marked_files', to='reviews.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('group', "Leading group's meeting"), ('directors', "Director's meeting")], max_length=10, verbose_name='meeting')),
                ('held_at', models.DateTimeField(verbose_name='time')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='place')),
                ('created_at', models.DateTimeField()),
                ('concluded_at', models.DateTimeField(null=True, verbose_name='concluded at')),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='chaired by')),
                ('members', models.ManyToManyField(related_name='meetings', to=settings.AUTH_USER_MODEL, verbose_name='members')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('recorder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
            ],
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('approved', models.BooleanField(null=True, verbose_name='resolved to approve')),
                ('resolution', models.CharField(blank=True, max_length=500, verbose_name='resolution')),
                ('failure', models.CharField(blank=True, max_length=300)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_entries', to='submissions.item')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='submissions.version')),
                ('decision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_entry', to='reviews.decision')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='reviews.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='OfficeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(choices=[('three', 'Three levels'), ('county', 'County rule')], default='three', max_length=12, verbose_name='chain of review')),
                ('secrecy', models.CharField(choices=[('none', 'none'), ('important', 'important items'), ('found', 'important items, and items in which the checks found something secret'), ('all', 'all items')], default='none', max_length=10, verbose_name='separate secrecy review')),
                ('stand_ins', models.CharField(choices=[('staff', 'anybody of the office itself, with its sections and teams'), ('signers', 'who signs at a level of the office'), ('rank', 'who signs at the same, a higher or the next lower level')], default='staff', max_length=10, verbose_name='who may stand in')),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review_rule', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Opened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='submissions.item')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(choices=[('agree', 'agrees'), ('changes', 'agrees with changes'), ('disagree', 'does not agree'), ('abstain', 'abstains'), ('absent', 'absent')], max_length=10, verbose_name='opinion')),
                ('text', models.CharField(blank=True, max_length=300, verbose_name='remark')),
                ('at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='reviews.agendaitem')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ReturnPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(choices=[('facts', 'facts to be verified'), ('wording', 'wording or typing errors'), ('title', 'title'), ('structure', 'structure or length'), ('policy', 'policy or statement'), ('direction', 'political direction'), ('secrecy', 'secrecy: not to be published'), ('consent', 'consent of the units concerned'), ('material', 'pictures or files'), ('authors', 'authors and credit'), ('other', 'other')], max_length=12, verbose_name='reason')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='what to revise')),
                ('done', models.BooleanField(default=False, verbose_name='done')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='answer')),
                ('answered_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='submissions.version')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='reviews.decision')),
            ],
        ),
        migrations.CreateModel(
            name='ReviewTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('draft', 'Draft'), ('unit_review', 'With the head of its unit'), ('section_review', 'With the section head'), ('supervising_review', 'With the supervising leader'), ('principal_review', 'With the principal leader'), ('group_review', 'With the leading group'), ('meeting_review', "For the director's meeting"), ('unit_return', 'Returned by the head of its unit'), ('section_return', 'Returned by the section head'), ('supervising_return', 'Returned by the supervising leader'), ('principal_return', 'Returned by the principal leader'), ('group_return', 'Returned by the leading group'), ('meeting_return', "Returned by the director's meeting"), ('merged', 'Merged into another item'), ('withdrawn', 'Withdrawn'), ('issued', 'Issued')], max_length=20, verbose_name='level')),
                ('days', models.PositiveSmallIntegerField(verbose_name='working days')),
                ('urgent_days', models.PositiveSmallIntegerField(verbose_name='working days when urgent')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='SecrecyReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField()),
                ('clear', models.BooleanField(verbose_name='fit to be published')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='comment')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secrecy_reviews', to='submissions.item')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secrecy_reviews', to='submissions.version')),
            ],
        ),
        migrations.CreateModel(
            name='Writer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='writers', to='submissions.item')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='writings', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('works', models.BooleanField(default=False, verbose_name='that day')),
                ('name', models.CharField(blank=True, max_length=30, verbose_name='holiday')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('office'), models.F('date'), name='calendar_day_once_in_office')],
            },
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('action__in', ['issue', 'pass', 'return', 'send_back'])), fields=['by', 'at'], name='decision_of_person'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', 'recuse'), ('by__isnull', True)), models.Q(models.Q(('action', 'recuse'), _negated=True), ('by__isnull', False)), _connector='OR'), name='decision_has_its_person'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(models.F('meeting'), models.F('item'), name='item_once_on_agenda'),
        ),
        migrations.AddConstraint(
            model_name='opened',
            constraint=models.UniqueConstraint(models.F('user'), models.F('item'), models.F('version'), name='opened_once'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(models.F('entry'), models.F('member'), name='opinion_once_per_member'),
        ),
        migrations.AddConstraint(
            model_name='returnpoint',
            constraint=models.UniqueConstraint(models.F('decision'), models.F('position'), name='return_point_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewterm',
            constraint=models.UniqueConstraint(models.F('office'), models.F('level'), name='term_once_for_level_of_office'),
        ),
        migrations.AddConstraint(
            model_name='reviewterm',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1), ('urgent_days__gte', 1)), name='term_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='writer',
            constraint=models.UniqueConstraint(models.F('item'), models.F('user'), name='writer_once_per_item'),
        ),
        migrations.RunSQL(VIEW, "DROP VIEW reviews_involvement"),
    ]
