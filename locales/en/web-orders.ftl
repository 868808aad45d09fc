# Orders and ways to pay.

## Orders

web-orders-title = Orders
web-orders-states = State
web-orders-chip-all = All
web-orders-chip-attention = Needs you
web-orders-chip-paid = Paid
web-orders-chip-pending = Pending
web-orders-chip-failed = Failed
web-orders-chip-refunded = Refunded
web-orders-search = Order number, @username or Telegram ID
web-orders-search-go = Search
web-orders-nothing = No order fits
web-orders-nothing-text = Check the number or name, or choose another state. Names are searched whole.
web-orders-show-all = Show all orders
web-orders-none = No orders yet
web-orders-none-text = An order appears here as soon as somebody chooses how to pay.
web-orders-overview = Go to the overview
web-orders-pages = Pages
web-orders-newer = Newer
web-orders-older = Older
web-orders-strange = Money came that no order asked for. Look it up at the provider, and send it back there if it is not yours.
web-orders-strange-one = { $amount } by { $method }, { $time }: payment { $payment }
web-orders-check-holds = Books checked { $time }: everything adds up, here and at the payment providers and panels.
web-orders-check-silent = Books checked { $time }: everything adds up. { $silent ->
    [one] { $silent } provider or panel did not answer
   *[other] { $silent } providers or panels did not answer
 } and will be asked again tonight.
web-orders-check-broken = Books checked { $time }: { $count ->
    [one] { $count } thing does not add up
   *[other] { $count } things do not add up
 }. The operator of this server has been told.
web-order-state-new = New
web-order-state-pending = Waiting for payment
web-order-state-paid = Being set up
web-order-state-provisioned = Delivered
web-order-state-failed = Failed
web-order-state-expired = Expired
web-order-state-mismatch = Does not match
web-order-state-refunded = Refunded
web-order-state-disputed = Disputed
web-order-state-won = Dispute won
web-order-state-lost = Dispute lost

## One order

web-order-title = Order { $order }
web-order-payment = Payment
web-order-access = Access
web-order-refunds = Refunds
web-order-timeline = What happened
web-order-method = Method
web-order-telegram-id = Telegram ID
web-order-refunded = Paid back
web-order-account = Account at the provider
web-order-payment-id = Payment ID
web-order-placed = Ordered
web-order-paid = Paid
web-order-open-until = Open until
web-order-given = Given
web-order-taken-back = Taken back
web-order-access-until = Access ends
web-order-panel-account = Account on the panel
web-order-look = Look again
web-order-look-text = Asks the payment provider now, without waiting for its report.
web-order-mismatch-text = Nothing was given to the buyer. Compare with the payment at the provider, then send it back there or settle it with the buyer.
web-order-disputed-text = The buyer's bank asks for the money back. Answer at the provider before its deadline; access stays until that is decided.
web-order-differs-currency = Paid in { $came } instead of { $wanted }.
web-order-differs-amount = { $came } came instead of { $wanted }.
web-order-differs-account = The money went to another account than the shop's at the time of the order.
web-order-differs-order = The payment names another order.
web-order-differs-second = It is a second payment for the same order.
web-order-event-placed = Ordered
web-order-event-new = New
web-order-event-pending = Payment page opened
web-order-event-paid = Paid
web-order-event-provisioned = Access delivered
web-order-event-failed = Payment failed
web-order-event-expired = Nobody paid in time
web-order-event-mismatch = The payment does not match
web-order-event-differs = What differs
web-order-event-refunded = All of it paid back
web-order-event-disputed = The bank disputes it
web-order-event-won = Dispute won
web-order-event-lost = Dispute lost
web-order-event-illegal-step = Reported out of turn, ignored
web-order-event-surplus-to-wallet = Paid too much; put into the wallet
web-order-event-webhook-refused = A report was not believed
web-order-event-refund-requested = Refund asked for
web-order-event-refund = Paid back
web-order-event-refund-failed = The provider refused the refund
web-refund-requested = On the way
web-refund-done = Done
web-refund-failed = Refused
web-refund-title = Refund…
web-refund-text = Up to { $amount } goes back the way it came. The same share of the unused time and traffic is taken back. This cannot be undone.
web-refund-amount = Amount
web-refund-amount-hint = Empty: all of it, { $amount }.
web-refund-reason = Reason
web-refund-reason-hint = For your own records; the buyer does not see it.
web-refund-yes = Send the money back
web-refund-by-hand = Refund by hand
web-refund-by-hand-text = We cannot send money back at this provider. Do it in the provider's own account or straight to the buyer; the access stays as it is.

## Ways to pay

web-methods-title = Ways to pay
web-methods-lead = Your customers are asked in this order. A way is offered for plans that have a price in one of its currencies.
web-methods-none = No way to pay yet
web-methods-none-text = Until one is switched on nobody can buy. Set one up, test it, switch it on.
web-methods-on = On
web-methods-off = Off
web-methods-switch-on = Switch on
web-methods-switch-off = Switch off
web-methods-up = Up
web-methods-down = Down
web-methods-set-up = Set up
web-methods-others = More ways
web-methods-collects = Collects in { $currencies }
web-methods-no-price = Not offered: no plan has a price in its currency
web-methods-no-price-text = No plan on sale has a price in its currencies ({ $currencies }), so nobody is offered it.
web-methods-between = From { $min } to { $max }
web-methods-from = From { $min }
web-methods-up-to = Up to { $max }
web-methods-kept = Stored. Leave empty to keep it.
web-methods-sealed = Keys are stored sealed and never shown again.
web-methods-labels = Name on the button (empty: ours)
web-methods-label-en = In English
web-methods-label-fa = In Persian
web-methods-label-ru = In Russian
web-methods-limits = Limits
web-methods-limits-hint = In { $currency }. Outside of them this way is not offered.
web-methods-min = Not below
web-methods-max = Not above
web-methods-save = Save
web-methods-webhook = Address for notifications
web-methods-webhook-text = Paste it where the provider asks for a webhook or notification URL.
web-methods-test = Test it
web-methods-test-text = Makes one harmless call with the stored keys. No money moves.
web-methods-remove = Remove this way to pay
web-methods-remove-text = Its keys are forgotten. While open orders may still be paid with it, it can only be switched off.
web-methods-remove-yes = Remove it
web-methods-field-account = Account ID
web-methods-field-key = API key
web-methods-field-secret = Webhook secret
web-method-test-title = Test card
web-method-test-hint = The sandbox's own card page. No money moves.
web-method-yookassa-title = YooKassa
web-method-yookassa-hint = Both are in YooKassa's merchant profile: the shopId under Settings, Shop; the secret key under Integration, API keys.
web-method-yookassa-account_id = shopId
web-method-yookassa-api_key = Secret key
web-method-cryptopay-title = Crypto Pay
web-method-cryptopay-hint = Open @CryptoBot in Telegram: Crypto Pay, Create App, then API Token.
web-method-cryptopay-account_id = App id
web-method-cryptopay-api_key = API token
web-method-wata-title = Wata
web-method-wata-hint = In Wata's merchant account: your terminal, Create a token. It is shown once.
web-method-wata-account_id = Terminal id
web-method-wata-api_key = Access token (JWT)
