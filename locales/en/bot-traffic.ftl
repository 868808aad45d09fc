# Traffic that is added to what is running.

bot-traffic-name = +{ $traffic }
bot-traffic-btn-add = ➕ Add traffic
bot-traffic-btn-pack = { $plan } · { $amount }
bot-traffic-body =
    ➕ <b>More traffic</b>

    It is added to what you have at once, is used up last, and stays when you renew. The end date does not change.
bot-traffic-empty-body = There is nothing to add right now: your plan has no limit, has ended, or the shop sells no extra traffic. You can renew it.
bot-traffic-summary-body =
    🧾 <b>{ $plan }</b>

    📊 { $traffic } more, until your plan ends and beyond, if you renew
    💰 { $amount }
bot-traffic-added-body =
    ✅ { $plan } is added. Thank you!

    📊 { $traffic }
    📅 Until { $until }

    Order { $order }
