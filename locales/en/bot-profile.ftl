# Who am I, what do I have.

bot-profile-title = 👤 <b>{ $name }</b>
bot-profile-line-id = ID: <code>{ $id }</code>
bot-profile-line-since = With us since { $date }
bot-profile-line-plan = Plan: { $plan }
bot-profile-line-status = Status: { $status }
bot-profile-line-until = Until: { $until } ({ $left } left)
bot-profile-line-ended = Ended: { $until }
bot-profile-line-traffic =
    Traffic: { $traffic }
    { $bar } { $percent }
bot-profile-line-traffic-unlimited = Traffic: { $traffic }
bot-profile-line-synced = As of { $time }
bot-profile-line-none = No subscription yet.
bot-profile-line-wallet = 👛 Wallet: { $amount }

bot-profile-status-trial = 🧪 free trial
bot-profile-status-active = 🟢 active
bot-profile-status-expiring = 🟡 ends soon
bot-profile-status-limited = 🟠 traffic used up
bot-profile-status-expired = 🔴 ended
bot-profile-status-disabled = ⚪️ switched off
bot-profile-status-pending = ⏳ being set up

bot-profile-btn-change = 🔁 Renew or change the plan
bot-profile-btn-orders = 🧾 My orders
bot-profile-btn-wallet = 👛 Wallet
bot-profile-btn-renewal-on = 🔁 Automatic renewal: on
bot-profile-btn-renewal-off = 🔁 Automatic renewal: off
bot-profile-orders-title = 🧾 <b>My orders</b>
bot-profile-orders-empty-body = You have no orders yet.
bot-profile-orders-item =
    { $status } { $plan } · { $amount }
    { $date } · <code>{ $order }</code>
bot-profile-order-status-open = ⏳ not paid
bot-profile-order-status-paid = ⚙️ being set up
bot-profile-order-status-done = ✅ done
bot-profile-order-status-failed = ❌ failed
bot-profile-order-status-expired = ⌛️ expired
bot-profile-order-status-review = 🔎 being looked at
bot-profile-order-status-refunded = ↩️ paid back
