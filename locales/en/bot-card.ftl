# From card to card: where to send the money, and the receipt.

bot-pay-methods-btn-card = 💳 Card transfer
bot-card-open-amount =
    💳 Send exactly <b>{ $amount }</b> for { $plan }

    The last digits belong to this order only: by them the shop finds your money. Please change nothing.
bot-card-open-rial = In your bank's app, where amounts are in rial: <b>{ $rial }</b>
bot-card-open-number = To the card: <code>{ $number }</code>
bot-card-open-bank = Bank: { $bank }
bot-card-open-holder = In the name of: <b>{ $holder }</b>
bot-card-open-note = ℹ️ { $note }
bot-card-open-todo =
    When you have paid, send a picture of the receipt here, until { $until }. A person looks at it, then your link comes here.

    Order <code>{ $order }</code>
bot-card-open-todo-wallet =
    When you have paid, send a picture of the receipt here, until { $until }. A person looks at it, then the money is in your wallet.

    Order <code>{ $order }</code>
bot-card-btn-copy-number = 📋 Copy the card number
bot-card-btn-copy-amount = 📋 Copy the amount
bot-card-btn-copy-rial = 📋 In rial
bot-card-btn-copy-toman = 📋 In toman
bot-card-btn-send = 🧾 I have paid: send the receipt

bot-card-ask-body =
    🧾 Now send the picture of your receipt for { $amount }: a photo or a screenshot from your bank's app, on which the amount, the time and the tracking number can be read.

    Order <code>{ $order }</code>
bot-card-err-text =
    🖼 I need a picture. Press 📎, choose the photo or screenshot of your receipt for { $amount }, and send it.

    Order <code>{ $order }</code>
bot-card-err-file =
    🖼 I can show pictures only. Take a screenshot of the receipt for { $amount } and send it as a photo.

    Order <code>{ $order }</code>
bot-card-err-large =
    🖼 This file is too large. Send the receipt for { $amount } as a photo and not as a file; Telegram then makes it small.

    Order <code>{ $order }</code>
bot-card-which-body = 🧾 Several of your orders wait for a receipt. Choose the one that you have paid, then send the picture once more.
bot-card-btn-which = { $plan } · { $amount }
bot-card-review-body =
    🔎 Thank you, the receipt for { $amount } is here. A person is looking at it.

    Your order is kept, and nothing runs out meanwhile. The answer comes to this chat.

    Order <code>{ $order }</code>
bot-card-expired-body =
    ⌛️ The time to pay { $amount } is over. You can start again with one tap.

    You have sent the money already? Then send the receipt all the same: it is not lost.

    Order <code>{ $order }</code>
bot-card-btn-again = 🔄 Start again
bot-card-btn-late = 🧾 I have paid: send the receipt
bot-card-too-many-body =
    🙏 Three receipts for this order could not be confirmed, so pictures do not help here any more. If you did pay, write to the shop and tell it the number <code>{ $order }</code>.
bot-card-rejected-body =
    ❌ The shop could not confirm your receipt for { $amount }.

    { $reason }

    Order <code>{ $order }</code>
bot-card-btn-send-another = 🧾 Send another receipt
bot-card-reason-not-arrived = The money has not arrived on the shop's card.
bot-card-reason-amount = Another amount has arrived than was asked for.
bot-card-reason-unreadable = The receipt cannot be read.
bot-card-reason-used = The picture shows another payment.
bot-card-all-taken-body = ⏳ Very many people are paying by card at this moment. Please try again in a few minutes, or choose another way to pay.

bot-card-sent-body =
    🧾 A receipt waits for you: { $amount } for { $plan }.

    Order <code>{ $order }</code>
bot-card-btn-look = 🔎 Look at it
