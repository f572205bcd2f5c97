"""The board of a programme: seven stages, the next step, what needs attention."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentorship_portal.board.facts import board_of
from programmes.access import Role, allow
from programmes.models import Programme


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def board(request: HttpRequest, programme_id: int) -> HttpResponse:
    programmes = Programme.objects.visible_to(request.user).select_related("school")
    programme = get_object_or_404(programmes, pk=programme_id)
    context = {"programme": programme, "board": board_of(programme, timezone.localdate())}
    return render(request, "board/board.html", context)
