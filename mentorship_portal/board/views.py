"""The board of a programme: seven stages, the next step, what needs attention."""

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentorship_portal.board.attention import attention_of, next_step
from mentorship_portal.board.coverage import coverage_of
from mentorship_portal.board.facts import facts_of
from mentorship_portal.board.stages import rows_of
from programmes.access import Role, allow
from programmes.models import Programme


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def board(request: HttpRequest, programme_id: int) -> HttpResponse:
    programmes = Programme.objects.visible_to(request.user).select_related(
        "school__attention_rules"
    )
    programme = get_object_or_404(
        programmes.annotate(first_pair_on=Min("pairs__started_on")), pk=programme_id
    )
    facts = facts_of(programme, timezone.localdate())
    rows = rows_of(facts, request.user.is_any(Role.CURATOR))
    return render(
        request,
        "board/board.html",
        {
            "programme": programme,
            "rows": rows,
            "attention": attention_of(facts, rows),
            "coverage": coverage_of(programme, programme.working_day()),
            "next_step": next_step(facts, rows),
            "counts": facts.counts,
        },
    )
