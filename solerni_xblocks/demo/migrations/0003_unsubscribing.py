from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("solerni_demo", "0002_tokens_certificates")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="unsubscribe_url",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
