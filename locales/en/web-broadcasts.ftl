# Messages to many users at once: the list, the composer, how far one got.

web-area-broadcasts = Broadcasts
web-broadcasts-title = Broadcasts
web-broadcasts-lead = One message to many of your users, to each once and in their own language. Purchases and answers always go first.
web-broadcasts-new = New broadcast
web-broadcasts-none = Nothing has been broadcast yet
web-broadcasts-none-text = Tell your users about a sale, a new server or an outage. You choose who gets it, see it before it leaves, and can stop it at any time.
web-broadcasts-newer = Newer
web-broadcasts-older = Older

web-broadcast-state-draft = Draft
web-broadcast-state-scheduled = Scheduled
web-broadcast-state-sending = Being sent
web-broadcast-state-paused = Paused
web-broadcast-state-stopped = Stopped
web-broadcast-state-done = Done

web-broadcast-segment-all = All users
web-broadcast-segment-active = With a paid plan that runs
web-broadcast-segment-trial = On a free trial
web-broadcast-segment-expiring = Ends within 3 days
web-broadcast-segment-expired = Access has ended
web-broadcast-segment-never = Never bought
web-broadcast-segment-count = { $segment } ({ $number })

web-broadcast-began-writing = Begun on { $at }
web-broadcast-begins = Begins on { $at }
web-broadcast-started = Began on { $at }
web-broadcast-ended = Ended on { $at }
web-broadcast-arrived = { $sent } of { $all } got it, begun on { $at }

web-broadcast-draft = Broadcast
web-broadcast-segment = Who gets it
web-broadcast-segment-hint = Whoever is banned or has blocked the bot is left out. Who belongs to it is decided when it begins.
web-broadcast-text = Text in { $language }
web-broadcast-text-needed = Needed: whoever has no text in their own language gets this one. At most 4,096 characters, or 1,024 below a picture.
web-broadcast-text-hint = Leave it empty to send the first text to these users, too.
web-broadcast-button-first = First button
web-broadcast-button-second = Second button
web-broadcast-button-to = Where it leads
web-broadcast-button-link = Address of a link
web-broadcast-button-label = Label in { $language }
web-broadcast-button-hint = A button to a screen of the bot has a label of its own when you type none.
web-broadcast-to-none = No button
web-broadcast-to-link = A link
web-broadcast-save = Save and preview
web-broadcast-save-hint = Nothing is sent yet. Pictures, a test and the time come next.
web-broadcast-pictures = Pictures
web-broadcast-pictures-text = A PNG or JPEG of at most 5 MB stands above the text. A language’s own picture goes before the one for all.
web-broadcast-picture-all = For all languages
web-broadcast-picture-alt = The picture above the text
web-broadcast-picture-put = Put picture
web-broadcast-picture-remove = Take it away
web-broadcast-review = Preview
web-broadcast-preview = as your users see it
web-broadcast-reach-nobody = Nobody belongs to this group now.
web-broadcast-reach = { $count ->
    [one] Goes to { $count } user now, which takes about { $time }.
   *[other] Goes to { $count } users now, which takes about { $time }.
}
web-broadcast-missing = Not written in: { $languages }. These users get the text in { $shop }.
web-broadcast-test = Send a test to me
web-broadcast-test-nobody = A test goes to the owner’s Telegram, which is not known yet.
web-broadcast-test-connect = Connect it
web-broadcast-test-blocked = The bot cannot write to you: open it in Telegram and press Start, then test again.
web-broadcast-test-refused = Telegram did not take it: { $reason }
web-broadcast-test-later = Telegram asks to wait, or cannot be reached. Test again in a minute.
web-broadcast-test-no-bot = The bot does not run, so nothing can be sent.
web-broadcast-schedule = Send it later
web-broadcast-day = Day
web-broadcast-time = Time
web-broadcast-zone = By the shop’s clock ({ $zone }).
web-broadcast-schedule-yes = Schedule
web-broadcast-now = Send it now
web-broadcast-now-text = It begins at once. You can pause and stop it, and delete what was sent within 48 hours.
web-broadcast-now-yes = { $count ->
    [one] Send to { $count } user
   *[other] Send to { $count } users
}
web-broadcast-discard = Throw this draft away
web-broadcast-discard-text = Texts and pictures are gone for good.
web-broadcast-discard-yes = Throw away

