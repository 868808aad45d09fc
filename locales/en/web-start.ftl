# The steps from an account to a live bot.

## Shop

web-shop-title = Your shop
web-shop-lead = A name and a market, and the bot knows how to talk and what to sell.
web-shop-name = Shop name
web-shop-name-hint = Customers see it in every message. You can change it later.
web-shop-pack = Starter pack
web-shop-pack-iran = Iran
web-shop-pack-iran-text = Persian first, prices in Toman, Jalali dates, Tehran time
web-shop-pack-russia = Russia
web-shop-pack-russia-text = Russian first, prices in roubles, Moscow time
web-shop-pack-international = International
web-shop-pack-international-text = English first, prices in US dollars, UTC
web-shop-pack-refills = Another pack or currency replaces your plans with its own.
web-shop-adjust = Adjust language, currency, time zone
web-shop-as-pack = As in the pack
web-shop-language = Main language
web-shop-language-hint = A customer may switch to the other two.
web-shop-currency = Currency
web-shop-currency-hint = Plans are priced in it; nothing is converted.
web-shop-time-zone = Time zone

## Package

web-choose-title = Choose a package
web-choose-lead = Try it for 14 days with Starter limits, or pay now. You can change the package at any time.
web-choose-trial = Start 14 days free
web-choose-trial-text = No card. When it ends you choose a package; nothing is charged by itself.
web-choose-pay = Pay by card
web-choose-state-trial = Your trial runs until { $until }. You can pay now or later.
web-choose-state-waiting = A payment page was opened. If you paid, we wait for the answer; if not, choose anything below.
web-choose-state-waiting-link = See where it is
web-choose-state-paid = { $package } is paid until { $until }.

## Back from the checkout

web-return-title = Your payment
web-return-lead = Your package starts when the payment provider confirms.
web-return-waiting = Waiting for Stripe's confirmation
web-return-waiting-text = It usually takes a few seconds. This page moves on by itself.
web-return-waiting-long = It takes longer than usual. You may close this page: nothing is lost, and we carry on when the answer comes.
web-return-not-paid = I did not pay: back to the packages
web-return-paid = Paid, thank you
web-return-paid-text = { $package } is active. Next comes your bot.
web-return-failed = Nothing was charged
web-return-failed-text = The card was refused or the payment was broken off. What you entered before is kept.
web-return-again = Try again
web-return-other = Other choices
web-return-mismatch = Your payment arrived, but it does not match
web-return-mismatch-text = Amount, currency or recipient differ from what we asked for. Your money is recorded and a person looks at it; please do not pay again.

## Bot

web-bot-title = Connect your bot
web-bot-lead = The bot belongs to your Telegram account. Botyard only runs it, and you can take it back at any time.
web-bot-token = Bot token
web-bot-token-hint = From @BotFather, after /newbot or /token.
web-bot-sealed = Sealed on arrival. We cannot show it again, you can only replace it.
web-bot-replace = Replace
web-bot-check-token = Check the token
web-bot-sandbox-botfather = Make a bot at the pretend BotFather
web-bot-checks = Checks
web-bot-row-token = Token
web-bot-row-token-missing = Paste it above.
web-bot-row-token-ok = Token accepted by Telegram
web-bot-row-name = Name
web-bot-row-name-ok = { $name } { $username }
web-bot-row-name-text = Its commands will be set in Persian, Russian and English.
web-bot-row-owner = The owner
web-bot-row-owner-text = Open the bot and press Start. We are listening.
web-bot-row-owner-type = Type your numeric Telegram id.
web-bot-row-owner-ok = Known by the Telegram id { $who }.
web-bot-open = Open { $bot }
web-bot-look-again = I pressed Start: look again
web-bot-owner-type = Type my numeric id instead
web-bot-owner-change = Change the owner
web-bot-owner-change-text = Whoever opens the bot by this link and presses Start is its owner from then on.
web-bot-owner-id = Your Telegram id
web-bot-owner-id-hint = Digits only. Bots such as @userinfobot tell you yours.
web-bot-owner-save = Save the owner
web-bot-row-channel = Channel, optional
web-bot-row-channel-text = Not set.
web-bot-row-channel-ok = The bot is an administrator of { $channel }.
web-bot-channel = Channel
web-bot-channel-hint = Add the bot as an admin there, then name the channel. Buyers are not asked to join it yet.
web-bot-check-channel = Check

## Panel

web-panel-title = Connect your panel
web-panel-lead = Accounts of your customers are made on your own Marzban. We try each step now, so that no buyer is the first to find out.
web-panel-url = Panel address
web-panel-url-hint = As in your browser, with https:// and the port.
web-panel-username = Admin name
web-panel-password = Admin password
web-panel-sealed = Sealed on arrival, used only to talk to your panel.
web-panel-check = Connect and check
web-panel-checks = Checks
web-panel-interrupted = The check was interrupted on our side. Nothing was changed; please try again.
web-panel-kept = Your shop uses { $url } until another panel has passed every check.
web-panel-row-address = The address answers
web-panel-row-tls = A Marzban answers there
web-panel-not-encrypted = The connection is not encrypted: whoever listens reads the password. Use an https address.
web-panel-row-login = Name and password fit
web-panel-row-version = Its version is one we know
web-panel-row-inbounds = It has inbounds to sell
web-panel-row-test-user = A test account could be made and removed
web-panel-inbounds = What the shop sells
web-panel-inbounds-hint = New accounts get these inbounds.
web-panel-inbounds-save = Save the choice
web-panel-replace = Use another panel
web-panel-sandbox = No panel at hand?
web-panel-sandbox-text = The sandbox has one. It makes configs that lead nowhere.
web-panel-sandbox-use = Use the sandbox panel

## Plans

web-plans-title = What you sell
web-plans-lead = A start from the pack for your market. Change what you like now or later; open invoices keep their price.
web-plans-plan = Plan { $number }
web-plans-name = Name
web-plans-days = Days
web-plans-traffic = GB a month
web-plans-price = Price, { $currency }
web-plans-on = On sale
web-plans-trial = Free trial
web-plans-trial-text = Once per person, no payment. Most visitors try before they buy.
web-plans-trial-traffic = GB in all
web-plans-gigabyte = 1 GB is 1024³ bytes, as the panel counts.
web-plans-save = Save and continue

## Go live

web-live-title = Go live
web-live-lead = One button. It takes seconds, and you watch every step.
web-live-ready = Ready?
web-live-start = Start the bot
web-live-missing = The open rows are links: finish them first.
web-live-running = We are building your shop. You may close this page; it goes on.
web-live-in = Live in { $time }
web-live-done = Your bot is live
web-live-done-text = Share this link. The first visitor can already buy.
web-live-done-phone = It lives in the sandbox: talk to it on the phone, where the first visitor can already buy.
web-live-try = Try it on the phone
web-live-overview = To the overview
web-live-failed = It did not start, and nothing is lost
web-live-failed-text = The step below says why. Fix it and try again: finished steps are not repeated.
web-live-retry = Try again

## Deployment

web-deploy-title = Deployment
web-deploy-fix = Fix it
web-deploy-state-running = running
web-deploy-state-live = live
web-deploy-state-failed = stopped
web-deploy-order = Order placed
web-deploy-payment = Payment verified
web-deploy-information = Bot and panel checked
web-deploy-instance = Shop created
web-deploy-running = Bot running
web-deploy-link = Link to your bot ready

## Currencies of a shop

web-currency-usd = US dollars
web-currency-eur = Euros
web-currency-rub = Roubles
web-currency-irr = Toman
