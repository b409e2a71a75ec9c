"""The register: every rule there is, in order of code. A rule that is not here is not applied."""

from sendguard.judge.rule import Rule
from sendguard.judge.rules.answer.bad_certificate import bad_certificate
from sendguard.judge.rules.answer.certificate_expires_soon import certificate_expires_soon
from sendguard.judge.rules.answer.consent_page import consent_page
from sendguard.judge.rules.answer.counted_clicks import counted_clicks
from sendguard.judge.rules.answer.login_wall import login_wall
from sendguard.judge.rules.answer.made_in_browser import made_in_browser
from sendguard.judge.rules.answer.missing_fragment import missing_fragment
from sendguard.judge.rules.answer.no_proper_answer import no_proper_answer
from sendguard.judge.rules.answer.no_such_host import no_such_host
from sendguard.judge.rules.answer.not_a_picture import not_a_picture
from sendguard.judge.rules.answer.odd_status import odd_status
from sendguard.judge.rules.answer.page_missing import page_missing
from sendguard.judge.rules.answer.parked_domain import parked_domain
from sendguard.judge.rules.answer.private_address import private_address
from sendguard.judge.rules.answer.redirect_loop import redirect_loop
from sendguard.judge.rules.answer.refused import refused
from sendguard.judge.rules.answer.server_error import server_error
from sendguard.judge.rules.answer.soft_404 import soft_404
from sendguard.judge.rules.answer.timed_out import timed_out
from sendguard.judge.rules.answer.walled import walled
from sendguard.judge.rules.campaign.earlier_issue_unread import earlier_issue_unread
from sendguard.judge.rules.campaign.feed_unreadable import feed_unreadable
from sendguard.judge.rules.campaign.issue_number_not_moved import issue_number_not_moved
from sendguard.judge.rules.campaign.previous_content import previous_content
from sendguard.judge.rules.campaign.send_time_twice import send_time_twice
from sendguard.judge.rules.campaign.sent_already import sent_already
from sendguard.judge.rules.meaning.front_page_instead import front_page_instead
from sendguard.judge.rules.meaning.previous_issues_link import previous_issues_link
from sendguard.judge.rules.meaning.previous_tracking_tag import previous_tracking_tag
from sendguard.judge.rules.meaning.shared_address import shared_address
from sendguard.judge.rules.meaning.story_disagrees import story_disagrees
from sendguard.judge.rules.meaning.swapped_links import swapped_links
from sendguard.judge.rules.meaning.wrong_article import wrong_article
from sendguard.judge.rules.meaning.wrong_number import wrong_number
from sendguard.judge.rules.writing.clipped_by_gmail import clipped_by_gmail
from sendguard.judge.rules.writing.double_encoded import double_encoded
from sendguard.judge.rules.writing.empty_link import empty_link
from sendguard.judge.rules.writing.label_shows_another_address import label_shows_another_address
from sendguard.judge.rules.writing.link_lost_in_build import link_lost_in_build
from sendguard.judge.rules.writing.look_alike_host import look_alike_host
from sendguard.judge.rules.writing.malformed_address import malformed_address
from sendguard.judge.rules.writing.merge_tag_left import merge_tag_left
from sendguard.judge.rules.writing.missing_link import missing_link
from sendguard.judge.rules.writing.no_way_to_unsubscribe import no_way_to_unsubscribe
from sendguard.judge.rules.writing.odd_mjml import odd_mjml
from sendguard.judge.rules.writing.odd_tracking_tag import odd_tracking_tag
from sendguard.judge.rules.writing.one_click_unsubscribe import one_click_unsubscribe
from sendguard.judge.rules.writing.placeholder import placeholder
from sendguard.judge.rules.writing.private_host import private_host
from sendguard.judge.rules.writing.relative_link import relative_link
from sendguard.judge.rules.writing.script_link import script_link
from sendguard.judge.rules.writing.text_part_differs import text_part_differs

ALL: tuple[Rule, ...] = (
    empty_link,  # SG101
    placeholder,
    malformed_address,
    relative_link,
    private_host,
    merge_tag_left,
    label_shows_another_address,
    no_way_to_unsubscribe,
    link_lost_in_build,
    odd_mjml,
    script_link,
    missing_link,
    double_encoded,
    odd_tracking_tag,
    text_part_differs,
    clipped_by_gmail,
    one_click_unsubscribe,
    look_alike_host,
    page_missing,  # SG201
    no_such_host,
    bad_certificate,
    redirect_loop,
    server_error,
    timed_out,
    walled,
    refused,
    no_proper_answer,
    private_address,
    odd_status,
    soft_404,
    parked_domain,
    login_wall,
    consent_page,
    missing_fragment,
    certificate_expires_soon,
    made_in_browser,
    not_a_picture,
    counted_clicks,  # SG222
    wrong_article,  # SG301
    swapped_links,
    previous_issues_link,
    previous_tracking_tag,
    front_page_instead,
    shared_address,
    wrong_number,
    story_disagrees,
    feed_unreadable,  # SG401
    issue_number_not_moved,
    previous_content,
    earlier_issue_unread,
    send_time_twice,
    sent_already,
)
