# Descriptions of the commands in Telegram's menu, and the answers of the small ones.

bot-command-menu = Main menu
bot-command-buy = Buy or renew
bot-command-my = My subscription
bot-command-config = My link and QR code
bot-command-promo = My promo code
bot-command-settings = Settings
bot-command-help = How it works
bot-command-cancel = Cancel what I am doing
bot-command-id = My Telegram ID

bot-help-body =
    ℹ️ <b>How it works</b>

    1. Choose a plan with /buy, or take the free trial.
    2. Pay. Your link arrives here within seconds.
    3. Open the link in a VPN app and press connect.

    /my shows what is left, /config shows your link again.
    Questions about a payment: /paysupport. Our terms: /terms.
bot-id-body = Your Telegram ID: <code>{ $id }</code>
