# Signing up and in.

web-signup-title = Create your account
web-signup-lead = 14 days free, no card.
web-signup-have-account = Have an account?
web-signup-to-login = Log in
web-signup-password-hint = At least 12 characters. A sentence is easier to remember than symbols.
web-signup-submit = Create account
web-signup-next = Next, in under a minute
web-signup-next-name = Name your shop
web-signup-next-name-text = A starter pack sets language, currency and plans
web-signup-next-bot = Connect a bot and a panel
web-signup-next-bot-text = A token from BotFather, your Marzban address
web-signup-next-live = Go live
web-signup-next-live-text = The bot answers its first visitor
web-signup-sealed = Your token is sealed on arrival, nobody can read it back
web-signup-yours = The bot stays in your Telegram account
web-login-title = Log in
web-login-no-account = New here?
web-login-to-signup = Create an account
web-login-submit = Log in
