# What users are told of their subscriptions without asking, and what they choose about it.

bot-notices-body =
    🔔 <b>Notifications</b>

    Press one to switch it off or on. The message with your new link always comes.
bot-notices-btn-on = ✅ { $name }
bot-notices-btn-off = ▫️ { $name }
bot-notices-name-trial-ending = The trial ends soon
bot-notices-name-expiring = The plan ends soon
bot-notices-name-expired = The plan has ended
bot-notices-name-payment-ok = A payment arrived
bot-notices-name-payment-failed = A payment failed
bot-notices-name-referral = A gift for an invitation
bot-notices-name-traffic = The traffic runs out
bot-notices-name-renewal-ahead = The plan renews by itself soon
bot-notices-name-win-back = An offer to come back
bot-notices-toast-on = On again
bot-notices-toast-off = Off: none of these come any more

bot-quiet-body =
    🌙 <b>Quiet hours</b>

    At these hours no reminders come; they follow afterwards. What becomes of a payment is told at once. The shop's clock shows { $now }.
bot-quiet-line-set = Quiet from { $from } to { $until }.
bot-quiet-btn-hours = { $from } to { $until }
bot-quiet-btn-none = No quiet hours
bot-quiet-toast-saved = Saved

bot-remind-trial-ending-body = ⏳ Your trial ends in { $left }, on { $until }. Used so far: { $traffic }. Choose a plan; your link stays the same.
bot-remind-trial-ended-body = 🔴 Your trial ended on { $until }. Choose a plan, and the same link works again at once.
bot-remind-expiring-body = 📅 <b>{ $plan }</b> ends in { $left }, on { $until }. Renew now and the days add up.
bot-remind-last-day-body = ⚠️ <b>{ $plan }</b> ends in { $left }, on { $until }. Renew now: the days add up, and nothing is interrupted.
bot-remind-expired-body = 🔴 <b>{ $plan }</b> ended on { $until }. Your link is kept: renew, and it works again at once.
bot-remind-traffic-low-body = 📊 More than 80 % of your traffic is used: { $traffic }. Renew early and the new traffic is added to what is left.
bot-remind-traffic-gone-body = ⛔ Your traffic is used up: { $traffic }. Renew, and the same link works again at once.
bot-remind-charge-body = 🔁 <b>{ $plan }</b> renews by itself on { $at }: <b>{ $amount }</b> is charged then. There is nothing for you to do. If you do not want it, switch automatic renewal off before that; your access then runs to its end.
bot-remind-charge-stars-body = 🔁 <b>{ $plan }</b> renews on { $at }: Telegram takes <b>{ $amount }</b> then. Have enough Stars by that time. If you do not want it, cancel the subscription before that; your access then runs to its end.
bot-remind-win-back-body = 👋 <b>{ $plan }</b> ended on { $until }. Your link is still kept: renew, and it works again at once.
bot-remind-win-back-trial-body = 👋 Your trial ended on { $until }. If you liked it, choose a plan, and the same link works again at once.
bot-remind-btn-off = 🔕 No more of these
