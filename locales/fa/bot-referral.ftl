# آوردن دوستان.

bot-referral-rules =
    🎁 <b>دعوت از دوستان</b>

    لینک خود را برای کسی بفرستید که اینجا تازه است. با نخستین خرید او، شما <b>{ $own }</b> می‌گیرید و او <b>{ $friends }</b> بیشتر.
bot-referral-rules-referrer =
    🎁 <b>دعوت از دوستان</b>

    لینک خود را برای کسی بفرستید که اینجا تازه است. با نخستین خرید او، شما <b>{ $own }</b> می‌گیرید.
bot-referral-rules-referee =
    🎁 <b>دعوت از دوستان</b>

    لینک خود را برای کسی بفرستید که اینجا تازه است. با نخستین خرید، او <b>{ $friends }</b> بیشتر می‌گیرد.
bot-referral-link =
    لینک شما:
    <code>{ $link }</code>
bot-referral-none-yet = هنوز کسی با لینک شما نیامده است.
bot-referral-figures =
    👥 با لینک شما آمدند: { $count }
    🛒 خریدند: { $buying }
    🎁 به شما رسید: { $days }
bot-referral-history-title = <b>تازه‌ترین‌ها</b>
bot-referral-history-granted = { $date } · { $friend } خرید کرد · <b>+{ $bonus }</b>
bot-referral-history-without = { $date } · { $friend } خرید کرد
bot-referral-history-reversed = { $date } · پول { $friend } برگشت و هدیه پس گرفته شد
bot-referral-history-invited = { $date } · { $friend } آمد
bot-referral-btn-share = 📤 فرستادن برای دوست
bot-referral-btn-copy = 📋 کپی لینک
bot-referral-btn-qr = 🔳 کد QR
bot-referral-btn-mine = 🎁 دعوت‌های من
bot-referral-share-text = من از { $shop } استفاده می‌کنم. با لینک من بیا:
bot-referral-qr-body = 🔳 دوست شما این را اسکن می‌کند و وارد { $shop } می‌شود.
bot-referral-off-body = 🎁 فروشگاه فعلاً برای دعوت چیزی نمی‌دهد.
bot-referral-own-body = 🎁 این لینک خود شماست. آن را برای کسی بفرستید که اینجا تازه است.
bot-referral-invited = 🎁 { $friend } شما را دعوت کرده است: با نخستین خرید <b>{ $bonus }</b> بیشتر می‌گیرید.
bot-referral-invited-plain = 🎁 { $friend } شما را دعوت کرده است.
