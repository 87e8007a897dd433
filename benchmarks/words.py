"""The words of the synthetic library: phrases in three languages and two scripts that combine to plausible sentences.

The texts look like procedures and mean nothing: nobody should act on them.
"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("mk", "sq", "en")
"""The default language first, as in the library's own mkdocs.yml."""
SOURCE_LANGUAGE = "en"


@dataclass(frozen=True)
class Words:
    """Phrases of one language. A sentence is: condition, actor action place purpose."""

    name: str
    site: str
    conditions: tuple[str, ...]
    actions: tuple[str, ...]
    places: tuple[str, ...]
    purposes: tuple[str, ...]
    nouns: tuple[str, ...]
    roles: dict[str, str]
    limits: dict[str, str]
    terms: dict[str, str]
    within: str
    under: str
    means: str
    uses: str
    see: str
    article: str
    form: str
    law: str
    headings: dict[str, str]


ENGLISH = Words(
    name="English",
    site="Library",
    conditions=(
        "When the person arrives alone",
        "If there is any doubt about the age",
        "Before the first interview begins",
        "After the immediate danger has passed",
        "Where no interpreter can be found",
        "When another service has already been informed",
        "If the person asks for time to think",
        "As soon as the documents have been checked",
        "While the family is still being traced",
        "Once the shelter has confirmed a place",
    ),
    actions=(
        "explains calmly what happens next",
        "writes down only what the step needs",
        "calls the duty officer of the centre",
        "offers water, food and a quiet room",
        "checks whether a guardian was appointed",
        "hands over the file in a closed envelope",
        "asks open questions and does not press",
        "records the consent in plain language",
        "arranges transport that nobody can follow",
        "looks for visible injuries without touching",
        "informs the prosecutor by secure mail",
        "repeats the main points in the person's own words",
        "keeps the belongings together and lists them",
        "invites a doctor of the sex that the person prefers",
    ),
    places=(
        "at the border crossing",
        "in a separate room",
        "at the transit centre",
        "outside the hearing of others",
        "in the nearest health centre",
        "at the place of work",
        "in the office of the mobile team",
        "by telephone when travel is not possible",
    ),
    purposes=(
        "so that nobody has to tell the story twice",
        "because safety comes before every other task",
        "and notes the time and the names of those present",
        "so that help does not depend on a statement",
        "and says which help is available tonight",
        "because a wrong decision here is hard to correct",
        "and keeps a copy for the next service",
        "so that the person can change their mind later",
        "and asks whether everything was understood",
    ),
    nouns=(
        "arrival",
        "first contact",
        "interview",
        "protection",
        "handover",
        "consent",
        "records",
        "transport",
        "medical help",
        "safe housing",
    ),
    roles={
        "border-police": "the border police",
        "mobile-team": "the mobile team",
        "social-work-centre": "the centre for social work",
        "labour-inspectorate": "the labour inspectorate",
        "health-worker": "the health worker",
        "guardian": "the guardian",
        "interpreter": "the interpreter",
        "coordination-office": "the coordination office",
    },
    limits={
        "reflection": "at least 30 days",
        "first-report": "at most 24 hours",
        "guardian-named": "at most 3 days",
        "medical-check": "at most 48 hours",
        "case-review": "at most 6 months",
    },
    terms={
        "victim": "victim of trafficking",
        "potential-victim": "potential victim",
        "referral": "referral",
        "informed-consent": "informed consent",
        "best-interests": "best interests of the child",
        "safe-house": "safe house",
        "risk-assessment": "risk assessment",
        "exploitation": "exploitation",
    },
    within="This must be done within",
    under="The legal basis is",
    means="Here the term in question is",
    uses="Everything is recorded on",
    see="What follows is described in",
    article="Article {number}",
    form="the first contact form",
    law="Model Protection Act",
    headings={
        "roles": "Roles",
        "limits": "Time limits",
        "terms": "Terms",
        "sources": "Sources",
        "step": "Step",
        "measure": "Measures at",
    },
)

