# The reader's e-mail, and what stands around what is mailed.

bot-mail-none-body =
    📧 <b>E-mail</b>

    Give an address, and we write to you there when Telegram cannot deliver: when you have blocked the bot, or it is gone.
bot-mail-btn-add = ➕ Add an address
bot-mail-ask-body = 📧 Send me your e-mail address. A code comes to it, by which you confirm that it is yours.
bot-mail-err-at = ❌ That is no e-mail address: it needs one @, as in name@example.com.
bot-mail-err-mailbox = ❌ What stands before the @ cannot be right. Only Latin letters, digits and signs such as . _ - + go there.
bot-mail-err-host = ❌ What stands behind the @ cannot be right. It should look like example.com.
bot-mail-err-wait = ⏳ Codes were sent just now. The next one can go in { $left }.
bot-mail-code-body =
    📨 We have sent a code of six digits to <code>{ $address }</code>.

    Type it here within { $minutes } minutes. If it does not come, look among the unwanted mail as well.
bot-mail-err-code =
    { $left ->
        [one] ❌ That is not the code. You have { $left } try left.
       *[other] ❌ That is not the code. You have { $left } tries left.
    }
bot-mail-err-expired = ⌛️ That code is not good any more. Have another one sent.
bot-mail-err-spent =
    { $tries ->
        [one] ❌ It was wrong { $tries } time, so the code is void. Have another one sent.
       *[other] ❌ It was wrong { $tries } times, so the code is void. Have another one sent.
    }
bot-mail-note-confirmed = ✅ The address is confirmed.
bot-mail-btn-again = 🔄 Send another code
bot-mail-btn-change = ✏️ Another address
bot-mail-btn-remove = 🗑 Remove it
bot-mail-btn-retry = 🔄 Try this address again
bot-mail-body =
    📧 <b>E-mail</b>

    Mail goes to <code>{ $address }</code>. When shall it come? What you switched off under “Notifications” does not come by mail either, and quiet hours hold.
bot-mail-refused-body =
    📧 <b>E-mail</b>

    ⚠️ <code>{ $address }</code> does not work: the last mail to it was refused, so none goes there any more. Give another address, or try this one again.
bot-mail-btn-instead = If Telegram fails
bot-mail-btn-always = Always
bot-mail-btn-never = Never
bot-mail-toast-sent = A new code is on its way.
bot-mail-toast-saved = Saved
bot-mail-toast-removed = The address is removed.
bot-mail-letter-code =
    <b>{ $code } is your code for { $shop }</b>

    Type it in the bot. It is good for { $minutes } minutes.
bot-mail-letter-btn-open = Open the bot
bot-mail-letter-btn-stop = No more mail
bot-mail-letter-why = { $shop } writes to you because you gave this address in its Telegram bot and chose to get mail always.
bot-mail-letter-why-instead = { $shop } writes to you by mail because Telegram could not deliver this message to you. You gave this address in its Telegram bot.
bot-mail-letter-why-code = Somebody gave this address in the Telegram bot of { $shop }. If it was not you, do nothing: without the code nothing is sent here.
