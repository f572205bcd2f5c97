"""What a consent says until the school words it otherwise (D13; domain notes § 5.1).

The contents are those of part 4 of article 9 and of article 10.1 of the law on personal data, and
of article 152.1 of the Civil Code. Words in use are stored as versions and never change here.
"""

from django.db import models


class Purpose(models.TextChoices):
    """What is consented to. Each has a paper of its own: domain notes § 0.5."""

    PROCESSING = "processing", "обработка персональных данных"
    PARTICIPATION = "participation", "участие в программе наставничества"
    DISTRIBUTION = "distribution", "распространение персональных данных на сайте"
    IMAGE = "image", "использование изображения"


# Heads of columns.
SHORT = {
    Purpose.PROCESSING: "Обработка данных",
    Purpose.PARTICIPATION: "Участие",
    Purpose.DISTRIBUTION: "Распространение",
    Purpose.IMAGE: "Изображение",
}

# «нет согласия на …»
TO_WHAT = {
    Purpose.PROCESSING: "на обработку персональных данных",
    Purpose.PARTICIPATION: "на участие в программе наставничества",
    Purpose.DISTRIBUTION: "на распространение персональных данных",
    Purpose.IMAGE: "на использование изображения",
}

# What may be published by a consent of article 10.1, each allowed by a tick of its own.
CATEGORIES = {
    "name": "фамилия, имя, отчество",
    "class": "класс или должность",
    "photo": "фотография, видеозапись",
    "results": "достижения и результаты участия в программе",
    "story": "рассказ о работе пары",
}

# The parts of a text that a school words; «data» and «actions» are listed in the paper as typed.
PARTS = ("goal", "data", "actions", "processor", "term", "withdrawal")

_WITHDRAWAL = (
    "Согласие отзывается письменным заявлением, которое подается в организацию лично или "
    "направляется по ее адресу."
)
_ACTIONS = (
    "сбор, запись, систематизация, накопление, хранение, уточнение (обновление, изменение), "
    "извлечение, использование, блокирование, удаление, уничтожение с использованием средств "
    "автоматизации и без использования таких средств"
)
_TERM = "Согласие действует до окончания участия в программе наставничества либо до его отзыва."

DEFAULTS: dict[str, dict[str, str]] = {
    Purpose.PROCESSING: {
        "goal": "организация и проведение программы наставничества в образовательной организации",
        "data": "фамилия, имя, отчество; пол; дата рождения; класс или должность; контактные "
        "данные; запрос к наставнику; ответы на анкеты; сведения о встречах и результатах участия "
        "в программе",
        "actions": _ACTIONS,
        "processor": "",
        "term": _TERM,
        "withdrawal": _WITHDRAWAL,
    },
    Purpose.PARTICIPATION: {
        "goal": "участие в программе наставничества: встречи с наставником (наставляемым), общие "
        "мероприятия, анкетирование",
        "data": "",
        "actions": "",
        "processor": "",
        "term": _TERM,
        "withdrawal": _WITHDRAWAL,
    },
    Purpose.DISTRIBUTION: {
        "goal": "освещение программы наставничества на сайте образовательной организации",
        "data": "",
        "actions": "распространение – размещение на сайте, открытом для неограниченного круга лиц",
        "processor": "",
        "term": "Согласие действует до окончания программы наставничества либо до его отзыва.",
        "withdrawal": "Распространение прекращается по требованию, которое подается в организацию "
        "лично или направляется по ее адресу.",
    },
    Purpose.IMAGE: {
        "goal": "освещение программы наставничества: сайт образовательной организации, стенды, "
        "печатные материалы",
        "data": "фотографии и видеозаписи, сделанные на мероприятиях программы наставничества",
        "actions": "обнародование и использование изображения без вознаграждения",
        "processor": "",
        "term": "Согласие действует до окончания программы наставничества либо до его отзыва.",
        "withdrawal": _WITHDRAWAL,
    },
}
