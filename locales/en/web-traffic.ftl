# Packs of traffic.

web-area-traffic = Extra traffic
web-traffic-lead = Packs that users add to a running plan when its traffic runs low. They add no days.
web-traffic-none = No packs yet
web-traffic-none-text = Add one below. The bot offers it in the profile and in the message that traffic runs out.
web-traffic-caption = The packs
web-traffic-size = Size
web-traffic-amount = Price
web-traffic-state = State
web-traffic-action = Action
web-traffic-on = On sale
web-traffic-off = Off sale
web-traffic-switch-on = Put on sale
web-traffic-switch-off = Take off sale
web-traffic-new = A new pack, or a new price
web-traffic-gigabytes = Gigabytes
web-traffic-price = Price, { $currency }
web-traffic-hint = The same size again changes its price. What was sold stays as it was sold.
web-traffic-save = Save the pack
error-pack-gone = There is no such pack.
