# Frequent questions.

bot-faq-title = ❓ <b>Questions and answers</b>
bot-faq-empty = ❓ There are no answers here yet. Ask us directly.
bot-faq-category-title = ❓ <b>{ $category }</b>
bot-faq-category-connect = 🔌 Connecting
bot-faq-category-payment = 💳 Paying
bot-faq-category-account = 👤 My access
bot-faq-category-other = 💭 Other questions
bot-faq-entry =
    <b>{ $question }</b>

    { $answer }
bot-faq-other-language = 🌐 This is not translated: you are reading it in { $language }.
bot-faq-btn-helped = 👍 It helped
bot-faq-btn-did-not = 👎 It did not
bot-faq-btn-search = 🔎 Search
bot-faq-btn-support = 💬 Ask the shop
bot-faq-toast-thanks = Thank you, good to know!
bot-faq-did-not-body =
    Sorry that “{ $question }” did not help.

    Ask us: a person answers in this chat.
bot-faq-search-body = 🔎 Type in a few words what you are looking for, for example “does not connect”.
bot-faq-found-title = 🔎 This may answer it:
bot-faq-found-none = 🔎 No answer fits. Try other words, or ask the shop.

## The five that every shop begins with.

bot-faq-start-question = How do I connect my phone or computer?
bot-faq-start-answer =
    1. Install an app: /config shows which one fits your device.
    2. Copy your link there, or scan its QR code.
    3. Add the link in the app as a subscription and press connect.

    The first time, your device asks whether it may set up a VPN: allow it.
bot-faq-broken-question = It does not connect, or it is slow. What can I do?
bot-faq-broken-answer =
    1. Look at /my: is there time and traffic left?
    2. Refresh the subscription in the app, and choose another server there if it has one.
    3. Switch between Wi-Fi and mobile data: some networks block more than others.
    4. Check that the clock of your device is right.

    If it still does not work, ask the shop and say which device and app you use.
bot-faq-devices-question = On how many devices can I use my link?
bot-faq-devices-answer =
    Put the same link into the app on each of your own devices. They share the traffic of your plan.

    Please do not pass the link on: whoever has it uses up your traffic.
bot-faq-renew-question = How do I renew, and what happens to the days I have left?
bot-faq-renew-answer =
    Press “Renew” in the menu and choose a plan. The new days are added to those you have, and unused traffic stays.

    Your link stays the same, so nothing has to be changed in the app.
bot-faq-refund-question = I have paid and nothing happened, or I want a refund.
bot-faq-refund-answer =
    A payment usually arrives within a minute. Open the order under /my and press the button that checks it: nothing is ever charged twice.

    If it does not help, or you want your money back, ask the shop and name the number of the order.
