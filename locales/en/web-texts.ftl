# What the bot says, in the shop's own words.

web-area-texts = Texts
web-texts-title = Texts
web-texts-lead = Everything that the bot says. Put any of it into your own words, in each language; what you leave alone stays ours and gets better with our updates.
web-texts-languages = Language
web-texts-filters = Which texts
web-texts-areas = Part of the bot
web-texts-areas-all = Everything
web-texts-search = Search in keys and texts
web-texts-find = Search
web-texts-filter-all = All
web-texts-filter-changed = Changed
web-texts-filter-missing = Missing here
web-texts-filter-long = Too long
web-texts-filter-ignored = Not used
web-texts-none = No text fits
web-texts-none-text = Search for other words, or look into another part of the bot.
web-texts-more = There are more. Choose a part of the bot or search to see them.
web-texts-changed = Yours
web-texts-missing = Yours elsewhere only
web-texts-long = Too long
web-texts-ignored = Not used
web-texts-one = One text
web-texts-ignored-text = Your text is not used, and the bot says ours instead. Mend it, or go back to ours.
web-texts-own = Your text
web-texts-markup = <b>bold</b>, <i>italic</i>, <code>to copy</code> and <a href="https://…">links</a> are possible.
web-texts-no-markup = Without <b> and other marks.
web-texts-limit = At most { $count } characters as it is shown.
web-texts-values = Values that are filled in:
web-texts-save = Save
web-texts-preview = Show as it would look
web-texts-looks = As it looks, with sample values
web-texts-ours = Our text
web-texts-restore = Back to our text…
web-texts-restore-text = Your text is lost, and the bot says ours again.
web-texts-restore-yes = Take our text
web-texts-file = Texts as a file
web-texts-file-lead = Keep your words of one language, give them to a translator, or carry them to another shop.
web-texts-file-out = Save your words
web-texts-file-count = { $count ->
    [one] { $count } text in { $language } is in your own words.
   *[other] { $count } texts in { $language } are in your own words.
}
web-texts-file-save = Save as a file
web-texts-file-in = Read a file
web-texts-file-in-text = A Fluent file (.ftl) of at most { $size } KB with texts in { $language }. Each is checked as if you had typed it here. What is not in the file stays as it is.
web-texts-file-choose = File
web-texts-file-read = Read it
web-texts-file-refused = These texts were not taken:
web-texts-file-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
web-flash-text-file = Taken: { $changed }. The same as before: { $same }. Not taken: { $refused }.
web-flash-text-saved = Saved. The bot says it from now on.
web-flash-text-restored = The bot says our text again.
web-texts-area-start = First contact
web-texts-area-gate = The channel
web-texts-area-menu = Menu
web-texts-area-common = Everywhere
web-texts-area-help = Help
web-texts-area-id = Telegram ID
web-texts-area-terms = Terms
web-texts-area-trial = Free trial
web-texts-area-buy = Plans
web-texts-area-pay = Paying
web-texts-area-card = Card to card
web-texts-area-wallet = Wallet
web-texts-area-gift = Gifts
web-texts-area-traffic = More traffic
web-texts-area-promo = Promo codes
web-texts-area-config = Connecting
web-texts-area-profile = Profile
web-texts-area-privacy = Privacy
web-texts-area-access = Several accesses
web-texts-area-renew = Auto-renewal
web-texts-area-referral = Inviting friends
web-texts-area-support = Support
web-texts-area-check = VPN check
web-texts-area-faq = Questions
web-texts-area-settings = Settings
web-texts-area-notices = Which notices
web-texts-area-quiet = Quiet hours
web-texts-area-remind = Reminders
web-texts-area-notify = Notices
web-texts-area-owner = To you
