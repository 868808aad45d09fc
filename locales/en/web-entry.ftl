# Whom the bot lets in.

web-area-entry = Entry
web-entry-title = Entry
web-entry-lead = What comes before the menu: the channel, new customers, the rules. Who has paid is never kept out.
web-entry-channel-title = Channel
web-entry-channel-text = People join your channel before they see the menu. Renewals, support, open payments and the links of whoever has paid never wait for it; when Telegram does not show me the members, I let everybody in and tell you.
web-entry-channel = The bot's channel
web-entry-channel-hint = Its public name. The bot has to be an administrator there.
web-entry-required = Only for members of the channel
web-entry-test = Test
web-entry-new-title = New customers
web-entry-new = Who may begin
web-entry-open = Everybody
web-entry-invited = Only by the link of a customer
web-entry-closed = Nobody at the moment
web-entry-rules-title = Rules
web-entry-rules = New customers accept the rules first
web-entry-rules-text = You can put the rules into your own words.
web-entry-rules-edit = Change the rules
web-entry-save = Save
web-flash-entry-saved = Saved. The bot keeps to it from now on.
web-flash-entry-channel-ok = The bot sees the members of { $channel }.
web-entry-sources-title = Where users come from
web-entry-sources-text = Give each place where you advertise a link of its own, with its name after src_:
web-entry-sources-none = Nobody has come by such a link yet.
web-entry-source = Link
web-entry-came = Users
