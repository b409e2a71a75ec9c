"""The labels of links that act, whole, in the common languages."""

import re

from sendguard.visit.acting_words import folded


def _phrases(text: str) -> frozenset[str]:
    return frozenset(folded(phrase) for phrase in text.replace("\n", ",").split(",")) - {""}


def _any_of(text: str) -> str:
    return "|".join(sorted(_phrases(text), key=len, reverse=True))


# Whatever the address: nothing else is ever called so.
SURE_LABELS = _phrases("""
    unsubscribe, unsubscribe me, click to unsubscribe, unsubscribe instantly
    unsubscribe from this list, unsubscribe from this newsletter, unsubscribe from these emails
    unsubscribe from all emails, unsubscribe from this email, unsubscribe from all, safe unsubscribe
    safeunsubscribe, one click unsubscribe, instantly unsubscribe, opt out, opt me out
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
    confirm my email, confirm your registration, confirm registration
    yes subscribe me to this list, verify email, verify your email, verify your email address
    verify email address, verify my email, activate account, activate your account
    activate my account, log out, sign out, delete account, delete my account
    delete your account, cancel my account, reset password, reset your password
    reset my password, keep me subscribed, stay subscribed, yes keep me on the list

    abmelden, newsletter abmelden, vom newsletter abmelden, abbestellen, austragen
    newsletter abbestellen, sich abzumelden, abonnement verwalten, aus dem verteiler austragen
    einstellungen verwalten, e-mail-einstellungen, profil aktualisieren, anmeldung bestätigen
    e-mail-adresse bestätigen, e-mail bestätigen, bestätigen, newsletter-anmeldung bestätigen
    konto löschen, konto aktivieren, passwort zurücksetzen, ausloggen

    se désabonner, se désinscrire, me désabonner, me désinscrire, désabonnement, désinscription
    se désabonner de cette liste, vous désabonner, vous désinscrire, désabonnez-vous
    gérer mes préférences, gérer vos préférences, gérer mon abonnement, modifier mes préférences
    confirmer, confirmer mon inscription, confirmer votre inscription, confirmer mon adresse
    confirmer mon adresse e-mail, activer mon compte, supprimer mon compte, se déconnecter
    je me désabonne, je me désinscris

    darse de baja, darme de baja, date de baja, cancelar suscripción, cancelar la suscripción
    cancelar mi suscripción, anular suscripción, anular la suscripción, desuscribirse
    darte de baja, desuscribirme, desuscribir, gestionar preferencias, preferencias
    actualizar preferencias
    confirmar, confirmar suscripción, confirmar mi suscripción, confirmar correo
    confirmar mi correo, activar mi cuenta, eliminar mi cuenta, cerrar sesión

    annulla iscrizione, annulla l'iscrizione, cancella iscrizione, cancellati, disiscriviti
    cancellarti, disiscriverti, annullare l'iscrizione
    disiscrizione, cancella l'iscrizione, cancella la mia iscrizione, disiscrivimi
    gestisci preferenze, gestisci le preferenze, aggiorna preferenze, modifica preferenze
    conferma, conferma iscrizione, conferma l'iscrizione, conferma la tua iscrizione
    conferma email, attiva account, attiva il tuo account, elimina il mio account

    cancelar inscrição, cancelar subscrição, cancelar a inscrição, cancelar a subscrição
    anular subscrição, anular a subscrição, cancelar assinatura, cancelar a assinatura
    descadastrar, descadastre-se, remover inscrição, sair da lista, não quero mais receber
    gerir preferências, gerenciar preferências, confirmar inscrição, confirmar subscrição
    confirmar e-mail, confirmar o e-mail, ativar conta, ativar a minha conta

    afmelden, uitschrijven, schrijf je uit, schrijf mij uit, meld je af, meld mij af
    je af te melden, je uit te schrijven, af te melden, uit te schrijven
    afmelden voor deze nieuwsbrief, uitschrijven voor deze nieuwsbrief, nieuwsbrief opzeggen
    voorkeuren, voorkeuren beheren, voorkeuren wijzigen, bevestigen, bevestig je inschrijving
    bevestig inschrijving, bevestig je aanmelding, bevestig je e-mailadres, activeer je account

    avregistrera, avregistrera dig, avsluta prenumeration, avsluta prenumerationen
    avprenumerera, avanmäl dig, hantera inställningar, hantera prenumeration, bekräfta
    bekräfta prenumeration, bekräfta din prenumeration, bekräfta e-post
    meld av, meld deg av, avmeld, avmeld nyhetsbrev, meld meg av, bekreft, bekreft påmelding
    afmeld, afmeld nyhedsbrev, afmeld dig, frameld, frameld nyhedsbrev, bekræft
    bekræft tilmelding, administrer indstillinger, peruuta tilaus, peru tilaus, vahvista tilaus

    wypisz się, wypisz mnie, wypisz się z newslettera, zrezygnuj, zrezygnuj z subskrypcji
    zrezygnować, wypisać się, anulować subskrypcję
    anuluj subskrypcję, rezygnuję, zarządzaj preferencjami, zarządzaj subskrypcją
    potwierdź, potwierdź subskrypcję, potwierdź zapis, potwierdź adres e-mail, aktywuj konto

    odhlásit, odhlásit se, odhlásit odběr, odhlásit z odběru, odhlásit se z odběru, odhlášení
    zrušit odběr, nastavení odběru, potvrdit, potvrdit odběr, potvrdit e-mail, potvrdit přihlášení
    aktivovat účet, leiratkozás, leiratkozom

    отписаться, отписаться от рассылки, отписка, отказаться от рассылки, отменить подписку
    управление подпиской, настройки подписки, настроить рассылку, подтвердить
    подтвердить подписку, подтвердить адрес, подтвердить email, активировать аккаунт

    abonelikten çık, abonelikten çıkın, aboneliği iptal et, aboneliğimi iptal et, listeden çık
    üyelikten çık, bülten aboneliğinden çık, tercihleri yönet, tercihleri güncelle
    tercihlerimi yönet, onayla, aboneliği onayla, aboneliğimi onayla, e-postayı doğrula
    hesabı etkinleştir

    配信停止, 配信を停止, 配信停止手続き, メール配信停止, メール配信を停止, メルマガ解除
    メルマガ配信停止, 購読解除, 購読を解除, 登録解除, 登録を解除, 退会, 退会手続き
    配信設定, 配信設定を変更, 設定を変更, 登録を確認, 登録を確定, メールアドレスを確認
    アカウントを有効化
    取消订阅, 取消訂閱, 退订, 退訂, 退订邮件, 退订此邮件, 不再接收, 管理订阅, 管理訂閱
    订阅设置, 确认订阅, 確認訂閱, 确认邮箱, 验证邮箱, 驗證電子郵件, 激活账户, 激活账号
    수신거부, 구독 취소, 구독 해지
""")

