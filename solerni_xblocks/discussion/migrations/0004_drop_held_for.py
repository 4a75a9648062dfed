from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("solerni_discussion", "0003_fill_moderated_discussion"),
    ]

    operations = [
        migrations.DeleteModel(
            name="HeldFor",
        ),
    ]
