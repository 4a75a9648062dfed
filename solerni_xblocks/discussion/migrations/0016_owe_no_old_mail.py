from django.db import migrations

BATCH = 5_000


def forgive_old_mail(apps, schema_editor):
    """What was told in the block before mails existed is not mailed now, weeks later."""
    notices = apps.get_model("solerni_discussion", "Notice").objects.using(schema_editor.connection.alias)
    reached = 0
    while ids := list(notices.filter(id__gt=reached).order_by("id").values_list("id", flat=True)[:BATCH]):
        reached = ids[-1]
        notices.filter(id__gte=ids[0], id__lte=reached, mailed_at=None).update(mail_due_at=None)


class Migration(migrations.Migration):
    dependencies = [("solerni_discussion", "0015_mails")]

    operations = [migrations.RunPython(forgive_old_mail, migrations.RunPython.noop, elidable=True)]
