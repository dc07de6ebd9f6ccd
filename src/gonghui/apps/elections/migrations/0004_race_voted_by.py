from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("elections", "0003_departure_submitted_on")]

    operations = [
        migrations.AddField(
            model_name="race",
            name="voted_by",
            field=models.CharField(
                choices=[("meeting", "大会直接选举"), ("committee", "委员会选举")],
                default="meeting",
                help_text="由委员会选举的，应到会是当选的全体委员。",
                max_length=10,
                verbose_name="由谁选举",
            ),
        ),
    ]
