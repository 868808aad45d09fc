# The shop's channel, which has to be joined first where its owner wants that.

bot-gate-body =
    📣 <b>{ $shop }</b> is for members of its channel { $channel }.

    Join it, come back and press “I have joined”.
bot-gate-btn-join = 📣 Open the channel
bot-gate-btn-check = ✅ I have joined
bot-gate-toast-outside = You are not in the channel yet. Join it first, then press again.
bot-gate-toast-ok = Welcome!
