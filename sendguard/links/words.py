"""The words that tell a link's role, in the common languages."""

import re
import unicodedata
from functools import lru_cache

GENERIC = frozenset(
    """
    read more|read on|read article|read the article|read full article|read the full article
    read this|read it|read post|read the post|read story|read the story|read full story
    read the full story|read now|read here|read it here|read the rest|more|more info
    more information|learn more|find out more|see more|show more|view more|discover more|discover
    continue|continue reading|keep reading|full story|full article|full report|the full story
    go to article|go to the article|open article|view article|view post|view|view online article
    open|here|click|click here|click me|tap here|this|link|this link|details|see details
    view details|get started|go|go there|article|story|post|check it out|take a look|have a look
    have a read|explore|watch|watch now|listen|listen now|weiterlesen|mehr|mehr lesen
    mehr erfahren|jetzt lesen|zum artikel|artikel lesen|hier|hier klicken|hier lesen|weiter
    details ansehen|zum beitrag|ganzen artikel lesen|lesen|lire|lire la suite|lire l'article
    lire plus|en savoir plus|la suite|suite|ici|cliquez ici|voir|voir plus|plus|decouvrir
    continuer|leer|leer mas|leer articulo|leer el articulo|seguir leyendo|ver mas|mas informacion
    saber mas|aqui|haz clic aqui|haga clic aqui|ver|leggi|leggi tutto|leggi di piu|leggi l'articolo
    continua a leggere|scopri di piu|continua|qui|clicca qui|di piu|ler|ler mais|leia mais
    saiba mais|continuar lendo|continuar a ler|clique aqui|ver mais|mais|lees|lees meer
    lees verder|lees het artikel|meer lezen|meer|klik hier|bekijk|las mer|las vidare|las artikeln
    klicka har|har|mer|les mer|les hele saken|laes mere|laes artiklen|klik her|lue lisaa|czytaj
    czytaj wiecej|czytaj dalej|wiecej|kliknij tutaj|zobacz|zobacz wiecej|tutaj|cist dale|cist vice
    vice|cist|precist clanek|klikněte zde|читать|читать далее|читать дальше|подробнее|далее|здесь
    еще|ещё|читати далі
    続きを読む|もっと見る|詳しくはこちら|詳細はこちら|こちら|記事を読む|詳細
    阅读全文|阅读更多|了解更多|查看更多|點此|点击这里|閱讀更多
    자세히 보기|더 보기|더보기
    더 읽기|계속 읽기|전체 보기|อ่านต่อ|อ่านเพิ่มเติม|xem thêm
    đọc tiếp|baca selengkapnya|devamini oku|daha fazla|oku|اقرأ المزيد|קרא עוד
    """.replace("\n", "|").split("|")
)
GENERIC_FIRST = frozenset(
    """
    read get watch listen register download book buy order shop join sign view see learn discover
    explore try start start claim visit check reserve save apply rsvp subscribe listen play open
    take follow contact donate vote share support reply enter browse shop compare
    jetzt zum zur zu ansehen voir lire decouvrir commander acheter reserver telecharger ecouter
    regarder participer rejoindre profiter profitez decouvrez commandez reservez lisez ver leer
    comprar descubrir reservar descargar inscribirse apuntate leggi scopri acquista prenota scarica
    compra saiba veja baixe lees bekijk ontdek bestel koop schrijf meld las kop boka
    """.split()
)
READING = frozenset(
    """
    read reading article story post report weiterlesen lesen artikel beitrag lire l'article leer
    articulo leyendo leggi leggere l'articolo ler leia lees lezen las lasa vidare artikeln les laes
    artiklen lue czytaj czytac cist precist clanek читать читати 続きを読む 記事を読む 阅读全文
    阅读更多 閱讀更多 baca oku đọc
    """.split()
)
_OF_MAIL = (
    "(?:(?:the|our|this|my|all|any|these) )?(?:(?:future|marketing) )?"
    "(?:these|this|all|e-?mails?|newsletters?|mailings?|messages?|lists?|receiving|communications?)"
)
UNSUBSCRIBE = re.compile(
    r"\b(?:(?:safe)?unsub\w*|un[- ]subscri\w*|"
    rf"opt[ -]?(?:me )?out(?! of (?!{_OF_MAIL}))|sign (?:me )?off|remove me|"
    r"take me off|no longer (?:want|wish)|(?:don't|do not) want (?:to receive|these|this)|"
    r"stop (?:sending|receiving|emails)|no more emails|leave the list|keep me subscribed|"
    r"stay subscribed|cancel (?:my |your )?subscription|rather not get|"
    r"abmeld\w*|abzumelden|abbestell\w*|austragen|nicht mehr erhalten|vom verteiler|"
    r"desabonn\w*|desinscri\w*|ne plus recevoir|darse de baja|date de baja|baja aqui|^baja$|"
    r"no (?:desea|quiero) recibir|(?:cancelar|anular|eliminar) (?:la |mi )?suscripcion|"
    r"disiscri\w*|cancellami|cancellarti|annull\w* l'? ?iscrizione|non voglio piu ricevere|"
    r"cancelar (?:a )?(?:inscricao|subscricao|assinatura)|descadastr\w*|nao quero mais receber|"
    r"uitschrij\w*|uit te schrijven|afmeld\w*|af te melden|avsluta (?:din )?prenumeration\w*|"
    r"avregistrera|avanmal\w*|frameld\w*|avmeld\w*|peruuta tilaus|poistu listalta|wypis\w*|"
    r"zrezygnuj|rezygnuje z|odhlas\w*|zrusit odber|leiratkoz\w*|abonelik\w* (?:c[iı]k|iptal)\w*|"
    r"dezabon\w*|отпис\w*|відпис\w*|απεγγραφη|huy dang ky|berhenti berlangganan)\b|"
    r"配信停止|購読解除|購読を解除|メルマ[ガカ]解除|退订|退訂|取消订阅|구독 ?해지|수신 ?거부|"
    r"إلغاء الاشتراك|להסרה|הסר מ|ยกเลิกการสมัคร"
)
UNSUBSCRIBE_ADDRESS = re.compile(
    r"[/?&=](?:unsub\w*|opt[-_]?out|(?:cancel|stop|leave|remove)[-_]?(?:subscription|"
    r"newsletter|list|"
    r"emails|me)|signoff|abmeld\w*|abbestell\w*|austrag\w*|k(?:ü|ue)ndigen|desabonn[\w-]*|"
    r"desinscri\w*|bajas?|dar(?:me|se)?-de-baja|date-de-baja|(?:cancelar|anular)-(?:la-)?suscripcion|"
    r"cancellazione|cancellati|disiscri\w*|descadastr[\w-]*|cancelar-assinatura|uitschrij\w*|"
    r"afmeld\w*|opzeggen|avsluta-prenumeration|avanmal\w*|frameld\w*|avmeld\w*|meld-av|"
    r"peruuta(?:-tilaus)?|wypis\w*|zrezygnuj|zrusit-odber|odhlas\w*|leiratkoz\w*|abonelikten-cik|"
    r"dezabon\w*|otpis\w*|отпис\w*)(?=[/?&=;.#]|$)",
    re.IGNORECASE,
)
PREFERENCES = re.compile(
    r"\b(?:(?:manage|update|change|edit|your|email|mail|my) (?:\w+ )?(?:preferences|"
    r"subscriptions?|settings|profile)|subscription (?:settings|preferences)|"
    r"preference cent(?:er|re)|einstellungen|profil (?:andern|bearbeiten)|preferences|"
    r"preferencias|preferenze|voorkeuren|installningar)\b"
)
WEB_VERSION = re.compile(
    r"\b(?:(?:view|read|open|see|display) (?:\w+ ){0,4}(?:in|on) (?:\w+ )?(?:browser|web|"
    r"website)|(?:view|read|see) (?:it |this |the \w+ )?online|web ?version|browser(?:version|"
    r"ansicht)|im browser|online(?:version| ansehen| lesen)|version en ligne|voir en ligne|"
    r"(?:dans|en) (?:votre|el|su|tu) (?:navigateur|navegador)|nel (?:tuo )?browser|"
    r"no (?:seu )?navegador|in (?:je|uw) browser|i (?:din )?webblasare\w*)\b"
)
SERVICE_WORDS = frozenset(
    """
    unsubscribe opt out opt-out manage update change edit your my email mail preferences
    subscription subscriptions settings profile view read open see this the newsletter message in on
    browser web
    online version here click to from list all emails abmelden abbestellen hier vom
    einstellungen se desabonner ici afmelden uitschrijven darse de baja preferencias
    """.split()
)
LEGAL = re.compile(
    r"^(?:privacy|privacy (?:policy|notice|statement)|terms(?: (?:of|and|&) \w+)*|"
    r"legal(?: notice)?|cookie(?:s| policy)?|imprint|impressum|datenschutz\w*|agb|"
    r"mentions legales|confidentialite|aviso legal|politica de privacidad|privacidad|"
    r"note legali|informativa privacy|privacybeleid|copyright.*|contact(?: us)?|kontakt|"
    r"about(?: us)?|help|support|faq|home|homepage|website|advertise(?: with us)?|"
    r"forward(?: to a friend)?|share|tweet|subscribe|sign up|abonnieren|archive|archives|"
    r"past issues|all issues)$"
)
NETWORKS = re.compile(
    r"\b(?:facebook|twitter|x|linkedin|instagram|youtube|tiktok|pinterest|mastodon|bluesky|"
    r"threads|whatsapp|telegram|github|rss|vimeo|snapchat|reddit|discord|slack|xing|medium|"
    r"tumblr|flickr|dribbble|behance|soundcloud|spotify|google\+?)\b"
)
SOCIAL_HOSTS = frozenset(
    """
    facebook.com fb.com twitter.com x.com linkedin.com instagram.com youtube.com tiktok.com
    pinterest.com t.me bsky.app threads.net threads.com mastodon.social wa.me whatsapp.com
    snapchat.com tumblr.com flickr.com vimeo.com plus.google.com xing.com dribbble.com behance.net
    api.whatsapp.com fosstodon.org hachyderm.io discord.gg
    """.split()
)


