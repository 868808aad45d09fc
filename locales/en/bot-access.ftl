# Several accesses of one person.

bot-access-btn-list = 🗂 My accesses
bot-access-body =
    🗂 <b>Your accesses</b>

    Each has a link of its own, for another phone or another person. The menu is about the chosen one, and renewing goes on it.
bot-access-empty-body = You have no access yet. Choose a plan to begin with.
bot-access-item =
    { $n }. <b>{ $plan }</b>
    { $status } · until { $until }
bot-access-item-present =
    👉 { $n }. <b>{ $plan }</b>
    { $status } · until { $until }
bot-access-btn-choose = { $n }. { $plan } · { $until }
bot-access-btn-more = ➕ One more access
bot-access-btn-together = 🔄 Add to what I have instead
bot-access-toast-chosen = The menu is about this access now
bot-access-place = 🗂 Access { $n } of { $of }
bot-access-separate-body = ➕ This plan becomes an <b>access of its own</b>, with another link. What you have stays as it is.
bot-access-enough-body = You have { $n } accesses, which is as many as one person can have here. Choose one of them to renew it.
