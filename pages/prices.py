from crossover.words import say
from ui import (
    frame,
    price_changes,
    price_list,
    price_own,
    price_pair,
    replay_view,
    scenarios_address,
    store_session,
)

frame.page(
    say("Prices"),
    say(
        "Every price with its day, its source and how far we trust it. Unknown is shown as "
        "unknown, never as 0."
    ),
)
frame.demo_banner()
scenarios_address.apply_address()
price_list.date_control()
price_list.list_section()
price_changes.changes_section()
price_pair.pair_section()
price_own.own_section()
comparison = frame.comparison()
if comparison is not None:
    replay_view.decision_over_time(comparison)
store_session.keep_draft()
