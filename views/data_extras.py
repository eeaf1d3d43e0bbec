"""Bổ sung: what a person adds to an area beside its figures."""

from views.context import Context
from views.data_catalogue import show_catalogue
from views.data_models import show_models
from views.data_proposals import show_proposals
from views.data_roads import show_roads
from views.data_visitors import show_visitors
from views.data_weights import show_weights
from views.widgets import escape, show_html

SLOTS = ("proposals", "weights", "roads", "catalogue", "models")


def show(context: Context) -> None:
    if not context.areas:
        show_html(f'<div class="db-note">{escape(context.words("data.table.no_area"))}</div>')
        show_catalogue(context)
        return
    show_proposals(context)
    show_visitors(context)
    show_weights(context)
    show_roads(context)
    show_catalogue(context)
    show_models(context)
