import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('arrived', 'Waiting for my review'), ('returned', 'Came back to me'), ('moved', 'My item went on'), ('issued', 'My item was issued'), ('changed', 'What I signed was changed or sent back'), ('due', 'A review is due'), ('urged', 'Somebody asks me to hurry'), ('escalated', 'A review below me is late'), ('meeting', 'Meetings and agendas'), ('stand_in', 'Stand-ins and re-assignments'), ('digest', 'Monday digest')], max_length=12, verbose_name='kind')),
                ('subject', models.CharField(max_length=40)),
                ('text', models.CharField(max_length=300, verbose_name='notice')),
                ('about', models.CharField(blank=True, max_length=40)),
                ('link', models.CharField(help_text='path of the page to read; never one that acts', max_length=200)),
                ('key', models.CharField(max_length=120)),
                ('created_at', models.DateTimeField(verbose_name='time')),
                ('read_at', models.DateTimeField(null=True)),
                ('mail_owed', models.BooleanField(default=False)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['recipient', '-created_at'], name='notice_of_person'), models.Index(fields=['subject'], name='notice_of_subject'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['recipient'], name='notice_unread'), models.Index(condition=models.Q(('mail_owed', True)), fields=['created_at'], name='notice_mail_owed')],
                'constraints': [models.UniqueConstraint(models.F('recipient'), models.F('key'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('arrived', 'Waiting for my review'), ('returned', 'Came back to me'), ('moved', 'My item went on'), ('issued', 'My item was issued'), ('changed', 'What I signed was changed or sent back'), ('due', 'A review is due'), ('urged', 'Somebody asks me to hurry'), ('escalated', 'A review below me is late'), ('meeting', 'Meetings and agendas'), ('stand_in', 'Stand-ins and re-assignments'), ('digest', 'Monday digest')], max_length=12)),
                ('shown', models.BooleanField(default=True, verbose_name='in the system')),
                ('mailed', models.BooleanField(default=False, verbose_name='by e-mail')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('kind'), name='preference_once_per_kind')],
            },
        ),
    ]
