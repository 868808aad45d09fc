# Whether everything works: for the shop's people, and for a user whose VPN does not connect.

bot-diag-title-ok = 🩺 <b>Everything works</b>
bot-diag-title-warn = 🩺 <b>It works, but look at this</b>
bot-diag-title-fail = 🩺 <b>Something does not work</b>
bot-diag-line = { $mark } { $text }
bot-diag-token-ok = Telegram knows the bot as { $bot }.
bot-diag-token-revoked = Telegram refuses the token. Put a new one into the panel.
bot-diag-telegram-silent = Telegram does not answer us.
bot-diag-updates-polling = We fetch messages from Telegram ourselves.
bot-diag-updates-webhook = Telegram brings us messages without an error.
bot-diag-updates-failing = Telegram had trouble bringing us messages within the last hour.
bot-diag-pending =
    { $count ->
        [one] { $count } message waits at Telegram.
       *[other] { $count } messages wait at Telegram.
    }
bot-diag-last = Somebody last did something here: { $time }.
bot-diag-last-none = Nobody has done anything here yet.
bot-diag-answers-unknown =
    { $count ->
        [one] Telegram did not say whether { $count } answer of the last hour arrived. It was not sent again; whoever misses it opens the menu.
       *[other] Telegram did not say whether { $count } answers of the last hour arrived. They were not sent again; whoever misses one opens the menu.
    }
bot-diag-panel-none = No panel is connected, so nothing can be delivered.
bot-diag-panel-ok = Panel { $panel } answers within { $ms } ms.
bot-diag-panel-slow = Panel { $panel } is slow: { $ms } ms.
bot-diag-panel-refused = Panel { $panel } refuses our sign-in. Enter its password again.
bot-diag-panel-silent = Panel { $panel } does not answer. Paid orders wait for it and are not lost.
bot-diag-pay-ok = All that providers told us of payments is worked off.
bot-diag-pay-waiting =
    { $count ->
        [one] { $count } word of a payment has waited for more than 10 minutes.
       *[other] { $count } words of payments have waited for more than 10 minutes.
    }
bot-diag-pay-refused =
    { $count ->
        [one] { $count } word of a payment was not believed today: check the provider's secret.
       *[other] { $count } words of payments were not believed today: check the provider's secret.
    }
bot-diag-queue-ok = No work is late.
bot-diag-queue-late =
    { $count ->
        [one] { $count } piece of work is late by more than 10 minutes.
       *[other] { $count } pieces of work are late by more than 10 minutes.
    }
bot-diag-queue-dead =
    { $count ->
        [one] { $count } piece of work was given up and waits for a person.
       *[other] { $count } pieces of work were given up and wait for a person.
    }
bot-diag-version = Version { $version }
bot-diag-btn-again = 🔁 Check again
bot-diag-btn-mend = 🔧 Register with Telegram again
bot-diag-mended-webhook-ok = Telegram has taken our address again.
bot-diag-mended-webhook-failed = Telegram did not take our address: { $reason }
bot-diag-mended-polling = There is no address to register: we fetch messages ourselves, and your press has just arrived.
bot-diag-mended-commands-ok = Telegram has taken the menu of commands again.
bot-diag-mended-commands-failed = Telegram did not take the menu of commands: { $reason }
bot-diag-mended-reason-wait = it asks us to wait for { $seconds } s.
bot-diag-mended-reason-token = it refuses the token.
bot-diag-mended-reason-silent = it does not answer us.

bot-support-btn-check = 🩺 VPN does not work
bot-check-title = 🩺 <b>Your connection</b>
bot-check-result-none = You have no access yet, so there is nothing that could connect. Choose a plan, or take the trial.
bot-check-result-pending = Your access is still being set up. Your link comes by itself; nothing is lost.
bot-check-result-expired = Your time has ended. Renew, and the same link works again at once.
bot-check-result-limited = Your traffic is used up. Renew to get more; the link stays the same.
bot-check-result-disabled = The shop has switched your access off. Send the report and ask why.
bot-check-result-panel = Our server does not answer at this moment. That is our trouble, not yours: try again in some minutes.
bot-check-result-fine = Your account is in order. Refresh the subscription in your app, choose another server there, or install the link anew.
bot-check-btn-again = 🔁 Check again
bot-check-btn-report = 📨 Send this report to support
bot-check-report-none = 🩺 Check: there is no access.
bot-check-report-pending = 🩺 Check: the access is not set up yet.
bot-check-report-expired = 🩺 Check: the time has ended.
bot-check-report-limited = 🩺 Check: the traffic is used up.
bot-check-report-disabled = 🩺 Check: the access is switched off.
bot-check-report-panel = 🩺 Check: the panel did not answer.
bot-check-report-fine = 🩺 Check: the account is in order, and it does not connect all the same.
bot-check-report-account = { $plan } · { $account } · until { $until } · { $traffic } · panel: { $panel }
