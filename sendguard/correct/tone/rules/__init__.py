"""The register: every rule of tone there is. A rule that is not here is not applied."""

from sendguard.correct.tone.rule import ToneRule
from sendguard.correct.tone.rules.blames_others import blames_others
from sendguard.correct.tone.rules.hides_who_did_it import hides_who_did_it
from sendguard.correct.tone.rules.keeps_its_distance import keeps_its_distance
from sendguard.correct.tone.rules.makes_excuses import makes_excuses
from sendguard.correct.tone.rules.no_right_link import no_right_link
from sendguard.correct.tone.rules.not_sorry import not_sorry
from sendguard.correct.tone.rules.regrets_with_an_if import regrets_with_an_if
from sendguard.correct.tone.rules.sorry_too_often import sorry_too_often
from sendguard.correct.tone.rules.too_long import too_long

ALL: tuple[ToneRule, ...] = (
    blames_others,
    makes_excuses,
    hides_who_did_it,
    regrets_with_an_if,
    keeps_its_distance,
    not_sorry,
    sorry_too_often,
    no_right_link,
    too_long,
)
