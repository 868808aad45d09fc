# What the shop's people do in the bot.

bot-command-admin = Manage the shop
bot-command-stats = Figures of the shop
bot-command-diag = Does everything work?
bot-menu-btn-admin = 🛠 Admin
bot-admin-title =
    🛠 <b>Admin</b>

    You are { $role } here.
bot-admin-role-owner = owner
bot-admin-role-manager = manager
bot-admin-role-support = support
bot-admin-role-analyst = analyst
bot-admin-btn-users = 👤 Find a user
bot-admin-btn-receipts = 🧾 Receipts: { $count }
bot-admin-btn-tickets = 💬 Questions: { $count }
bot-admin-btn-plans = 🗂 Plans
bot-admin-btn-promos = 🎟 New code
bot-admin-btn-stats = 📈 Statistics
bot-admin-btn-diag = 🩺 Diagnostics
bot-admin-btn-maintenance = 🚧 Maintenance
bot-admin-btn-web = 🌐 Open the panel
bot-admin-btn-before = ⬅️ Before
bot-admin-btn-after = After ➡️
bot-admin-no-rights-body = 🔒 Your role does not include this. The owner can change that in the panel, under Staff.
bot-admin-toast-rights = Your role does not include this.
bot-admin-toast-already = { $name } did that already, { $time }.
bot-admin-toast-changed = Somebody changed this in the meantime. Please look again.
bot-admin-toast-nothing = There is nothing here that this could be done to.
bot-admin-toast-given = Given. The user is told.
bot-admin-toast-full = Your package has no room for one more user. Those who have access can still be extended.
bot-admin-toast-panel = No panel takes new accounts right now.
bot-admin-toast-staff = Staff cannot be banned. Remove the person from staff first.
bot-admin-toast-banned = Banned.
bot-admin-toast-unbanned = Let in again.
bot-admin-toast-plan-on = On sale.
bot-admin-toast-plan-off = Off sale.
bot-admin-toast-closed = Users now read your maintenance text.
bot-admin-toast-opened = Users are served again.

bot-admin-join-body =
    🤝 Welcome to the team of <b>{ $shop }</b>: you are { $role } now.

    Everything is behind /admin.
bot-admin-join-before-body = ✅ You are { $role } of <b>{ $shop }</b> already. The link is left for somebody else.
bot-admin-join-refused-body = 🔗 This invitation to the team of <b>{ $shop }</b> was used or is too old. Ask the owner for a new one.

bot-admin-users-ask-body =
    👤 Whom are you looking for?

    Send a Telegram ID, an @username, an order's number (BY-…), the name of an account on the panel, or a first name.
bot-admin-users-title = 👤 Several people fit. Who is meant?
bot-admin-users-none-body = 👤 Nobody fits. A user is known from the moment they first open the bot.
bot-admin-users-btn-user = { $name } · { $id }
bot-admin-users-btn-again = 🔍 Find another
bot-admin-user-title = 👤 <b>{ $name }</b>
bot-admin-user-line-seen = Last here: { $time }
bot-admin-user-line-account = Account: <code>{ $account }</code>
bot-admin-user-line-mail-confirmed = 📧 <code>{ $address }</code>, confirmed
bot-admin-user-line-mail-unconfirmed = 📧 <code>{ $address }</code>, not confirmed
bot-admin-user-line-mail-refused = 📧 <code>{ $address }</code>, does not work
bot-admin-user-line-orders-none = No orders yet.
bot-admin-user-line-order = { $status } <code>{ $order }</code> · { $plan } · { $amount }
bot-admin-user-line-banned = 🚫 Banned since { $time }
bot-admin-user-line-banned-by = 🚫 Banned since { $time } by { $name }: { $reason }
bot-admin-user-btn-extend = ➕ Add days
bot-admin-user-btn-gift = 🎁 Give a plan
bot-admin-user-btn-message = ✉️ Write a message
bot-admin-user-btn-ban = 🚫 Ban
bot-admin-user-btn-unban = ✅ Let in again
bot-admin-extend-ask-body = ➕ How many days does { $name } get? Choose, or send a number from 1 to { $max }.
bot-admin-extend-none-body = { $name } has no access that could become longer. Give a plan instead.
bot-admin-extend-err-days = Please send a whole number from 1 to { $max }.
bot-admin-extend-confirm-body = { $name } gets { $period }. Is that right?
bot-admin-extend-btn-days = ➕ { $period }
bot-admin-gift-ask-body = 🎁 Which plan does { $name } get for free?
bot-admin-gift-none-body = 🎁 No plan is on sale, so there is none to give.
bot-admin-gift-btn-plan = 🎁 { $plan }
bot-admin-gift-confirm-body = 🎁 { $name } gets { $plan } for free: { $period }, { $traffic }. Is that right?
bot-admin-gift-btn-give = ✅ Give it
bot-admin-message-ask-body = ✉️ Your next message goes to { $name } in the shop's name. /cancel to write nothing.
bot-admin-message-err-text = ✉️ Only text can be sent this way. Please write your message, or /cancel.
bot-admin-message-err-long = ✉️ This is longer than { $max } characters. Please shorten it.
bot-admin-message-sent-body = ✅ Your message is on its way.
bot-admin-ban-ask-body =
    🚫 Ban { $name }? The bot answers them no more. Access that they have paid for goes on until its end.

    Choose the reason; only staff sees it.
