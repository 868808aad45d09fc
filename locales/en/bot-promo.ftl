# Promo codes: entering one, what it gives, why it does not.

bot-promo-btn-enter = 🎟 Promo code
bot-promo-btn-off = ✖️ Take { $code } off
bot-promo-btn-plans = 🛒 Choose a plan

bot-promo-ask-body =
    🎟 <b>Promo code</b>

    Send me the code as a message.
bot-promo-another-body = You can send another code, or buy without one.
bot-promo-taken-body = ✅ <code>{ $code }</code> is yours: <b>{ $gift }</b>. It is used for your next order.
bot-promo-ready-body = 🎟 <code>{ $code }</code> lies ready for your next order: <b>{ $gift }</b>.
bot-promo-changed-body = The terms have changed in the meantime. Please look again before you pay.

bot-promo-gift-percent = { $percent }% off
bot-promo-gift-amount = { $amount } off
bot-promo-gift-days = { $period } more
bot-promo-gift-traffic = { $traffic } more traffic

bot-promo-term-until = ⏳ Valid until { $at }.
bot-promo-term-plans = 🧾 For these plans: { $plans }.
bot-promo-term-first = 🌱 For a first purchase.
bot-promo-separator-plans = {", "}

bot-promo-line-off = 🎟 <code>{ $code }</code>: you save <b>{ $off }</b>; the price is { $full } without it.
bot-promo-line-days = 🎟 <code>{ $code }</code>: <b>{ $period }</b> more, for nothing.
bot-promo-line-traffic = 🎟 <code>{ $code }</code>: <b>{ $traffic }</b> more, for nothing.
bot-promo-line-least = ℹ️ Less than { $amount } cannot be paid, so the code takes off no more.
bot-promo-line-not = 🎟 <code>{ $code }</code> is not used for this order.

bot-promo-err-unknown = 🤔 There is no such code. Please look whether every letter is right.
bot-promo-err-off = ⌛️ The shop has switched this code off.
bot-promo-err-not-yet = ⏳ This code is valid from { $at } on. Please come back then.
bot-promo-err-ended = ⌛️ This code was valid until { $at }.
bot-promo-err-used-up = 😔 This code has been used as often as it could be.
bot-promo-err-used = ☑️ You have used this code already.
bot-promo-err-first = 🌱 This code is for a first purchase, and you have bought before.
bot-promo-err-plan = 🧾 This code is for other plans.
bot-promo-err-currency = 💱 This code takes off { $amount }, and this plan is not paid in that currency.
bot-promo-err-least = ℹ️ The price is the least that can be paid already, so there is nothing to take off.
bot-promo-err-unpaid = ⏳ You have begun several orders with this code and not paid them. From { $at } on you can begin another; orders that are still open can be paid now.
bot-promo-err-tries = ⏳ That were many codes that do not exist. Please try again at { $at }.
