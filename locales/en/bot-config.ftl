# The link, as text and as a picture.

bot-config-sent-body =
    🔑 <b>Your connection</b>

    Add this link to a VPN app once; it stays the same when you renew:
    <code>{ $link }</code>

    📅 Until { $until }
    📊 { $traffic }
bot-config-btn-copy = 📋 Copy the link
bot-config-btn-qr = 🔳 QR code
bot-config-btn-links = 🧩 Single servers
bot-config-btn-apps = 📱 Which app?
bot-config-btn-refresh = 🔄 Refresh

bot-config-qr-body =
    🔳 Scan this with the VPN app on your other device.

    { $plan }, until { $until }
bot-config-links-title =
    🧩 <b>Single servers</b>

    Only for apps that do not take the link above. Tap one to copy it.
bot-config-links-item =
    { $name }
    <code>{ $link }</code>
bot-config-links-btn-copy = 📋 { $name }
bot-config-links-empty-body = There are no single servers. Please use the link.

bot-config-apps-body =
    📱 <b>Which app?</b>

    Android: v2rayNG or Hiddify
    iPhone, iPad: Streisand or Hiddify
    Windows, macOS, Linux: Hiddify

    Install it, copy your link, choose “add from clipboard”, press connect.

bot-config-none-body = You have no subscription yet. Choose a plan, and the link is yours in seconds.
bot-config-pending-body = ⏳ Your link is being made. It arrives here by itself.
bot-config-expired-body = 🔴 { $plan } ended on { $until }. Renew it, and the same link works again at once.
bot-config-limited-body =
    🟠 The traffic of { $plan } is used up. Renew to go on; the link stays the same:
    <code>{ $link }</code>
bot-config-disabled-body = ⚪️ { $plan } was switched off by the shop. Your link does not work for now.
bot-config-unreachable-empty-body = 😕 The server does not answer right now. Please try again in a minute; your subscription is safe.