@lru_cache(4_096)
def plain(label: str) -> str:
    """A label for comparing: lower case, no accents, no arrows or punctuation around it."""
    if label.isascii():
        return " ".join(label.lower().strip(_AROUND).split())
    letters = unicodedata.normalize("NFKD", label.casefold().replace("’", "'"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", bare).strip(_AROUND).split())


def is_generic(label: str) -> bool:
    """Does the label say nothing of what it opens ("Read more", "→", "hier")?"""
    text = plain(label)
    if len(text) <= _LONGEST_GENERIC and text.endswith(_GENERIC_AT_THE_END):
        return True
    return text in _GENERIC_PLAIN or not any(map(str.isalnum, text))


def promises_reading(label: str) -> bool:
    """Does a label that says little say at least that there is an article ("Read more")?"""
    return not _OF_READING.isdisjoint(plain(label).split())


def is_call(label: str) -> bool:
    """Is it a call to act ("Get the guide"), which seldom is the title of what it opens?"""
    text = plain(label)
    words = text.split()
    if len(text) <= _LONGEST_CALL and text.endswith(_CALLS_AT_THE_END):
        return True
    if _FIRST_PERSON.match(text):
        return True
    return len(words) <= 5 and bool(words) and words[0] in GENERIC_FIRST


_LONGEST_GENERIC, _LONGEST_CALL = 8, 15  # characters of a script without spaces
_GENERIC_AT_THE_END = ("こちら", "を見る", "を読む")
_CALLS_AT_THE_END = (*_GENERIC_AT_THE_END, "する", "查看", "阅读", "报名", "보기", "하기")
_FIRST_PERSON = re.compile(
    r"(?:(?:ok|okay|yes|sure)\b,? )?(?:let me|i want|i'd|take me|show me|sign me)\b"
)
_AROUND = " \t\n.,:;!?…()[]{}<>«»‹›“”\"'|*_-–—→➔➜➤►▶▸⟶»›>↗⇒👉➡️\u00a0\ufe0f"
_OF_READING = frozenset(plain(word) for word in READING)
_GENERIC_PLAIN = frozenset(plain(word) for word in GENERIC)
