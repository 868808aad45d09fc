# What every screen of a shop's bot shares.

bot-common-btn-back = ◀️ Back
bot-common-btn-menu = 🏠 Menu
bot-common-btn-retry = 🔄 Try again

bot-common-traffic = { $used } of { $limit }
bot-common-traffic-unlimited = { $used } used, no limit
bot-common-unlimited = unlimited

bot-common-toast-stale = That button is out of date. Here is a fresh one.
bot-common-toast-error = Something went wrong. Please try again.

bot-common-error-body =
    😕 Something went wrong on our side. Nothing is lost; please try again in a minute.

    If it happens again, tell the shop this number: <code>{ $id }</code>
bot-common-cancelled-body = Cancelled. Nothing was changed.
bot-common-unknown-body = I did not get that. The buttons below know the way 👇