web-broadcast-message = The message
web-broadcast-progress = Recipients that are done
web-broadcast-figures = Recipients
web-broadcast-left = { $count ->
    [one] { $count } is left, about { $time }.
   *[other] { $count } are left, about { $time }.
}
web-broadcast-waiting = Waiting
web-broadcast-in-hand = On their way
web-broadcast-sent = Sent
web-broadcast-blocked = Blocked the bot
web-broadcast-not-taken = Not taken
web-broadcast-not-known = Not known
web-broadcast-deleted = Deleted again
web-broadcast-kept = Could not be deleted
web-broadcast-call-off = Call it off and change it
web-broadcast-pause = Pause
web-broadcast-resume = Go on
web-broadcast-stop = Stop it for good
web-broadcast-stop-text = Whoever has not got it yet will not get it. What was sent stays in the chats until you delete it.
web-broadcast-stop-yes = Stop
web-broadcast-unknown = Not known whether it arrived: { $number }
web-broadcast-unknown-text = The server was cut off, or Telegram did not answer, while these were on their way. Nothing is sent twice by itself.
web-broadcast-again-unknown-text = Whoever has got it after all gets it a second time.
web-broadcast-failed = Not taken by Telegram: { $number }
web-broadcast-again-failed-text = They are tried once more. The table says what Telegram had against it.
web-broadcast-again = Send to them again
web-broadcast-reasons = What Telegram said
web-broadcast-became = What became of it
web-broadcast-reason = In Telegram’s words
web-broadcast-count = Users
web-broadcast-deleting = What was sent is being deleted.
web-broadcast-delete-sent = Delete what was sent
web-broadcast-delete-sent-text = It disappears from the chats. Telegram deletes messages of the last 48 hours only.
web-broadcast-delete-sent-yes = Delete { $number }
web-broadcast-halt-bot = Paused: a bot cannot write to its users
web-broadcast-halt-bot-text = It is paused, or its token is not valid any more. Start it or give it a new token on its overview, then go on here.
web-broadcast-halt-refused = Paused: Telegram takes the message from nobody
web-broadcast-halt-refused-text = The table below says why. Whoever waits has not lost anything.

web-flash-broadcast-saved = Saved. This is how it looks.
web-flash-broadcast-tested = It is in your chat with the bot.
web-flash-broadcast-begun = It is being sent.
web-flash-broadcast-scheduled = It is scheduled.
web-flash-broadcast-called-off = It is called off and can be changed.
web-flash-broadcast-paused = It is paused.
web-flash-broadcast-resumed = It goes on.
web-flash-broadcast-stopped = It is stopped.
web-flash-broadcast-discarded = The draft is gone.
web-flash-broadcast-again = They are sent to again.
web-flash-broadcast-deleting = What was sent is being deleted.

error-broadcast-gone = This broadcast is no longer there.
error-broadcast-state = That cannot be done any more: the broadcast has moved on meanwhile.
error-broadcast-no-text = The text in { $language } is needed: whoever has no other gets this one.
error-broadcast-long = That is too long: a message has { $count } characters at the most.
error-broadcast-long-caption = That is too long: below a picture there is room for { $count } characters. Shorten it, or take the picture away.
error-broadcast-label = A button that leads to a link needs a label in each language in which the message is written.
error-broadcast-label-long = At most { $count } characters fit on a button.
error-broadcast-link = An address that begins with https://, please.
error-broadcast-past = This time is over: choose a later one.
error-broadcast-time = A time like 18:30, please.
error-broadcast-picture = Choose a PNG or JPEG.
error-broadcast-picture-size = The picture is too large: 5 MB at the most.
error-broadcast-nobody = There is nobody left to whom this applies.