bot-admin-ban-btn-reason = 🚫 { $reason }
bot-admin-ban-reason-fraud = False payments
bot-admin-ban-reason-sharing = Resells or shares access
bot-admin-ban-reason-abuse = Insults or spam
bot-admin-ban-reason-other = Another reason
bot-admin-unban-ask-body = ✅ Let { $name } in again? The bot answers them as before.
bot-admin-unban-btn-sure = ✅ Yes, let in

bot-admin-receipts-title =
    { $count ->
        [one] 🧾 <b>{ $count } receipt</b> waits for you
       *[other] 🧾 <b>{ $count } receipts</b> wait for you
    }
bot-admin-receipts-empty-body = 🧾 No receipt waits. When one comes, you are told.
bot-admin-receipts-item = <code>{ $order }</code> · { $plan } · { $amount } · { $time }
bot-admin-receipts-btn-open = 🔎 { $order } · { $amount }
bot-card-btn-decide = 🧾 Decide here
bot-admin-toast-approved = ✅ Booked. The buyer gets what was paid for.
bot-admin-toast-rejected = Rejected. The buyer is told why.
bot-admin-toast-overtaken = The order has gone another way in the meantime. Please look again.
bot-admin-receipt-body =
    🧾 <b>Receipt</b> of { $user }

    Order <code>{ $order }</code>: { $plan }
    Asked for: <b>{ $amount }</b>
    Sent: { $time }

    Look into your bank account, not only at the picture.
bot-admin-receipt-btn-approve = ✅ { $amount } has arrived
bot-admin-receipt-btn-reject = ❌ Not arrived
bot-admin-receipt-why-body = ❌ Why is the receipt of { $amount } not believed? The buyer reads the reason and can send another.
bot-admin-receipt-line-unseen = 📷 The picture is not here yet, or cannot be shown.
bot-admin-plans-title =
    🗂 <b>Plans</b>

    Press one to take it off sale or put it on again. Prices are changed in the panel; orders that were placed keep their terms.
bot-admin-plans-empty-body = 🗂 The shop has no plans yet. They are made in the panel.
bot-admin-plans-btn-on = 🟢 { $plan }
bot-admin-plans-btn-off = ⚪️ { $plan }: off sale
bot-admin-promo-ask-body =
    🎟 <b>New code</b>: so much off any plan, for seven days, once for each user.

    Choose, or send a name and a percent: <code>SUMMER 25</code>. Other codes are made in the panel.
bot-admin-promo-btn-percent = { $percent }% off
bot-admin-promo-btn-copy = 📋 Copy the link
bot-admin-promo-btn-more = 🎟 One more
bot-admin-promo-err-form = 🎟 Please send a name and a percent, for example <code>SUMMER 25</code>.
bot-admin-promo-made-body =
    🎟 <code>{ $code }</code> takes { $percent }% off, until { $until }.

    The link that brings it along: <code>{ $link }</code>
bot-admin-tickets-title = 💬 <b>Questions that wait for an answer</b>
bot-admin-tickets-empty-body = 💬 Nobody waits for an answer.
bot-support-staff-btn-asker = 👤 { $name }
bot-support-staff-thread-user =
    👤 <b>{ $user }</b> · { $time }
    { $text }

bot-admin-maintenance-on-body = 🚧 <b>Maintenance is on.</b> Users read your text; you and your staff are served.
bot-admin-maintenance-off-body = 🟢 <b>Users are served.</b>
bot-admin-maintenance-line-by = Last switched by { $name }, { $time }
bot-admin-maintenance-line-text =
    Users read:
    <blockquote>{ $text }</blockquote>
bot-admin-maintenance-line-own = Users read our own words. You can write others.
bot-admin-maintenance-btn-close = 🚧 Begin maintenance
bot-admin-maintenance-btn-open = 🟢 Serve users again
bot-admin-maintenance-btn-sure = 🚧 Yes, begin
bot-admin-maintenance-btn-text = ✍️ Write the text
bot-admin-maintenance-btn-own = ↩️ Use our own words
bot-admin-maintenance-confirm-body = 🚧 Begin maintenance? Users can buy, renew and ask nothing until you end it. Their access goes on, and payments under way are booked.
bot-admin-maintenance-ask-body = ✍️ Your next message is what users read during maintenance: up to 1000 characters. /cancel to change nothing.
bot-admin-maintenance-err-text = ✍️ Please send it as text of up to 1000 characters, or /cancel.
bot-start-maintenance-own-body =
    🚧 <b>{ $shop }</b>

    { $text }
bot-reason-staff = Switched by staff in the bot

bot-notify-gift-body = 🎁 The shop has given you more time: your access lasts until { $until }.
bot-notify-message-body =
    ✉️ <b>{ $shop }</b> writes:

    { $text }
bot-notify-message-btn-answer = 💬 Answer

