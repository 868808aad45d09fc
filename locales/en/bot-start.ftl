# First contact.

bot-start-language-title =
    🌐 Choose your language
    زبان خود را انتخاب کنید
    Выберите язык

bot-start-rules-body =
    📄 <b>Before we start</b>

    • The link is for you and your own devices.
    • No spam, attacks or illegal content.
    • We keep only what the service needs: your Telegram ID, orders and used traffic. We do not log the sites you visit.

    Do you agree?
bot-start-rules-btn-accept = ✅ I agree
bot-start-rules-btn-decline = No, thanks
bot-start-rules-declined-body = All right. If you change your mind, press /start.

bot-start-welcome-body =
    👋 Welcome to <b>{ $shop }</b>, { $name }!

    A fast, private connection on your phone and computer. Choose a plan, and your link arrives in seconds.
bot-start-welcome-trial-body =
    👋 Welcome to <b>{ $shop }</b>, { $name }!

    A fast, private connection on your phone and computer. Try it free for { $period } ({ $traffic }), no payment needed.
bot-start-returning-body = 👋 Good to see you again, { $name }!
bot-start-closed-body =
    🚪 <b>{ $shop }</b> takes no new customers at the moment.

    Please try again another day: press /start.
bot-start-invited-body =
    ✉️ <b>{ $shop }</b> takes new customers by invitation only.

    Ask somebody who is here already for a personal link and open it.
bot-start-setup-body = 🚧 <b>{ $shop }</b> is being set up and opens soon.
bot-start-maintenance-body =
    🛠 <b>{ $shop }</b> is being serviced and will be back soon.

    Your subscription keeps working.
bot-start-paused-body =
    ⏸ <b>{ $shop }</b> is taking a break and does not sell at the moment.

    What you have paid for keeps working.
bot-start-banned-body = ⛔ Your access to this bot has been closed by the shop.
