"""The words by which an address or a label shows that it acts, in the common languages."""

import re
import unicodedata

_NO_WORD = re.compile(r"[\W_]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def folded(text: str) -> str:
    """Lower case without accents, punctuation or doubled spaces."""
    lower = _UNSEEN.sub("", text.casefold())
    plain = lower if lower.isascii() else _without_accents(lower)
    return " ".join(_NO_WORD.sub(" ", plain).split())


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart if not unicodedata.combining(character))


def _set(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(folded(phrase) for phrase in text.replace("\n", ",").split(",")) - {""}


# Each of these acts wherever it is the whole of a path segment, of a parameter or of a host.
SURE = _set("""
    unsubscribe unsubscribed unsubscribes unsubscribeme unsub unsubs unsubscription
    listunsubscribe emailunsubscribe optout rsvp preferences prefs preferencecenter
    preferencecentre managesubscription managesubscriptions subscriptioncenter
    subscriptionmanagement managepreferences emailpreferences updatepreferences
    emailsettings notificationsettings oneclickunsubscribe
    abmelden abmeldung newsletterabmeldung austragen abbestellen abbestellung
    desabonnement desabonner desinscription desinscrire sedesabonner
    desuscribir desuscribirse desuscripcion darsedebaja bajanewsletter cancelarsuscripcion
    disiscriviti disiscrizione disiscrivi cancellaiscrizione annullaiscrizione
    descadastrar descadastro cancelarinscricao cancelarsubscricao anularsubscricao
    afmelden uitschrijven uitschrijving
    avregistrera avprenumerera avsluta afmeld avmeld
    wypisz wypiszsie rezygnacja anulujsubskrypcje
    odhlasit odhlaseni odhlasitodber odjava odjavi odjavise leiratkozas leiratkozom
    配信停止 購読解除 配信解除 退会 取消订阅 退订 отписаться 수신거부
""")

# These act when something beside them tells whom or what they are about.
DOUBTFUL = _set("""
    confirm confirmation confirmed confirmemail verify verification verifyemail validate
    activate activation vote votes voting poll polls survey surveys nps rate rating feedback
    answer answers respond response reply attend attending accept decline optin doubleoptin
    oneclick profile manage subscriptions subscription magiclink magic resetpassword
    passwordreset reaction react thumbs like dislike approve approval reject deny deleteaccount
    bestatigen bestatigung anmeldungbestatigen abstimmen abstimmung umfrage
    confirmer confirmar confirma conferma confermare bevestig bevestigen bekrafta
    potwierdz potwierdzenie potvrdit potvrzeni voter votar vota stem
""")

# These act where the whole path says nothing else: `/leave`, `/list/pause/77`.
WAYS_OUT = _set("leave stop pause snooze remove removeme leavelist stopemails stopmail quit mute")

# A parameter of such a name whose value says no.
ON_THE_LIST = _set("""
    subscribe subscribed subscription newsletter newsletters optin emailoptin mailing mailings
    emails receive receiveemails notifications
""")
NO = _set("0 false no off n none never")

# Words that may stand beside an acting one without making it an article's.
COMPANIONS = _set("""
    email emails e mail mails mailing list lists newsletter newsletters me my your user users
    account contact member subscriber subscribers subscription subscriptions subscribe
    preference settings setting center centre manage update edit change page form link links
    click one all now from here success request process landing do go api v1 v2 v3 public
    notification notifications communication communications address password reset token
    submit option choice out opt in
    se de du la le der die das
""")

# A word right behind one of these is what a page is about, not what it does.
ABOUT = _set("""
    tag tags topic topics category categories wiki glossary dictionary docs help blog
    articles article kb define definition thema themen
""")

# Parameters whose value says what to do.
VERB_NAMES = _set("action act do op cmd task mode type method event a m page p view route r")

# Parameters that say whom.
WHO_NAMES = _set("""
    id uid uuid token t email e mail sid key hash h code user subscriber u s k c cid mid rid
    recipient contact voter member person
""")

SURE_LABELS = _phrases("""
    unsubscribe, unsubscribe here, unsubscribe now, click here to unsubscribe, click to unsubscribe
    unsubscribe from this list, unsubscribe from this newsletter, unsubscribe from these emails
    unsubscribe from all emails, unsubscribe from this email, unsubscribe me, safe unsubscribe
    safeunsubscribe, one click unsubscribe, instantly unsubscribe, opt out, opt out here
    snooze, snooze emails, snooze these emails, pause emails, pause these emails, pause newsletter
    pause this newsletter, pause my subscription, take a break from these emails
    get fewer emails, receive fewer emails, fewer emails, email me less often, mute these emails
    stop emails, stop all emails, stop sending me emails, stop emailing me, turn off these emails
    turn off email notifications, leave list, leave the list, leave mailing list
    leave this mailing list, leave our mailing list, remove me, take me off this list
    stop receiving these emails, stop these emails, leave this list, remove me from this list
    preferences, manage preferences, manage your preferences, update preferences
    update your preferences, update my preferences, change your preferences, edit preferences
    email preferences, manage email preferences, manage your email preferences
    update email preferences, update your email preferences, subscription preferences
    update subscription preferences, update your subscription preferences
    manage subscription, manage your subscription, manage my subscription, manage subscriptions
    manage your subscriptions, update your profile, update profile, email settings
    notification settings, preference center, preference centre
    confirm, confirm subscription, confirm your subscription, confirm my subscription
    confirm email, confirm your email, confirm your email address, confirm email address
    yes subscribe me to this list, verify email, verify your email, verify your email address
    verify email address, activate account, activate your account, activate my account
    abmelden, newsletter abmelden, vom newsletter abmelden, hier abmelden, abbestellen, austragen
    newsletter abbestellen, hier klicken um sich abzumelden, abonnement verwalten
    einstellungen verwalten, e-mail-einstellungen, profil aktualisieren, anmeldung bestätigen
    e-mail-adresse bestätigen, e-mail bestätigen, bestätigen
    se désabonner, se désinscrire, me désabonner, me désinscrire, désabonnement, désinscription
    se désabonner de cette liste, gérer mes préférences, gérer vos préférences
    gérer mon abonnement, confirmer, confirmer mon inscription, confirmer votre inscription
    confirmer mon adresse
    darse de baja, darme de baja, date de baja, cancelar suscripción, cancelar la suscripción
    anular suscripción, desuscribirse, desuscribirme, gestionar preferencias, preferencias
    actualizar preferencias, confirmar, confirmar suscripción, confirmar correo
    annulla iscrizione, annulla l'iscrizione, cancella iscrizione, cancellati, disiscriviti
    disiscrizione, cancella l'iscrizione, gestisci preferenze, gestisci le preferenze
    aggiorna preferenze, conferma, conferma iscrizione, conferma l'iscrizione
    cancelar inscrição, cancelar subscrição, anular subscrição, descadastrar, descadastre-se
    remover inscrição, sair da lista, gerir preferências, gerenciar preferências
    confirmar inscrição, confirmar subscrição
    afmelden, uitschrijven, hier afmelden, hier uitschrijven, schrijf je uit, voorkeuren
    voorkeuren beheren, bevestigen, bevestig je inschrijving, bevestig inschrijving
    avregistrera, avregistrera dig, avsluta prenumeration, avsluta prenumerationen
    avprenumerera, hantera inställningar, bekräfta, bekräfta prenumeration
    meld av, meld deg av, afmeld, afmeld nyhedsbrev, peruuta tilaus, peru tilaus
    wypisz się, wypisz mnie, zrezygnuj, zrezygnuj z subskrypcji, anuluj subskrypcję
    zarządzaj preferencjami, potwierdź, potwierdź subskrypcję
    odhlásit, odhlásit se, odhlásit odběr, odhlásit z odběru, odhlášení, potvrdit
    potvrdit odběr, nastavení odběru
    配信停止, 配信を停止する, 配信停止はこちら, 購読解除, 購読を解除, 登録解除, メール配信停止, 退会
    設定を変更, 登録を確認
    取消订阅, 退订, 取消訂閱, отписаться, отказаться от рассылки, 수신거부, 구독 취소
""")

DOUBTFUL_LABELS = _phrases("""
    vote, vote now, vote here, cast your vote, yes, no, maybe, not sure, rsvp, rsvp now, rsvp yes
    rsvp no, rsvp here, i will attend, i'll be there, i'm going, count me in, i can't make it
    yes i'll attend, accept, decline, accept invitation
    abstimmen, jetzt abstimmen, ja, nein, zusagen, absagen, voter, je vote, oui, non
    votar, vota, vota ahora, sí, vota ora, sì, sim, não, stem, stem nu, rösta, nej
    zagłosuj, głosuj, tak, nie, hlasovat, hlasujte, ano, ne, 投票, 投票する, はい, いいえ
""")
