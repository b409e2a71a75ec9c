"""The words by which an address shows that it acts, in the common languages."""

import re
import unicodedata

_NO_WORD = re.compile(r"[\W_]+")
_UNSEEN = re.compile(
    "[\\0-\\x08\\x0e-\\x1f\\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)


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


# Each of these acts wherever it is the whole of a path segment, of a parameter or of a host.
SURE = _set("""
    unsubscribe unsubscribed unsubscribes unsubscribeme unsub unsubs unsubscription
    listunsubscribe emailunsubscribe oneclickunsubscribe optout rsvp
    preferences prefs preferencecenter preferencecentre managesubscription managesubscriptions
    subscriptioncenter subscriptionmanagement managepreferences emailpreferences
    updatepreferences emailsettings notificationsettings
    logout signout logoff addtocart addtobasket
    abmelden abmeldung newsletterabmeldung austragen abbestellen abbestellung ausloggen
    newslettereinstellungen
    désabonnement désabonner désinscription désinscrire sedésabonner sedésinscrire déconnexion
    desuscribir desuscribirse desuscripción darsedebaja darmedebaja bajanewsletter
    cancelarsuscripción anularsuscripción cerrarsesión
    disiscriviti disiscrizione disiscrivi cancellaiscrizione annullaiscrizione
    descadastrar descadastro cancelarinscrição cancelarsubscrição anularsubscrição
    cancelarassinatura
    afmelden uitschrijven uitschrijving uitloggen
    avregistrera avregistrering avprenumerera avsluta avslutaprenumeration avanmäl loggaut
    afmeld afmelding frameld avmeld avmelding meldav logud loggut peruutatilaus
    wypisz wypiszsię wypiszsie rezygnacja anulujsubskrypcję anulujsubskrypcje wyloguj
    odhlásit odhlášení odhlásitodběr zrušitodběr odjava odjavi odjavise leiratkozás leiratkozom
    отписаться отписка otpisatsya otpiska
    aboneliktençık aboneliktencik abonelikiptal abonelikiptali aboneliğiiptalet bültendençık
    dezabonare dezabonează dezaboneazămă відписатися відписка відписатись απεγγραφή отписване
    berhentiberlangganan huyđăngký hủyđăngký huydangky hủyđk atsisakyti odjavitise
    إلغاءالاشتراك إلغاء_الاشتراك ביטולמנוי הסרהמרשימה הסרהמרשימתתפוצה ยกเลิกการสมัคร
    配信停止 購読解除 配信解除 登録解除 退会 ログアウト
    取消订阅 取消訂閱 退订 退訂 退出登录 수신거부
""")

# These act when something right behind them tells whom or what they are about.
DOUBTFUL = _set("""
    confirm confirmation confirmed confirmemail verify verification verifyemail validate
    activate activation vote voting attend attending accept decline optin doubleoptin oneclick
    magiclink resetpassword passwordreset approve approval reject deny deleteaccount
    delete deletion erase cancel cancellation pay thumbs dislike
    bestätigen bestaetigen bestätigung bestaetigung anmeldungbestätigen abstimmen zusagen absagen
    kündigen kuendigen stornieren löschen loeschen freischalten aktivieren bezahlen
    confirmer valider activer annuler supprimer payer
    confirmar votar activar verificar anular cancelar eliminar pagar baja
    conferma confermare vota votare attiva attivare annulla elimina paga
    ativar excluir remover
    bevestig bevestigen stemmen activeren verwijder verwijderen annuleren betalen
    bekräfta bekræft bekreft rösta stemme aktivera aktiver radera slet slett betala betal
    potwierdź potwierdz potwierdzenie głosuj glosuj zagłosuj zaglosuj aktywuj usuń usun anuluj
    zapłać zaplac
    potvrdit potvrzení hlasovat hlasuj aktivovat smazat zrušit zaplatit
    отменить отмена скасувати cancelamento sair הסרה
    подтвердить подтверждение podtverdit голосовать проголосовать активировать удалить оплатить
    onayla doğrula oyver oykullan etkinleştir iptal öde
    確認 認証 投票 削除 有効化
    确认 验证 激活 删除 支付 投票
""") - {"ode"}

# Pages of everyone as well; these act beside what stands for one person.
SOFT = _set("""
    poll polls survey surveys nps rate rating feedback votes voter reaction reactions magic
    manage subscription subscriptions respond reply stem verifica
    abstimmung umfrage umfragen sondage encuesta sondaggio enquete pesquisa votazione votación
    enquête omröstning afstemning avstemning ankieta głosowanie glosowanie hlasování anketa
    опрос голосование anket oylama アンケート 调查 問卷
""")

# These act where a parameter says for whom.
ANSWERS = _set("answer answers like response antwort réponse respuesta risposta resposta")
PROFILES = _set("profile profil perfil profilo profiel")

# A step in a purchase that a mere look may take.
PURCHASES = _set("""
    cart basket bag checkout order orders buy purchase shoppingcart warenkorb kasse panier carrito
    cesta carrello carrinho winkelwagen winkelmand varukorg kurv handlekurv koszyk košík корзина
    sepet カート 购物车
""")
STEPS = _set("""
    add remove update confirm place submit complete hinzufügen hinzufuegen ajouter añadir agregar
    aggiungi adicionar toevoegen dodaj přidat добавить ekle 追加 添加
""")

# A login that is filled in already.
LOGINS = _set("""
    login signin logon sso auth session einloggen connexion acceso accesso entrar inloggen
    zaloguj přihlášení вход giriş ログイン 登录
""")
TICKET_NAMES = _set("token t key k code otp ticket hash sig signature magic jwt authtoken")

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
    se de du la le der die das inscription inscripción inscrição iscrizione anmeldung aanmelding
    prenumeration subskrypcję subskrypcje odběr рассылка рассылки bülten üyelik
""")

# A word right behind one of these is what a page is about, not what it does.
ABOUT = _set("""
    tag tags topic topics category categories wiki glossary dictionary docs help blog
    articles article kb define definition thema themen lexikon glossar nachrichten artikel
    noticias noticia actualités articoli notizie artigos notícias nieuws nyheter artykuly
    články novinky новости haberler ニュース 新闻
""")

# Parameters whose value says what to do.
VERB_NAMES = _set("action act do op cmd task mode type method event a m page p view route r")

# Parameters whose value is what somebody looks for or reads about.
SEARCHES = _set("""
    q s k query search searchtext term terms text keyword keywords topic topics tag tags category
    cat title subject article slug name suche busca buscar recherche cerca zoek sok szukaj
""")

# Parameters that say whom.
WHO_NAMES = _set("""
    id uid uuid token t email e mail sid key hash h code user subscriber u s k c cid mid rid
    recipient contact voter member person
""")
