"""D4: the Regulation on mentoring, «Положение о наставничестве» (instruction lines 401–430).

Wording by domain notes § 7.4: sections, clauses and the definitions are the instruction's own, the
answers to its questions come from facts. The forms of its three annexes are in
``regulation_forms``.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from documents import wording
from documents.kinds.facts import BasisFacts, SchoolFacts
from documents.kinds.forms_of_mentoring import (
    FormFacts,
    capacities,
    forms_in_use,
    has_minors,
    mentor_sources,
)
from documents.kinds.order import approval_stamp, closed, letterhead, short_name, typed
from documents.kinds.regulation_defaults import (
    AWARDS,
    GOAL,
    MENTEE_DUTIES,
    MENTEE_RIGHTS,
    MENTOR_DUTIES,
    MENTOR_RIGHTS,
    PROBLEMS,
    TASKS,
)
from documents.kinds.regulation_forms import AGREEMENT, FORMS, REPORT, ROUTE
from documents.paper import (
    Blank,
    Clause,
    Fact,
    Heading,
    Inline,
    Paper,
    Paragraph,
    Reference,
    Stamp,
    Words,
    fact,
)

KIND = "D4"
TITLE = "Положение о наставничестве"
ATTACHABLE = frozenset({ROUTE, AGREEMENT, REPORT})


@dataclass(frozen=True, kw_only=True)
class RegulationFacts:
    """All that the Regulation says.

    ``minutes`` (D2) accepted it, ``order`` (D5) approved it. ``stages`` are the titles of the
    stages. ``mentor_grades``: «8–11». ``frequency``: «не реже одного раза в две недели».
    ``satisfaction`` is in points of 10. ``labour_reference_instrumental``: «статьей
    351.8 …»; the clause with it stands when workers are mentors of workers (§ 0.4).
    ``attached`` are the annexes whose forms print with it, of ``ATTACHABLE``. Lists are texts
    without a full stop, as they stand after a colon.
    """

    school: SchoolFacts | None = None
    minutes: BasisFacts | None = None
    order: BasisFacts | None = None
    mark: str = "Приложение"
    forms: Sequence[FormFacts] = ()
    stages: Sequence[str] = ()
    problems: Sequence[str] = PROBLEMS
    goal: str = GOAL
    tasks: Sequence[str] = TASKS
    mentor_grades: str = "8–11"
    satisfaction: int | None = 7
    list_working_days: int | None = 10
    frequency: str = "не реже одного раза в две недели"
    route_working_days: int | None = 10
    interim_report_on: datetime.date | None = None
    final_report_on: datetime.date | None = None
    awards: Sequence[str] = AWARDS
    labour_reference_instrumental: str = "статьей 351.8 Трудового кодекса Российской Федерации"
    mentor_rights: Sequence[str] = MENTOR_RIGHTS
    mentor_duties: Sequence[str] = MENTOR_DUTIES
    mentee_rights: Sequence[str] = MENTEE_RIGHTS
    mentee_duties: Sequence[str] = MENTEE_DUTIES
    attached: frozenset[str] = frozenset()


def build(facts: RegulationFacts) -> Paper:
    """The Regulation as a Paper. Whatever is missing is a Blank in it; nothing raises."""
    school = facts.school or SchoolFacts()
    return Paper(
        kind=KIND,
        title=TITLE,
        **letterhead(school),
        has_registration=False,
        mark=(facts.mark,) if facts.mark else (),
        stamps=_stamps(facts, school),
        blocks=(
            Clause("general", ("Общие положения",), _general(facts, school), is_section=True),
            Clause(
                "procedure",
                ("Регламент деятельности по реализации целевой модели наставничества",),
                _procedure(facts),
                is_section=True,
            ),
            Clause("duties", ("Обязанности",), _duties(facts), is_section=True),
            Heading("annexes", ("Приложения:",)),
            *(Clause(f"annexes-{form.id}", (f"{form.title_in_list}.",)) for form in FORMS),
        ),
        annexes=tuple(
            form.build(number, school)
            for number, form in enumerate(FORMS, start=1)
            if form.id in facts.attached
        ),
    )


def _stamps(facts: RegulationFacts, school: SchoolFacts) -> tuple[Stamp, Stamp]:
    """ПРИНЯТО at the left, УТВЕРЖДЕНО at the right (§ 3.3)."""
    minutes, order = facts.minutes or BasisFacts(), facts.order or BasisFacts()
    date = wording.date_numeric(minutes.date) if minutes.date else ""
    accepted = Stamp(
        "accepted",
        (
            ("ПРИНЯТО",),
            ("на заседании Педагогического совета",),
            (
                "(протокол от ",
                fact(date, "basis.D2.date", "дата протокола о принятии Положения"),
                " № ",
                fact(minutes.number, "basis.D2.number", "номер протокола о принятии Положения"),
                ")",
            ),
        ),
        is_left=True,
    )
    approved = approval_stamp(
        "УТВЕРЖДЕНО",
        school,
        order.date,
        order.number,
        source="basis.D5",
        what="приказа об утверждении Положения",
    )
    return accepted, approved


# Section 1


def _general(facts: RegulationFacts, school: SchoolFacts) -> tuple[Clause | Paragraph, ...]:
    return (
        Clause(
            "general-relevance",
            (
                "Актуальность наставничества. Наставничество – это универсальная технология "
                "передачи опыта, знаний, формирования навыков, компетенций, метакомпетенций и "
                "ценностей через неформальное взаимообогащающее общение, основанное на доверии и "
                "партнерстве. Целевая модель наставничества – система условий, ресурсов и "
                "процессов, необходимых для реализации программ наставничества в ",
                short_name(school),
                " (далее – организация). Целевая модель наставничества направлена на решение "
                "следующих проблем: ",
                *_listed(facts.problems, "problems", "проблемы, которые решает наставничество"),
            ),
        ),
        Clause(
            "general-goal",
            (
                "Цель и задачи. Целью является ",
                *typed(facts.goal, "document.goal", "цель наставничества"),
                " Задачи: ",
                *_listed(facts.tasks, "tasks", "задачи наставничества"),
            ),
        ),
        Clause(
            "general-mentor",
            (
                "Наставник – участник программы наставничества, имеющий успешный опыт в "
                "достижении жизненного, личностного и профессионального результата, готовый и "
                "компетентный поделиться опытом и навыками, необходимыми для стимуляции и "
                "поддержки процессов самореализации и самосовершенствования наставляемого.",
            ),
        ),
        Clause(
            "general-curator",
            (
                "Руководитель проектной группы – работник организации, назначенный приказом "
                "директора, который отвечает за внедрение целевой модели наставничества. Куратор "
                "реализации целевой модели наставничества – работник организации, назначенный "
                "приказом директора, который ведет базы наставников и наставляемых, организует "
                "обучение наставников, формирование и сопровождение пар (групп) и мониторинг.",
            ),
        ),
        Clause(
            "general-mentee",
            (
                "Наставляемый – участник программы наставничества, который через взаимодействие "
                "с наставником и при его помощи и поддержке решает конкретные жизненные, личные и "
                "профессиональные задачи, приобретает новый опыт и развивает новые навыки и "
                "компетенции.",
            ),
        ),
        Paragraph(
            "general-application",
            (
                "Наставляемый включается в программу на основании личного заявления"
                + (
                    ", а обучающийся, не достигший 18 лет, – также письменного согласия родителя "
                    "(законного представителя)."
                    if has_minors(facts.forms, mentors=False)
                    else "."
                ),
            ),
        ),
        Clause(
            "general-selection",
            (
                "Наставники определяются из числа ",
                *mentor_sources(facts.forms, facts.mentor_grades),
                ", подавших заявление о согласии и прошедших отбор и обучение. За одним "
                "наставником закрепляется ",
                *capacities(facts.forms),
                ". Критерии эффективной работы наставника: выполнение индивидуального маршрута "
                "наставляемого; положительная динамика показателей наставляемого; "
                "удовлетворенность наставляемого не ниже ",
                *_counted(
                    facts.satisfaction,
                    ("балла", "баллов", "баллов"),
                    "satisfaction",
                    "порог удовлетворенности",
                ),
                " из 10; своевременная сдача отчетов.",
            ),
        ),
    )


# Section 2


def _procedure(facts: RegulationFacts) -> tuple[Clause | Paragraph, ...]:
    signs_parent = has_minors(facts.forms, mentors=True)
    return (
        Clause(
            "procedure-list",
            ("Списочный состав наставников (утверждается приказом директора).",),
        ),
        Paragraph(
            "procedure-list-term",
            (
                "Списочный состав наставников утверждается приказом директора не позднее чем "
                "через ",
                *_counted(
                    facts.list_working_days,
                    ("рабочий день", "рабочих дня", "рабочих дней"),
                    "list_working_days",
                    "срок списочного состава",
                ),
                " после завершения отбора и обучения наставников; изменения вносятся приказом "
                "директора.",
            ),
        ),
        Clause("procedure-forms", ("Формы наставничества. ", *forms_in_use(facts.forms), ".")),
        Clause("procedure-pairs", ("Организация работы наставнических пар/групп.",)),
        Paragraph(
            "procedure-meetings",
            (
                "Пары (группы) формируются с учетом запроса наставляемого, компетенций наставника "
                "и взаимного интереса сторон и закрепляются приказом директора. Взаимодействие "
                "ведется во внеурочное время ",
                fact(facts.frequency, "document.frequency", "как часто проходят встречи"),
                ". Наставляемым, не сформировавшим пару (группу), обеспечивается психологическое "
                "сопровождение, поиск наставника продолжается.",
            ),
        ),
        Clause(
            "procedure-responsible",
            (
                "Ответственным за реализацию цикла наставнической работы является куратор, "
                "назначенный приказом директора.",
            ),
        ),
        Clause(
            "procedure-stages",
            (
                "Этапы реализации плана: ",
                *_listed(
                    [title[:1].lower() + title[1:] for title in facts.stages],
                    "stages",
                    "этапы программы",
                ),
            ),
        ),
        Clause(
            "procedure-route",
            (
                "Индивидуальный маршрут наставляемого содержит: сведения о паре, цель и задачи, "
                "срок реализации, перечень мероприятий со сроками, ожидаемые результаты, отметки "
                "о выполнении. Маршрут разрабатывается наставником совместно с наставляемым в "
                "течение ",
                *_counted(
                    facts.route_working_days,
                    ("рабочего дня", "рабочих дней", "рабочих дней"),
                    "route_working_days",
                    "срок разработки маршрута",
                ),
                " со дня издания приказа о формировании пары и утверждается куратором.",
            ),
        ),
        Clause(
            "procedure-agreement",
            (
                "Соглашение о взаимодействии между наставником и наставляемым заключается на весь "
                "период наставничества и содержит: стороны, цель, срок, обязанности сторон по "
                "безусловному выполнению индивидуального маршрута, порядок встреч, условия "
                "конфиденциальности, порядок досрочного прекращения, подписи сторон"
                + (
                    " (за обучающегося, не достигшего 18 лет, – также подпись родителя (законного "
                    "представителя))."
                    if signs_parent
                    else "."
                ),
            ),
        ),
        Clause(
            "procedure-reports",
            (
                "Наставник представляет куратору промежуточный отчет до ",
                _day_of_year(facts.interim_report_on, "interim_report_on", "промежуточного отчета"),
                " и итоговый отчет до ",
                _day_of_year(facts.final_report_on, "final_report_on", "итогового отчета"),
                " по форме приложения ",
                Reference(f"annexes-{REPORT}"),
                ".",
            ),
        ),
        Clause("procedure-awards", _awards(facts)),
    )


def _awards(facts: RegulationFacts) -> Words:
    awards = _listed(facts.awards, "awards", "формы поощрения наставника", ", ")
    words: Words = ("Формы и условия поощрения наставника: ", *awards)
    if facts.forms and not any(
        "teacher" in form.mentor_kinds and "teacher" in form.mentee_kinds for form in facts.forms
    ):
        return words
    return (
        *words,
        " Работникам выплаты за наставничество устанавливаются в соответствии "
        f"{wording.with_preposition(facts.labour_reference_instrumental)} ",
        fact(
            facts.labour_reference_instrumental,
            "document.labour_reference",
            "статья Трудового кодекса о выплатах",
        ),
        " и положением об оплате труда.",
    )


# Section 3


def _duties(facts: RegulationFacts) -> tuple[Clause, ...]:
    return (
        Clause(
            "duties-law",
            (
                "В своей работе наставник руководствуется действующим законодательством "
                "Российской Федерации, настоящим положением о наставничестве, решениями "
                "Педагогического Совета, локальными актами учреждения, Коллективным договором.",
            ),
        ),
        *(
            Clause(
                f"duties-{source.replace('_', '-')}",
                (f"{lead}: ", *_listed(getattr(facts, source), source, label)),
            )
            for source, lead, label in _RIGHTS_AND_DUTIES
        ),
    )


_RIGHTS_AND_DUTIES = (
    ("mentor_rights", "Наставник имеет право", "права наставника"),
    ("mentor_duties", "Наставник обязан", "обязанности наставника"),
    ("mentee_rights", "Наставляемый имеет право", "права наставляемого"),
    ("mentee_duties", "Наставляемый обязан", "обязанности наставляемого"),
)


# Words


def _listed(entries: Sequence[str], source: str, label: str, joint: str = "; ") -> Words:
    """«а; б; в.»; nothing to list is one Blank."""
    words: list[Inline] = []
    for text in entries:
        text, _ = wording.ended(text.strip(), ";")
        if text:
            words += [joint] if words else []
            words.append(Fact(text, f"document.{source}"))
    return closed(tuple(words) or (Blank(f"document.{source}", label),))


def _counted(number: int | None, noun: tuple[str, str, str], source: str, label: str) -> Words:
    """«10 рабочих дней»; ``noun`` are its forms after 1, 2 and 5."""
    figure = fact("" if number is None else str(number), f"document.{source}", label)
    return (figure, f" {wording.plural(number or 0, *noun)}")


def _day_of_year(date: datetime.date | None, source: str, what: str) -> Inline:
    """«15 января»: the Regulation holds for more than one year (§ 7.4)."""
    text = wording.date_in_words(date).rsplit(" ", 2)[0] if date else ""
    return fact(text, f"document.{source}", f"срок {what}")