ALBANIAN = Words(
    name="Shqip",
    site="Biblioteka",
    conditions=(
        "Kur personi arrin i vetëm",
        "Nëse ka dyshim për moshën",
        "Para se të fillojë intervista e parë",
        "Pasi të ketë kaluar rreziku i menjëhershëm",
        "Kur nuk mund të gjendet përkthyes",
        "Kur një shërbim tjetër është njoftuar më parë",
        "Nëse personi kërkon kohë për të menduar",
        "Sapo të jenë kontrolluar dokumentet",
        "Derisa familja ende po kërkohet",
        "Pasi strehimorja ta ketë konfirmuar vendin",
    ),
    actions=(
        "shpjegon me qetësi çfarë ndodh më tej",
        "shënon vetëm atë që i duhet hapit",
        "thërret personin kujdestar të qendrës",
        "ofron ujë, ushqim dhe një dhomë të qetë",
        "kontrollon nëse është caktuar kujdestar",
        "dorëzon dosjen në zarf të mbyllur",
        "bën pyetje të hapura dhe nuk ushtron presion",
        "regjistron pëlqimin me gjuhë të thjeshtë",
        "organizon transport që askush nuk mund ta ndjekë",
        "vëren lëndimet e dukshme pa prekur",
        "njofton prokurorin me postë të sigurt",
        "përsërit pikat kryesore me fjalët e vetë personit",
        "i mban sendet personale bashkë dhe i rendit",
        "fton mjek të gjinisë që personi e parapëlqen",
    ),
    places=(
        "në vendkalimin kufitar",
        "në një dhomë të veçantë",
        "në qendrën tranzite",
        "larg veshëve të të tjerëve",
        "në qendrën shëndetësore më të afërt",
        "në vendin e punës",
        "në zyrën e ekipit mobil",
        "me telefon kur udhëtimi nuk është i mundur",
    ),
    purposes=(
        "që askush të mos e tregojë historinë dy herë",
        "sepse siguria vjen para çdo detyre tjetër",
        "dhe shënon kohën dhe emrat e të pranishmëve",
        "që ndihma të mos varet nga një deklaratë",
        "dhe tregon cila ndihmë është e mundshme sonte",
        "sepse vendimi i gabuar këtu vështirë ndreqet",
        "dhe ruan një kopje për shërbimin e radhës",
        "që personi të mund të ndryshojë mendim më vonë",
        "dhe pyet nëse çdo gjë është kuptuar",
    ),
    nouns=(
        "arritjes",
        "kontaktit të parë",
        "intervistës",
        "mbrojtjes",
        "dorëzimit",
        "pëlqimit",
        "shënimeve",
        "transportit",
        "ndihmës mjekësore",
        "strehimit të sigurt",
    ),
    roles={
        "border-police": "policia kufitare",
        "mobile-team": "ekipi mobil",
        "social-work-centre": "qendra për punë sociale",
        "labour-inspectorate": "inspektorati i punës",
        "health-worker": "punonjësi shëndetësor",
        "guardian": "kujdestari",
        "interpreter": "përkthyesi",
        "coordination-office": "zyra e koordinimit",
    },
    limits={
        "reflection": "së paku 30 ditë",
        "first-report": "më së shumti 24 orë",
        "guardian-named": "më së shumti 3 ditë",
        "medical-check": "më së shumti 48 orë",
        "case-review": "më së shumti 6 muaj",
    },
    terms={
        "victim": "viktimë e trafikimit",
        "potential-victim": "viktimë e mundshme",
        "referral": "referim",
        "informed-consent": "pëlqim i informuar",
        "best-interests": "interesi më i mirë i fëmijës",
        "safe-house": "shtëpi e sigurt",
        "risk-assessment": "vlerësim i rrezikut",
        "exploitation": "shfrytëzim",
    },
    within="Kjo duhet të kryhet brenda afatit",
    under="Baza ligjore është",
    means="Këtu termi përkatës është",
    uses="Gjithçka regjistrohet në",
    see="Vazhdimi përshkruhet në",
    article="Neni {number}",
    form="formularin e kontaktit të parë",
    law="Ligji model për mbrojtje",
    headings={
        "roles": "Rolet",
        "limits": "Afatet",
        "terms": "Termat",
        "sources": "Burimet",
        "step": "Hapi",
        "measure": "Masat gjatë",
    },
)

