"""django-newsletter: a newsletter with readers and issues, sent as its own cron job sends them."""

from collections.abc import Mapping, Sequence

from tests.mail.senders import django

_SETTINGS = {
    "INSTALLED_APPS": [
        *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sites"),
        *("sorl.thumbnail", "newsletter"),
    ],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    "TEMPLATES": [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    "NEWSLETTER_THUMBNAIL": "sorl-thumbnail",
    "NEWSLETTER_USE_HTTPS": True,
    "ROOT_URLCONF": "newsletter.urls",
    "SITE_ID": 1,
}
_SCRIPT = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.sites.models import Site
Site.objects.update(domain="navigator.example")
from newsletter.models import Article, Message, Newsletter, Submission, Subscription
own = Newsletter.objects.create(
    title="The Navigator", slug="navigator", email="editor@navigator.example", sender="Ada")
for reader in {readers!r}:
    Subscription.objects.create(
        newsletter=own, name_field="Reader", email_field=reader, subscribed=True)
for number, (title, (headline, link)) in enumerate({issues!r}.items()):
    issue = Message.objects.create(newsletter=own, title=title, slug=f"issue-{{number}}")
    Article.objects.create(post=issue, title=headline, text="Until then.", url=link, sortorder=1)
    submission = Submission.from_message(issue)
    submission.prepared, submission.publish = True, False
    submission.save()
Submission.submit_queue()
result = {{one.message.title: one.sent for one in Submission.objects.all()}}
"""


async def django_newsletter(
    lines: str, readers: Sequence[str], issues: Mapping[str, tuple[str, str]]
) -> dict[str, bool]:
    """Send these issues to all readers.

    Args:
        lines: Of settings.py.
        issues: By title, each with the headline of its article and the address behind that.

    Returns:
        Which of them it takes for sent.
    """
    script = _SCRIPT.format(readers=list(readers), issues=dict(issues))
    sent: dict[str, bool] = await django(lines, script, **_SETTINGS)
    return sent
