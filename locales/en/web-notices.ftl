# The page of what the bot tells its users without being asked.

web-notices-title = Notifications
web-notices-kinds = What the bot tells
web-notices-kinds-text = Each user can switch these off for himself as well. The message with the first link always comes, and nobody gets more than two reminders a day.
web-notices-kind-trial-ending = A day before the end, a quarter of a shorter trial before it, or when four fifths of the traffic are used.
web-notices-kind-expiring = Three days and a day before the end, unless the plan renews by itself.
web-notices-kind-expired = When the time is over; the link is kept and works again after a renewal.
web-notices-kind-payment-ok = When a renewal was paid and delivered. The first purchase is always confirmed.
web-notices-kind-payment-failed = When a payment failed or ran out, or an automatic renewal could not be charged.
web-notices-kind-referral = When an invited person has bought a plan.
web-notices-kind-traffic = At 80 % and at 100 % of the traffic.
web-notices-kind-renewal-ahead = A day before a plan is charged without being asked, with the amount and the way to switch it off.
web-notices-kind-win-back = Once, seven days after access ended and was not renewed. Off until you switch it on.
web-notices-hours = Hours
web-notices-hours-text = Reminders are sent at these hours by the clock of your shop, and outside each user's own quiet hours. What becomes of a payment is told at once.
web-notices-from = From
web-notices-until = Until
web-notices-save = Save
web-flash-notices-saved = Saved. Reminders that are planned already follow it, too.
