
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('solerni_terms', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='delivery_channel',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='notice',
            name='delivery_id',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='stage',
            field=models.CharField(choices=[('announced', 'announced'), ('reminded', 'reminded before the date'), ('due', 'in force'), ('cancelled', 'cancelled before its date')], max_length=16),
        ),
        migrations.AlterField(
            model_name='guardianrequest',
            name='state',
            field=models.CharField(choices=[('unnamed', 'waiting for a guardian’s address'), ('sent', 'waiting for the guardian'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('replaced', 'replaced by a later request'), ('lapsed', 'ended without consent'), ('of_age', 'of age: no longer needed')], max_length=16),
        ),
        migrations.AlterField(
            model_name='notice',
            name='stage',
            field=models.CharField(choices=[('announced', 'announced'), ('reminded', 'reminded before the date'), ('due', 'in force'), ('cancelled', 'cancelled before its date')], max_length=16),
        ),
    ]
