from crossover.words import say
from ui import (
    cached,
    frame,
    scenarios_address,
    scenarios_exports,
    scenarios_pair,
    scenarios_share,
    scenarios_view,
    store_session,
)

frame.page(
    say("Scenarios"),
    say("Keep what you decided and on which assumptions. Settings are saved, your files never."),
)
frame.demo_banner()
scenarios_address.apply_address()
try:
    with store_session.unavailable_is_told():
        scenarios_view.messages()
        scenarios_view.draft_section()
        saved = scenarios_view.saved_scenarios()
        scenarios_view.save_section(saved)
        scenarios_view.list_section(saved)
        scenarios_pair.pair_section(saved)
        scenarios_share.share_section()
    scenarios_exports.exports_section()
except cached.CountingCancelled:
    frame.counting_cancelled()
store_session.keep_draft()
