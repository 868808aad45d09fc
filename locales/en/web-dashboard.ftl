# The customer's area.

web-home-title = Your bots
web-home-empty = No bot yet
web-home-empty-text = Connect one and it sells within a minute. A starter pack brings language, currency and plans.
web-home-connect = Connect your first bot
web-home-today = Today:
web-home-try = Try it on the phone

## Overview

web-overview-title = Overview
web-overview-needs-you = Needs you
web-overview-revenue = Revenue
web-overview-last-14 = last 14 days
web-overview-chart-best = { $total } in 14 days. Best day { $day } with { $amount }.
web-overview-chart-empty = No revenue in the last 14 days yet.
web-overview-revenue-14 = Revenue, 14 days
web-overview-active = Active subscriptions
web-overview-active-of = of { $limit } in your package
web-overview-trial-to-paid = Trial to paid
web-overview-sales-today = Sales today
web-overview-sales = Recent sales
web-overview-no-sales = No sales yet
web-overview-no-sales-text = Buy from yourself once on the phone with the test card, then share the link.
web-overview-no-sales-share = Open your bot once as a customer would, then share its link.
web-overview-test-purchase = Make a test purchase

## States of a bot

web-state-draft = Draft
web-state-deploying = Starting
web-state-live = Live
web-state-paused = Paused
web-state-maintenance = Maintenance
web-state-needs-token = Needs a token
web-state-failed = Failed

## Sales

web-sale-order = Order
web-sale-user = User
web-sale-plan = Plan
web-sale-amount = Amount
web-sale-state = State
web-sale-time = Time

## Actions

web-action-open = Open bot
web-action-finish = Finish setting up
web-action-resume = Start
web-action-restart = Restart
web-action-pause = Pause…
web-action-pause-title = Pause { $bot }?
web-action-pause-text = Your customers keep their VPN, but nobody can buy or renew until you start it again. Visitors read that the shop takes a break.
web-action-pause-yes = Pause bot
web-action-maintain = Maintenance…
web-action-maintain-title = Put { $bot } into maintenance?
web-action-maintain-text = Nobody can buy or renew meanwhile. Visitors read that the shop is being serviced and will be back soon.
web-action-maintain-yes = Start maintenance
web-action-new-token = New token
web-action-new-token-hint = Of the same bot, from @BotFather after /revoke. The old one stops working there.
web-action-rotate = Replace the token
web-action-delete = Delete this bot
web-action-delete-text = It stops at once and its token is forgotten. Plans, orders and your customers' access belong to the shop and stay; the bot itself stays in your Telegram account.
web-action-delete-name = Type { $bot } to confirm
web-action-delete-yes = Delete the bot

## Phone page

web-preview-title = Phone
web-preview-tag = test shop
web-preview-lead = This is your real bot. The keys send what Telegram would send, and the same code answers that answers your customers.
web-preview-start-text = A link brought you here. Telegram sends what it carries when you press Start.
web-preview-start = Start
web-preview-phone = Phone
web-preview-controls = Controls
web-preview-persona = Who holds the phone
web-preview-switch = Switch
web-preview-clock = The shop's clock: { $now }
web-preview-hour = +1 hour
web-preview-day = +1 day
web-preview-month = +30 days
web-preview-last-update = Last update
web-preview-failed = The server could not be reached. What you see is from before.
web-preview-persona-buyer = A new customer
web-preview-persona-friend = Another customer
web-preview-persona-owner = You, the owner

## A bot that needs its owner

web-problem-needs-token = { $bot } needs a new token
web-problem-needs-token-text = Telegram no longer accepts the old one. Paid access of your customers goes on.
web-problem-needs-token-action = Give it a token
web-problem-failed = { $bot } does not run
web-problem-failed-text = We tried several times. Paid access of your customers goes on.
web-problem-failed-action = Have a look
web-problem-conflict = Another program runs { $bot }
web-problem-conflict-text = It takes the messages of your customers away from the shop. Stop that program, or replace the token after /revoke in @BotFather.
web-problem-conflict-action = Replace the token
web-problem-panel-down = Panel { $panel } has not answered since { $time }
web-problem-panel-down-text = Nothing that was paid is lost: it is delivered by itself when the panel is back, and no day is taken off. Check that the server runs and can be reached from outside.
web-problem-panel-refused = Panel { $panel } has refused our login since { $time }
web-problem-panel-refused-text = Nothing that was paid is lost: it is delivered by itself when the login is right again. Check the user and the password of the panel.
web-problem-panel-refused-action = Enter the login
web-overview-since = since { $time }
