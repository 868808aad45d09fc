# The bot and the person who runs the shop.

bot-owner-linked-body =
    🔗 This bot now knows you as the owner of <b>{ $shop }</b>.
bot-owner-linked-again-body = ✅ You are already known as the owner of <b>{ $shop }</b>.
bot-owner-err-link-body = 🔗 This link is no longer valid. Make a new one in the panel, under your bot.
bot-owner-live-body =
    🚀 <b>{ $shop }</b> is live!

    Share this link with your customers:
    <a href="{ $link }">{ $link }</a>
bot-owner-gate-body =
    ⚠️ <b>I cannot see who is in { $channel }.</b>

    So that nobody is shut out, I let everybody in without asking. Make me an administrator of the channel again, or switch the condition off in the panel, under “Entry”.

# Why the bot stands still, beside its state in the panel.
bot-reason-owner = Switched by you