MACEDONIAN = Words(
    name="Македонски",
    site="Библиотека",
    conditions=(
        "Кога лицето пристигнува само",
        "Ако постои сомневање за возраста",
        "Пред да започне првиот разговор",
        "Откако ќе помине непосредната опасност",
        "Кога не може да се најде преведувач",
        "Кога друга служба веќе била известена",
        "Ако лицето побара време за размислување",
        "Штом ќе се проверат документите",
        "Додека семејството сѐ уште се бара",
        "Откако прифатилиштето ќе потврди место",
    ),
    actions=(
        "мирно објаснува што следува понатаму",
        "го запишува само она што е потребно за чекорот",
        "го повикува дежурното лице во центарот",
        "нуди вода, храна и тивка просторија",
        "проверува дали е назначен старател",
        "го предава предметот во затворен плик",
        "поставува отворени прашања и не врши притисок",
        "ја евидентира согласноста со едноставни зборови",
        "обезбедува превоз што никој не може да го следи",
        "ги забележува видливите повреди без допирање",
        "го известува обвинителот преку безбедна пошта",
        "ги повторува главните точки со зборовите на лицето",
        "ги чува личните предмети заедно и ги попишува",
        "повикува лекар од полот што го избира лицето",
    ),
    places=(
        "на граничниот премин",
        "во посебна просторија",
        "во транзитниот центар",
        "подалеку од слухот на другите",
        "во најблиската здравствена установа",
        "на работното место",
        "во канцеларијата на мобилниот тим",
        "по телефон кога патувањето не е можно",
    ),
    purposes=(
        "за никој да не мора двапати да ја раскажува приказната",
        "бидејќи безбедноста е пред секоја друга задача",
        "и ги запишува времето и имињата на присутните",
        "за помошта да не зависи од изјавата",
        "и кажува која помош е достапна вечерва",
        "бидејќи погрешна одлука тука тешко се исправа",
        "и чува копија за следната служба",
        "за лицето подоцна да може да се премисли",
        "и прашува дали сè е разбрано",
    ),
    nouns=(
        "пристигнување",
        "прв контакт",
        "разговор",
        "заштита",
        "предавање",
        "согласност",
        "евиденција",
        "превоз",
        "медицинска помош",
        "безбедно сместување",
    ),
    roles={
        "border-police": "граничната полиција",
        "mobile-team": "мобилниот тим",
        "social-work-centre": "центарот за социјална работа",
        "labour-inspectorate": "инспекторатот за труд",
        "health-worker": "здравствениот работник",
        "guardian": "старателот",
        "interpreter": "преведувачот",
        "coordination-office": "канцеларијата за координација",
    },
    limits={
        "reflection": "најмалку 30 дена",
        "first-report": "најмногу 24 часа",
        "guardian-named": "најмногу 3 дена",
        "medical-check": "најмногу 48 часа",
        "case-review": "најмногу 6 месеци",
    },
    terms={
        "victim": "жртва на трговија со луѓе",
        "potential-victim": "потенцијална жртва",
        "referral": "упатување",
        "informed-consent": "информирана согласност",
        "best-interests": "најдобар интерес на детето",
        "safe-house": "безбедна куќа",
        "risk-assessment": "проценка на ризик",
        "exploitation": "експлоатација",
    },
    within="Ова мора да се направи во рок од",
    under="Правната основа е",
    means="Тука станува збор за поимот",
    uses="Сè се запишува во",
    see="Продолжението е опишано во",
    article="Член {number}",
    form="образецот за прв контакт",
    law="Модел-закон за заштита",
    headings={
        "roles": "Улоги",
        "limits": "Рокови",
        "terms": "Поими",
        "sources": "Извори",
        "step": "Чекор",
        "measure": "Мерки при",
    },
)

WORDS = {"mk": MACEDONIAN, "sq": ALBANIAN, "en": ENGLISH}

DURATIONS = {
    "reflection": ("P30D", "at-least"),
    "first-report": ("PT24H", "at-most"),
    "guardian-named": ("P3D", "at-most"),
    "medical-check": ("PT48H", "at-most"),
    "case-review": ("P6M", "at-most"),
}
"""ISO 8601 duration and bound of each limit."""
