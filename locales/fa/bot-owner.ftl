# The bot and the person who runs the shop.

bot-owner-linked-body =
    🔗 این ربات از این پس شما را مالک <b>{ $shop }</b> می‌شناسد.
bot-owner-linked-again-body = ✅ شما از پیش مالک <b>{ $shop }</b> هستید.
bot-owner-err-link-body = 🔗 این لینک دیگر معتبر نیست. در پنل، در صفحهٔ ربات خود، لینک تازه‌ای بسازید.
bot-owner-live-body =
    🚀 <b>{ $shop }</b> راه افتاد!

    این لینک را به مشتریان خود بدهید:
    <a href="{ $link }">{ $link }</a>

# Why the bot stands still, beside its state in the panel.
bot-reason-owner = به دست شما تغییر کرد
