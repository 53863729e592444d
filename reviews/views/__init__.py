from reviews.views.deciding import item_compare, item_decide
from reviews.views.filing import item_submit, item_submit_new, item_withdraw
from reviews.views.stand_ins import stand_in_create, stand_in_end, stand_in_list
from reviews.views.terms import clock_settings, day_set, day_unset
from reviews.views.waiting import history, inbox_page

__all__ = [
    "clock_settings",
    "day_set",
    "day_unset",
    "history",
    "inbox_page",
    "item_compare",
    "item_decide",
    "item_submit",
    "item_submit_new",
    "item_withdraw",
    "stand_in_create",
    "stand_in_end",
    "stand_in_list",
]