# Where the address is neither an article's nor a mere front page.
DOUBTFUL_LABELS = _phrases("""
    vote, cast your vote, vote yes, vote no, yes, no, maybe, not sure, rsvp, rsvp yes, rsvp no
    i will attend, i'll be there, i'm going, i'm in, count me in, i can't make it, can't make it
    yes i'll attend, yes i'm coming, accept, decline, accept invitation, decline invitation
    abstimmen, ja, nein, zusagen, absagen, vielleicht, stimme abgeben, ich bin dabei, teilnehmen
    voter, je vote, oui, non, peut-être, je participe, je viens, accepter, refuser
    votar, vota, sí, quizás, tal vez, asistiré, aceptar, rechazar, voy a ir
    sì, forse, parteciperò, ci sarò, accetta, rifiuta
    sim, não, talvez, vou participar, aceitar, recusar, vote já
    stem, stemmen, nee, misschien, ik kom, ik ben erbij, accepteren, weigeren
    rösta, rösta här, nej, kanske, jag kommer, stem her, nei, kanskje, jeg kommer, måske, deltager
    zagłosuj, głosuj, oddaj głos, tak, nie, może, przyjdę, akceptuj, odrzuć
    hlasovat, hlasujte, hlasuj, ano, ne, možná, přijdu, přijmout, odmítnout
    голосовать, проголосовать, голосуй, да, нет, может быть, я приду, принять, отклонить
    oy ver, oy kullan, evet, hayır, belki, katılacağım, kabul et, reddet
    投票, 投票する, はい, いいえ, 参加する, 参加します, 不参加, 欠席, 出席
    是, 否, 参加, 接受, 拒绝, 我要投票, 立即投票, 点击投票
""")

# Where the address could stand for one person besides.
REACTIONS = _phrases("""
    love it, loved it, i loved it, i love it, like, liked it, i liked it, dislike, hated it
    great, great job, good, very good, ok, okay, it was ok, it was okay, meh, so so, not great
    not good, not so good, bad, very bad, terrible, awful, awesome, amazing, excellent, poor, fair
    nice, perfect, fantastic, average, needs work, could be better, boring, helpful, not helpful
    very helpful, useful, not useful, thumbs up, thumbs down, happy, unhappy, neutral, satisfied
    very satisfied, dissatisfied, very dissatisfied, likely, unlikely, very likely, very unlikely
    more like this, less like this, agree, disagree, strongly agree, strongly disagree
    super, gut, sehr gut, geht so, na ja, schlecht, mies, gefällt mir, gefällt mir nicht, hilfreich
    nicht hilfreich, j'adore, j'aime, bien, très bien, moyen, pas mal, mauvais, bof, utile, inutile
    me encanta, me gusta, no me gusta, bueno, muy bueno, regular, malo, útil, no útil
    mi piace, non mi piace, buono, ottimo, così così, pessimo, lo adoro, adorei, gostei
    não gostei, bom, muito bom, mais ou menos, ruim, mau, goed, heel goed, matig, slecht, leuk
    niet leuk, bra, mycket bra, sådär, dåligt, gillar, godt, dårligt, dårlig, elsker det
    świetnie, dobrze, średnio, źle, super robota, podoba mi się, skvěle, dobré, špatné, líbí se mi
    отлично, хорошо, нормально, плохо, нравится, не нравится, harika, iyi, idare eder, kötü
    beğendim, beğenmedim, 良い, とても良い, 普通, 悪い, いいね, よかった, 面白い, つまらない
    很好, 好, 一般, 不好, 差, 喜欢, 不喜欢, 非常满意, 满意, 不满意
""")

LEADS_IN = re.compile(
    "(?:"
    + _any_of("""
    please, click here to, click to, tap here to, tap to, you can, hier klicken um
    klicken sie hier um, jetzt, hier, cliquez ici pour, cliquer ici pour
    haz clic aquí para, haga clic aquí para
    pulsa aquí para, clicca qui per, clique aqui para, klik hier om, klicka här för att
    klik her for at, klikk her for å, kliknij tutaj aby, kliknij aby, klikněte zde pro
    нажмите здесь чтобы, нажмите чтобы, şimdi
    """)
    + ") "
)
LEADS_OUT = re.compile(
    "(?: (?:"
    + _any_of("""
    here, now, today, instantly, please, hier, jetzt, ici, maintenant, aquí, ahora, qui, ora, adesso
    aqui, agora, nu, här, her, nå, tutaj, teraz, zde, nyní, здесь, сейчас, buradan, şimdi
    """)
    + ")|はこちら(?:から)?|こちら|する|します|点击这里|点击此处|请点击这里)$"
)
