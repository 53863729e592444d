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
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('measure', models.CharField(choices=[('filed', 'Items filed'), ('issued', 'Items issued'), ('adopted', 'Adoptions'), ('points', 'Points')], max_length=8, verbose_name='measure')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='target')),
                ('set_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='accounts.unit', verbose_name='unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('unit'), models.F('person'), models.F('year'), models.F('measure'), name='target_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='target_above_nothing')],
            },
        ),
    ]
