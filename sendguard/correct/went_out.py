"""What readers have in their inboxes, as a campaign whose links can be found and repaired."""

from dataclasses import replace

from sendguard.correct.files import TEXT_FILE
from sendguard.read import Campaign, Medium, Part
from sendguard.send import Edition
from sendguard.values import Lines


def what_went_out(edition: Edition) -> Campaign:
    """The edition's campaign, with the text part that was made for it where it had none."""
    campaign = edition.campaign
    if any(part.medium is Medium.TEXT for part in campaign.parts):
        return campaign
    made = Part(medium=Medium.TEXT, text=edition.text, lines=Lines.of(TEXT_FILE, edition.text))
    return replace(campaign, parts=(*campaign.parts, made))
