# The shop's promo codes: the list, and the form of one.

web-promos-title = Promo codes
web-promos-lead = Your users enter a code in the bot, or follow its link. What an order was placed with stays with it, whatever you change here.
web-promos-new = New code
web-promos-none = No promo codes yet
web-promos-none-text = A code takes something off the price, or adds days or traffic. Give it to a channel, a friend, or whoever has not bought for a while.

web-promos-state-works = Works
web-promos-state-not-yet = Not yet
web-promos-state-ended = Ended
web-promos-state-used-up = Used up
web-promos-state-off = Switched off
web-promos-switch-on = Switch on
web-promos-switch-off = Switch off

web-promos-uses = { $paid } paid, { $open } waiting for payment
web-promos-uses-of = { $paid } paid and { $open } waiting for payment, of { $max }
web-promos-term-from = From { $at } on
web-promos-term-until = Until { $at }
web-promos-term-per-user = { $count ->
    [one] Once for each user
   *[other] { $count } times for each user
}
web-promos-term-first = For a first purchase
web-promos-term-plans = For: { $plans }
web-promos-term-no-plan = For plans that are not on sale

web-promos-link-text = The link into your bot that brings the code along
web-promos-code = Code
web-promos-code-hint = Latin letters and digits; capitals make no difference. Leave it empty and we think of one.
web-promos-kind = What it gives
web-promos-kind-percent = Percent off the price
web-promos-kind-amount = An amount off the price
web-promos-kind-days = More days
web-promos-kind-traffic = More traffic
web-promos-value = How much
web-promos-value-hint = Percent, money, days or gigabytes, by what it gives.
web-promos-currency = Currency of the amount
web-promos-currency-hint = Only for an amount: it is taken off where the user pays in this currency.
web-promos-least-hint = A code never makes a purchase free: a payment of nothing cannot be made, and no provider could confirm it. Where less is left than a way to pay takes, the user pays that least amount.
web-promos-limits = Limits
web-promos-from = First day
web-promos-until = Last day
web-promos-until-hint = It works until the end of this day, in your shop's time.
web-promos-max = Uses altogether
web-promos-per-user = Uses for each user
web-promos-empty-hint = Empty for no limit.
web-promos-first = Only for a first purchase
web-promos-plans = Plans
web-promos-plans-hint = It works on those you tick; tick none for all.
web-promos-save = Save
web-promos-change-hint = Orders that are placed keep the terms they were placed with.
web-promos-delete = Delete this code
web-promos-delete-text = Nobody can use it any more, and for whom it lies ready it does not. Orders that were placed with it keep their price.
web-promos-delete-yes = Delete it

web-flash-promo-made = { $code } is ready to be given out.
web-flash-promo-on = The code is switched on.
web-flash-promo-off = The code is switched off. Orders that were placed with it keep their price.
web-flash-promo-deleted = The code is deleted.