# Broadcasts from the chat.
bot-admin-btn-broadcasts = 📣 Broadcasts
bot-admin-broadcast-none-body =
    📣 <b>Broadcasts</b>

    Nothing has been broadcast yet. One message goes to many users, to each once.
bot-admin-broadcast-list-body =
    📣 <b>Broadcasts</b>

    One message to many users, to each once. Several languages, buttons and a later time are in the panel.
bot-admin-broadcast-btn-new = ✍️ New broadcast
bot-admin-broadcast-btn-one = { $mark } { $title }
bot-admin-broadcast-segments-body =
    📣 <b>Who gets it?</b>

    Beside each is how many it reaches now. Whoever is banned or has blocked the bot is left out.
bot-admin-broadcast-btn-segment = { $segment }: { $count }
bot-admin-broadcast-segment-all = All users
bot-admin-broadcast-segment-active = With a paid plan
bot-admin-broadcast-segment-trial = On a free trial
bot-admin-broadcast-segment-expiring = Ends within 3 days
bot-admin-broadcast-segment-expired = Access has ended
bot-admin-broadcast-segment-never = Never bought
bot-admin-broadcast-ask-body =
    ✍️ <b>{ $segment }: { $count }</b>

    Send the message as they shall read it: a text of up to { $text } characters, or one picture with up to { $caption } characters below it. Nothing leaves yet: you see it first. /cancel to write nothing.
bot-admin-broadcast-again-body = Please send it again, or /cancel.
bot-admin-broadcast-err-words = Only a text, or a picture with words below it, can be broadcast.
bot-admin-broadcast-err-album = Only one picture fits: please send one alone, with the words below it.
bot-admin-broadcast-draft-title = 📝 <b>Ready, and not sent yet</b>
bot-admin-broadcast-scheduled-title = 🕒 <b>Waits for its time</b>
bot-admin-broadcast-sending-title = 📤 <b>Being sent</b>
bot-admin-broadcast-paused-title = ⏸ <b>Paused</b>
bot-admin-broadcast-stopped-title = ⏹ <b>Stopped</b>
bot-admin-broadcast-done-title = ✅ <b>Done</b>
bot-admin-broadcast-line-to = To: { $segment }
bot-admin-broadcast-line-reach =
    { $count ->
        [one] It reaches { $count } user now.
       *[other] It reaches { $count } users now.
    }
bot-admin-broadcast-line-nobody = Nobody belongs to this group now, so it cannot be sent.
bot-admin-broadcast-line-at = Begins: { $time }. It is called off in the panel.
bot-admin-broadcast-line-arrived = Arrived: { $count } of { $all }
bot-admin-broadcast-line-left = Still to come: { $count }
bot-admin-broadcast-line-blocked = Have blocked the bot: { $count }
bot-admin-broadcast-line-failed = Not taken by Telegram: { $count }
bot-admin-broadcast-line-unknown = Not known whether it arrived: { $count }. The panel names them.
bot-admin-broadcast-line-halt-bot = ⚠️ It paused by itself: a bot of the shop cannot write to its users. Look at it in the panel, then go on here.
bot-admin-broadcast-line-halt-refused = ⚠️ It paused by itself: Telegram takes this message from nobody. Whoever waits has lost nothing.
bot-admin-broadcast-line-picture = 🖼 With a picture above the text
bot-admin-broadcast-line-text = <blockquote>{ $text }</blockquote>
bot-admin-broadcast-btn-test = 🧪 Send it to me
bot-admin-broadcast-btn-send =
    { $count ->
        [one] 📣 Send to { $count } user
       *[other] 📣 Send to { $count } users
    }
bot-admin-broadcast-btn-sure = ✅ Yes, send it
bot-admin-broadcast-btn-discard = 🗑 Throw away
bot-admin-broadcast-btn-refresh = 🔄 How far is it?
bot-admin-broadcast-btn-pause = ⏸ Pause
bot-admin-broadcast-btn-resume = ▶️ Go on
bot-admin-broadcast-btn-stop = ⏹ Stop
bot-admin-broadcast-btn-stop-sure = ⏹ Yes, stop it
bot-admin-broadcast-tested-body = 🧪 The message above is what they get.
bot-admin-broadcast-test-refused-body =
    🧪 Telegram did not take it, and would not from anybody: { $reason }

    Throw this draft away and send another picture.
bot-admin-broadcast-confirm-body =
    { $count ->
        [one] 📣 Send it now? { $segment }: { $count } user gets it. You can pause and stop it, but not call back what has left.
       *[other] 📣 Send it now? { $segment }: { $count } users get it. You can pause and stop it, but not call back what has left.
    }
bot-admin-broadcast-stop-body = ⏹ Stop it for good? Whoever has not got it yet will not get it. What was sent stays in the chats; it can be deleted in the panel.
bot-admin-toast-broadcast-sent = It is being sent.
bot-admin-toast-broadcast-paused = Paused. What is on its way still arrives.
bot-admin-toast-broadcast-resumed = It goes on.
bot-admin-toast-broadcast-stopped = Stopped.
bot-admin-toast-broadcast-discarded = The draft is gone.
