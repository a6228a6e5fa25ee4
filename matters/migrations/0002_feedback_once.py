"""A double click on the feedback button is one answer."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="guidefeedback",
            name="submission",
            field=models.UUIDField(null=True),
        ),
        migrations.RunSQL(
            "UPDATE matters_guidefeedback SET submission = gen_random_uuid()",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="guidefeedback",
            name="submission",
            field=models.UUIDField(
                "提交编号",
                default=uuid.uuid4,
                editable=False,
                help_text="同一次提交只记一条",
                unique=True,
            ),
        ),
    ]
