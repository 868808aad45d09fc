# The main menu: a card with the state of the subscription, and buttons.

bot-menu-card-none =
    <b>{ $shop }</b>

    You have no subscription yet, { $name }. Choose a plan and be online in a minute.
bot-menu-card-trial =
    <b>{ $shop }</b>

    🧪 Free trial
    📅 Until { $until } ({ $left } left)
    📊 { $traffic }
bot-menu-card-active =
    <b>{ $shop }</b>

    🟢 { $plan }
    📅 Until { $until } ({ $left } left)
    📊 { $traffic }
bot-menu-card-expiring =
    <b>{ $shop }</b>

    🟡 { $plan } ends soon
    📅 Until { $until }, only { $left } left
    📊 { $traffic }

    Renew now and the days add up.
bot-menu-card-expired =
    <b>{ $shop }</b>

    🔴 { $plan } ended on { $until }.

    Renew it and the same link works again at once.
bot-menu-card-limited =
    <b>{ $shop }</b>

    🟠 { $plan }: the traffic is used up
    📅 Until { $until } ({ $left } left)
    📊 { $traffic }

    Renew to get a fresh amount.
bot-menu-card-disabled =
    <b>{ $shop }</b>

    ⚪️ { $plan } was switched off by the shop.
bot-menu-card-pending =
    <b>{ $shop }</b>

    ⏳ { $plan } is being set up. Your link arrives here by itself.

bot-menu-btn-buy = 🛒 Buy
bot-menu-btn-renew = 🔄 Renew
bot-menu-btn-trial = 🧪 Free trial
bot-menu-btn-connect = 🔑 Connect
bot-menu-btn-profile = 👤 Profile
bot-menu-btn-settings = ⚙️ Settings
bot-menu-btn-faq = ❓ FAQ
bot-menu-btn-invite = 🎁 Invite friends
bot-menu-btn-support = 💬 Support
