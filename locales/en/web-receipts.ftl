# Receipts of transfers from card to card.

web-orders-chip-review = To review
web-orders-review = Review the oldest
web-orders-review-count = { $count ->
    [one] { $count } receipt waits for you.
   *[other] { $count } receipts wait for you.
}
web-order-state-review = To review
web-order-event-receipt-sent = The buyer sent a receipt
web-order-event-receipt-approved = Receipt approved
web-order-event-receipt-rejected = Receipt rejected

web-receipt-title = Receipt
web-receipt-drawer = Receipt { $order }
web-receipt-close = Close
web-receipt-order = All about this order
web-receipt-back = Back
web-receipt-approve-title = Has the money arrived?
web-receipt-facts = Compare
web-receipt-expected = Amount asked for
web-receipt-arrived = Amount that arrived
web-receipt-card = Card
web-receipt-sent = Receipt sent
web-receipt-ordered = Time to pay
web-receipt-between = { $from } to { $until }
web-receipt-before = { $count ->
    [0] first order
    [one] { $count } order paid before
   *[other] { $count } orders paid before
}
web-receipt-waiting = Receipts to review
web-receipt-place = { $at } of { $of }
web-receipt-previous = Previous
web-receipt-next = Next
web-receipt-picture = The receipt that the buyer sent
web-receipt-enlarge = Open in full size
web-receipt-fetching = The picture is being fetched from Telegram.
web-receipt-picture-gone = Telegram no longer has the picture. Look into your bank's account, or ask the buyer for another one by rejecting it.
web-receipt-picture-too-large = The file is larger than 2 MB and was not kept. Ask the buyer for a photo by rejecting it.
web-receipt-picture-none = The file is no picture. Ask the buyer for a photo by rejecting it.
web-receipt-picture-dropped = The picture was deleted 180 days after the decision.
web-receipt-unseen = This picture was not sent before.
web-receipt-seen = The same picture was sent before
web-receipt-twin = for { $order } on { $time }
web-receipt-others = Other receipts of this order
web-receipt-somebody = somebody
web-receipt-approved-by = Approved by { $by }, { $time }
web-receipt-rejected-by = Rejected by { $by }, { $time }: { $reason }
web-receipt-mismatch-text = Nothing was given to the buyer. Send what arrived back from your bank, or settle it with the buyer.
web-receipt-approve = Approve…
web-receipt-approve-after-all = The money has arrived after all…
web-receipt-approve-text = You have seen in your bank's account that { $amount } has arrived on the card ending in { $card }. The buyer gets access at once.
web-receipt-came = Another amount arrived
web-receipt-came-hint = Empty: exactly { $amount }. With less the buyer gets nothing yet and the order waits for you; what is too much goes into the buyer's wallet.
web-receipt-approve-yes = The money is here, give access
web-receipt-reject = Reject…
web-receipt-reject-text = The buyer reads the reason in his own language and can send another receipt, three altogether.
web-receipt-why = Reason
web-receipt-reason-not-arrived = Not in my account
web-receipt-reason-amount = The amount does not match
web-receipt-reason-unreadable = The receipt cannot be read
web-receipt-reason-used = The picture shows another payment
web-receipt-reason-other = Another reason (write it below)
web-receipt-words = In your own words
web-receipt-words-hint = The buyer reads this as you write it.
web-receipt-reject-yes = Reject and tell the buyer

web-refund-record-title = I have sent the money back…
web-refund-record-text = Send it back from your bank first, up to { $amount }, then write down here how much. The same share of the unused time and traffic is taken back, and the buyer is told. This cannot be undone.
web-refund-record-yes = I have sent it back

web-flash-receipt-approved = Approved. The access is on its way.
web-flash-receipt-approved-wallet = Approved. The money is in the buyer's wallet.
web-flash-receipt-rejected = Rejected. The buyer is told why.
web-flash-refund-recorded = Written down. Time and traffic are taken back, and the buyer is told.
web-flash-method-ready = Saved. Switch it on when it is right.

web-method-card-title = Card transfer
web-method-card-hint = Your customers send money to your own card and a receipt to the bot. You look at each receipt on the orders page and approve it. Each order asks for an amount of its own, so that you find it in your account.
web-method-card-number = Card number
web-method-card-number-hint = Sixteen digits. Everybody who buys sees it.
web-method-card-holder = Name on the card
web-method-card-bank = Bank (optional)
web-method-card-note = Note for payers (optional)
web-method-card-note-hint = For example a limit of your bank, or when you look at receipts.

web-preview-picture = Send a picture, such as a receipt
web-preview-picture-file = Picture
web-preview-picture-send = Send the picture
web-preview-picture-sample = Send a sample receipt
web-preview-no-picture = This is no PNG or JPEG picture.

error-card-number-length = A card number has sixteen digits. Copy all of them from the card.
error-card-number-checksum = This is no card number: a digit is wrong, or two have changed places. Compare it with the card.
error-receipt-decided = Somebody was faster. { $decision }
error-receipt-overtaken = This receipt cannot be decided any more: another one has taken its place, or the order is closed.
error-receipt-amount = The amount must be more than nothing and not a hundred times what was asked for.
error-receipt-words = Write the reason, so that the buyer knows what to do.
