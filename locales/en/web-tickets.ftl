# What users ask the shop.

web-area-tickets = Support
web-tickets-title = Support
web-tickets-states = State
web-tickets-all = All
web-tickets-none = Nobody has asked anything yet
web-tickets-none-text = What users write under “Support” in the bot appears here. You can answer on this page; the bot's owner can answer in the bot as well.
web-tickets-try = Ask something on the phone
web-tickets-nothing = Nothing in this state
web-tickets-nothing-text = There are tickets in other states.
web-tickets-show-all = Show all tickets
web-tickets-previous = Previous
web-tickets-next = Next
web-tickets-contact = Another contact
web-tickets-contact-label = Name at Telegram or link
web-tickets-contact-hint = Shown in the bot beside tickets, and first under /paysupport. Empty: no other contact.
web-tickets-contact-save = Save
web-ticket-number = Ticket
web-ticket-topic = About
web-ticket-moved = Last moved
web-ticket-state-waiting = Waits for you
web-ticket-state-answered = Answered
web-ticket-state-closed = Closed
web-ticket-topic-connect = It does not connect
web-ticket-topic-speed = It is slow
web-ticket-topic-payment = A payment
web-ticket-topic-account = Account
web-ticket-topic-other = Something else
web-ticket-rating = { $count } of 5 stars
web-ticket-title = Ticket { $number }
web-ticket-user = User
web-ticket-shop = Shop, in the bot
web-ticket-picture = Picture of this message
web-ticket-file = File
web-ticket-cut = Only the newest messages are shown.
web-ticket-answer = Your answer
web-ticket-answer-hint = The user gets it in the bot, at once.
web-ticket-answer-reopens = The ticket is closed. An answer opens it again, and the user gets it in the bot.
web-ticket-send = Send
web-ticket-send-and-close = Send and close
web-ticket-close = Close
web-flash-ticket-answered = Your answer is on its way.
web-flash-ticket-closed = The ticket is closed. Its user is told, and asked how it was.
web-problem-tickets =
    { $count ->
        [one] { $count } question waits
       *[other] { $count } questions wait
    } for your answer.
web-problem-tickets-action = Answer
