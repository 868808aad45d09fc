# Plans and the order.

bot-buy-plans-title = 🛒 <b>Choose a plan</b>
bot-buy-plans-renew-title =
    🔄 <b>Renew</b>

    The new days are added to those you have left.
bot-buy-plans-btn-plan = { $plan } · { $amount }
bot-buy-plans-empty-body = This shop has no plans on sale right now. Please look in later.
bot-buy-plan-gone-body = This plan is no longer on sale. Here are the others 👇
bot-buy-price-changed-body = The price has changed to { $amount } in the meantime. Please look again before you pay.
bot-buy-limit-body = 🙏 The shop cannot take new customers at this moment. Renewals are not affected. Shall we tell you here when there is room?
bot-buy-limit-btn-wait = 🔔 Tell me
bot-buy-waiting-body = 🔔 You are on the list. As soon as a place is free, we tell you here; whoever orders first has it.
bot-buy-room-body = 🎉 { $shop } has room again. Places go to whoever orders first.
bot-buy-summary-after-body = 🔁 You have { $plan } now. Nothing of it is lost: after paying you have { $traffic } to use, until { $until }.
bot-buy-summary-change-body = 🔁 Your plan changes from { $plan }. Its days and traffic that are left stay and are added: after paying you have { $traffic } to use, until { $until }.
