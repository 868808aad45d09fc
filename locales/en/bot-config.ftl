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
bot-config-btn-apps = 📱 Connect a device
bot-config-btn-renew = ♻️ New link
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
    📱 <b>Which device?</b>

    I show the apps for it. One press adds your subscription.
bot-config-platform-btn-android = 🤖 Android
bot-config-platform-btn-ios = 🍏 iPhone, iPad
bot-config-platform-btn-windows = 🪟 Windows
bot-config-platform-btn-macos = 💻 macOS
bot-config-platform-btn-linux = 🐧 Linux
bot-config-platform-title = 📱 <b>{ $platform }</b>
bot-config-platform-item = • <a href="{ $url }">{ $app }</a>
bot-config-platform-import-body =
    1. Install one of these apps from its link.
    2. Press its button below: your subscription opens in it.
    3. Press connect in the app.
bot-config-platform-copy-body =
    1. Install one of these apps from its link.
    2. Copy your link and choose “add from clipboard” in the app.
    3. Press connect.
bot-config-platform-btn-import = ➕ Add to { $app }
bot-config-asked-btn-yes = ✅ It works
bot-config-asked-btn-no = 🛠 It does not
bot-config-connected-body =
    🎉 Enjoy! The app updates your subscription by itself; the link stays the same when you renew.

    Tip: add it to your other devices as well.
bot-config-connected-btn-apps = 📱 One more device

bot-config-check-title = 🛠 <b>Step { $step } of 5</b>
bot-config-check-1-body = Switch the VPN off and open any page. If it does not load, the internet itself is away. Also set date and time of the device to automatic: a wrong clock stops the connection.
bot-config-check-2-body = ✅ Your subscription is active, there is traffic left. So it is the app or the way to the server. Close the app completely and open it again.
bot-config-check-3-body = Update the subscription in the app (pull the list down, or “update”). Servers change now and then.
bot-config-check-4-body = Choose another server in the list, and switch other VPN apps off: only one can be on.
bot-config-check-5-body = Try another app, or the other network (Wi-Fi instead of mobile). If nothing helps, get a new link and add it again, or write to us: we see more on our side.
bot-config-check-btn-works = ✅ It works now
bot-config-check-btn-next = ➡️ Still not
bot-config-check-btn-support = 💬 Write to support

bot-config-renew-body =
    ♻️ <b>A new link?</b>

    The present link stops working on <b>every</b> device, and you add the new one there. Do this when somebody else got your link. Time and traffic stay as they are.
bot-config-renew-btn-yes = ♻️ Yes, a new link
bot-config-renewed-body = ✅ The old link is void. Here is the new one; it works within a minute.

bot-config-none-body = You have no subscription yet. Choose a plan, and the link is yours in seconds.
bot-config-pending-body = ⏳ Your link is being made. It arrives here by itself.
bot-config-expired-body = 🔴 { $plan } ended on { $until }. Renew it, and the same link works again at once.
bot-config-limited-body =
    🟠 The traffic of { $plan } is used up. Renew to go on; the link stays the same:
    <code>{ $link }</code>
bot-config-disabled-body = ⚪️ { $plan } was switched off by the shop. Your link does not work for now.
bot-config-unreachable-empty-body = 😕 The server does not answer right now. Please try again in a minute; your subscription is safe.
