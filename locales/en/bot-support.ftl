# Questions to the shop's people.

bot-support-title =
    💬 <b>Support</b>

    Write to us about anything that does not work. A person answers here, in this chat.
bot-support-btn-new = ✍️ Ask a question
bot-support-btn-mine = 🗂 My questions
bot-support-btn-contact = 👤 Write to us directly
bot-support-btn-thread = 💬 Show the conversation
bot-support-btn-reply = ✍️ Reply
bot-support-btn-again = ✍️ Ask again
bot-support-btn-solved = ✅ It is solved
bot-support-btn-newer = ⬅️ Newer
bot-support-btn-older = Older ➡️

bot-support-topics-title = 💬 What is it about?
bot-support-topic-connect = 🔌 It does not connect
bot-support-topic-speed = 🐢 It is slow
bot-support-topic-payment = 💳 A payment
bot-support-topic-account = 👤 My account
bot-support-topic-other = 💭 Something else

bot-support-ask-body =
    { $topic }

    Describe it in one message. A screenshot or a file helps: what do you see, since when, on which device?

    /cancel if you have changed your mind.
bot-support-ask-more-body = ✍️ Write what you want to add to question #{ $number }: text, a picture or a file.
bot-support-sent-body =
    ✅ Sent. Your question is #{ $number }, and the answer comes into this chat.

    If something is missing, just send it now: it is added.

bot-support-err-kind = I can pass on text, pictures and files, but not this. Please send it in one of these forms.
bot-support-err-large = This file is larger than 20 MB, which Telegram gives to no bot. Please send a smaller one.
bot-support-err-open-body =
    { $count ->
        [one] { $count } question of yours is
       *[other] { $count } questions of yours are
    } open already. Add to one of them, or close one that is solved.
bot-support-err-hour-body = That is a lot of messages within an hour, so this one was not passed on. What you wrote before has reached us; please wait a little and send it again.

bot-support-list-title = 🗂 <b>My questions</b>
bot-support-list-empty = 🗂 You have not asked anything yet.
bot-support-list-btn-ticket = #{ $number } · { $topic } · { $state }
bot-support-state-waiting = ⏳ waiting
bot-support-state-answered = 💬 answered
bot-support-state-closed = ✔️ closed

bot-support-thread-title = <b>#{ $number }</b> · { $topic } · { $state }
bot-support-thread-rated =
    You gave { $count ->
        [one] { $count } star
       *[other] { $count } stars
    }.
bot-support-thread-earlier = … what was said before is not shown.
bot-support-thread-me =
    👤 <b>You</b> · { $time }
    { $text }
bot-support-thread-shop =
    💬 <b>Shop</b> · { $time }
    { $text }
bot-support-file-photo = 📷 picture
bot-support-file-document = 📎 file

bot-support-answer-body =
    💬 <b>Answer to #{ $number }</b>

    { $text }
bot-support-closed-body =
    ✔️ Question #{ $number } is closed. How did we do?

    You can write into it again at any time.
bot-support-closed-shop-body =
    ✔️ We have closed question #{ $number }. How did we do?

    If it is not solved, just write again.
bot-support-rate-btn-star = { $count } ⭐
bot-support-rate-toast = Thank you!

# To the shop's owner.
bot-support-staff-body =
    💬 <b>#{ $number }</b> · { $topic }
    From { $user }

    { $text }
bot-support-staff-btn-answer = ✍️ Answer
bot-support-staff-btn-more = ✍️ Write more
bot-support-staff-btn-look = 🔎 Open in the panel
bot-support-staff-btn-close = ✔️ Close it
bot-support-staff-ask-body = ✍️ Your next message is the answer to #{ $number }: text, a picture or a file. /cancel to write nothing.
bot-support-staff-answered-body = ✅ Your answer to #{ $number } is on its way.
bot-support-staff-closed-body = ✔️ #{ $number } is closed. Its user is told, and asked how it was.
