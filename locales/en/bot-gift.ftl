# Plans that are bought for somebody else.

bot-gift-btn-buy = 🎁 As a gift
bot-gift-btn-way = { $way } · { $amount }
bot-gift-methods-body =
    🎁 <b>{ $plan } for somebody else</b>

    After paying you get a link to pass on. Whoever opens it first has the plan. Until then you can use it yourself.
bot-gift-ready-body =
    🎁 <b>Your gift is ready: { $plan }</b>

    Send this link to whoever shall have it. It works once:
    <code>{ $link }</code>

    Order { $order }
bot-gift-btn-share = 📤 Send it to somebody
bot-gift-btn-keep = 🙋 Use it myself
bot-gift-btn-keep-order = 🙋 Use { $plan } myself
bot-gift-btn-list = 🎁 My gifts
bot-gift-given-body = 🎁 Your gift { $plan } was opened. Order { $order }
bot-gift-gone-body = 🎁 The money of this gift went back, so its link does not work. Order { $order }
bot-gift-list-title = 🎁 <b>Your gifts</b>
bot-gift-list-empty-body = You have bought no gifts yet. Choose a plan, and then “As a gift”.
bot-gift-item-waiting =
    ⏳ { $plan } · not opened yet
    <code>{ $link }</code>
bot-gift-item-opened = ✅ { $plan } · opened
bot-gift-item-gone = ↩️ { $plan } · the money went back
bot-gift-keep-body = 🙋 <b>Use { $plan } yourself?</b> It is added to what you have, and the link stops working.
bot-gift-keep-btn-yes = ✅ Yes, add it to mine
bot-gift-own-body = 🎁 This is your own gift. Send the link to somebody else, or use it yourself.
bot-gift-done-body = 🎁 The gift is yours! I am setting it up; your link arrives here in a moment.
bot-gift-yours-body = 🎁 You have opened this gift already; it is yours.
bot-gift-taken-body = 🎁 Somebody has opened this gift already: each works once.
bot-gift-unpaid-body = 🎁 This gift is not paid for yet. Its link works as soon as it is.
bot-gift-refunded-body = 🎁 The money of this gift went back, so its link does not work any more. Please ask whoever sent it to you.
bot-gift-room-body = 🎁 The shop cannot give access at this moment. The gift waits for you: please follow its link again later.
bot-gift-none-body = 🎁 There is no such gift. Please ask whoever sent you the link.
bot-gift-opened-body =
    🎁 A gift for you: { $plan }

    📅 Until { $until }
