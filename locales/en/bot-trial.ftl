# The free trial, once per person.

bot-trial-offer-body =
    🧪 <b>Free trial</b>

    { $period }, { $traffic }. No payment, no card; it simply ends by itself.
bot-trial-offer-btn-start = 🚀 Start the trial
bot-trial-setting-up-body = ⏳ Setting up your trial. It takes a few seconds.
bot-trial-ok-body =
    🎉 Your free trial is on until { $until } ({ $traffic }).

    Connect now; it takes a minute.
bot-trial-slow-body =
    ⏳ The server answers slowly at the moment. Your trial is saved; we keep trying, and the link arrives here by itself.

    The time starts when the link is ready.
bot-trial-used-body = You have already had your free trial. Choose a plan; they start at { $amount }.
bot-trial-used-plain-body = You have already had your free trial. Choose a plan to go on.
bot-trial-limit-body = 🙏 All free places are taken just now. Shall we tell you here when there is room? A plan may still be possible.
bot-trial-none-body = This shop has no free trial. Have a look at the plans.
