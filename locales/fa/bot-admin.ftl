# What the shop's people do in the bot.

bot-command-admin = مدیریت فروشگاه
bot-command-stats = آمار فروشگاه
bot-command-diag = آیا همه چیز کار می‌کند؟
bot-menu-btn-admin = 🛠 مدیریت
bot-admin-title =
    🛠 <b>مدیریت</b>

    نقش شما: { $role }.
bot-admin-role-owner = مالک
bot-admin-role-manager = مدیر
bot-admin-role-support = پشتیبان
bot-admin-role-analyst = تحلیلگر
bot-admin-btn-users = 👤 یافتن کاربر
bot-admin-btn-receipts = 🧾 رسیدها: { $count }
bot-admin-btn-tickets = 💬 سؤال‌ها: { $count }
bot-admin-btn-plans = 🗂 پلن‌ها
bot-admin-btn-promos = 🎟 کد تازه
bot-admin-btn-stats = 📈 آمار
bot-admin-btn-diag = 🩺 عیب‌یابی
bot-admin-btn-maintenance = 🚧 تعمیرات
bot-admin-btn-web = 🌐 باز کردن پنل
bot-admin-btn-before = ➡️ قبلی
bot-admin-btn-after = بعدی ⬅️
bot-admin-no-rights-body = 🔒 نقش شما این اجازه را ندارد. مالک می‌تواند آن را در پنل، بخش همکاران، تغییر دهد.
bot-admin-toast-rights = نقش شما این اجازه را ندارد.
bot-admin-toast-already = { $name } پیش‌تر این کار را کرده است، { $time }.
bot-admin-toast-changed = در این میان چیزی تغییر کرده است. لطفاً دوباره نگاه کنید.
bot-admin-toast-nothing = اینجا چیزی نیست که این کار روی آن انجام شود.
bot-admin-toast-given = داده شد. به کاربر خبر می‌دهیم.
bot-admin-toast-full = بستهٔ شما برای کاربر تازه جا ندارد. تمدید کاربران فعلی همچنان ممکن است.
bot-admin-toast-panel = اکنون هیچ پنلی حساب تازه نمی‌پذیرد.
bot-admin-toast-staff = همکار را نمی‌توان مسدود کرد. نخست او را از همکاران بردارید.
bot-admin-toast-banned = مسدود شد.
bot-admin-toast-unbanned = دوباره آزاد شد.
bot-admin-toast-plan-on = در فروش است.
bot-admin-toast-plan-off = از فروش برداشته شد.
bot-admin-toast-closed = اکنون کاربران متن تعمیرات شما را می‌بینند.
bot-admin-toast-opened = ربات دوباره به کاربران پاسخ می‌دهد.

bot-admin-join-body =
    🤝 به تیم <b>{ $shop }</b> خوش آمدید. نقش شما: { $role }.

    همه چیز پشت /admin است.
bot-admin-join-before-body = ✅ شما از پیش در تیم <b>{ $shop }</b> هستید، با نقش { $role }. لینک برای کس دیگری ماند.
bot-admin-join-refused-body = 🔗 این دعوت به تیم <b>{ $shop }</b> استفاده شده یا کهنه است. از مالک دعوت تازه بخواهید.

bot-admin-users-ask-body =
    👤 دنبال چه کسی هستید؟

    شناسهٔ تلگرام، @username، شمارهٔ سفارش (BY-…)، نام حساب روی پنل یا نام کوچک را بفرستید.
bot-admin-users-title = 👤 چند نفر پیدا شدند. کدام؟
bot-admin-users-none-body = 👤 کسی پیدا نشد. کاربر از نخستین باری که ربات را باز کند شناخته می‌شود.
bot-admin-users-btn-user = { $name } · { $id }
bot-admin-users-btn-again = 🔍 جستجوی دیگر
bot-admin-user-title = 👤 <b>{ $name }</b>
bot-admin-user-line-seen = آخرین بازدید: { $time }
bot-admin-user-line-account = حساب: <code>{ $account }</code>
bot-admin-user-line-mail-confirmed = 📧 <code>{ $address }</code>، تأییدشده
bot-admin-user-line-mail-unconfirmed = 📧 <code>{ $address }</code>، تأییدنشده
bot-admin-user-line-mail-refused = 📧 <code>{ $address }</code>، کار نمی‌کند
bot-admin-user-line-orders-none = هنوز سفارشی ندارد.
bot-admin-user-line-order = { $status } <code>{ $order }</code> · { $plan } · { $amount }
bot-admin-user-line-banned = 🚫 مسدود از { $time }
bot-admin-user-line-banned-by = 🚫 مسدود از { $time } به دست { $name }: { $reason }
bot-admin-user-btn-extend = ➕ افزودن روز
bot-admin-user-btn-gift = 🎁 هدیهٔ پلن
bot-admin-user-btn-message = ✉️ فرستادن پیام
bot-admin-user-btn-ban = 🚫 مسدود کردن
bot-admin-user-btn-unban = ✅ رفع مسدودی
bot-admin-extend-ask-body = ➕ { $name } چند روز بگیرد؟ انتخاب کنید، یا عددی از ۱ تا { $max } بفرستید.
bot-admin-extend-none-body = { $name } اشتراکی ندارد که بلندتر شود. به جای آن پلن هدیه دهید.
bot-admin-extend-err-days = لطفاً عددی صحیح از ۱ تا { $max } بفرستید.
bot-admin-extend-confirm-body = { $name } به اندازهٔ { $period } می‌گیرد. درست است؟
bot-admin-extend-btn-days = ➕ { $period }
bot-admin-gift-ask-body = 🎁 { $name } کدام پلن را رایگان بگیرد؟
bot-admin-gift-none-body = 🎁 هیچ پلنی در فروش نیست که هدیه شود.
bot-admin-gift-btn-plan = 🎁 { $plan }
bot-admin-gift-confirm-body = 🎁 { $name } پلن { $plan } را رایگان می‌گیرد: { $period }، { $traffic }. درست است؟
bot-admin-gift-btn-give = ✅ هدیه کن
bot-admin-message-ask-body = ✉️ پیام بعدی شما به نام فروشگاه به { $name } می‌رسد. اگر منصرف شدید: /cancel
bot-admin-message-err-text = ✉️ از این راه تنها متن می‌توان فرستاد. پیام خود را بنویسید، یا /cancel
bot-admin-message-err-long = ✉️ این پیام از { $max } نویسه بلندتر است. لطفاً کوتاه‌ترش کنید.
bot-admin-message-sent-body = ✅ پیام شما در راه است.
bot-admin-ban-ask-body =
    🚫 { $name } مسدود شود؟ ربات دیگر به او پاسخ نمی‌دهد. اشتراکی که پولش را داده تا پایانش کار می‌کند.

    دلیل را انتخاب کنید؛ تنها همکاران آن را می‌بینند.
bot-admin-ban-btn-reason = 🚫 { $reason }
bot-admin-ban-reason-fraud = پرداخت ساختگی
bot-admin-ban-reason-sharing = فروش یا پخش اشتراک
bot-admin-ban-reason-abuse = توهین یا هرزنامه
bot-admin-ban-reason-other = دلیل دیگر
bot-admin-unban-ask-body = ✅ مسدودی { $name } برداشته شود؟ ربات مانند پیش به او پاسخ می‌دهد.
bot-admin-unban-btn-sure = ✅ بله، برداشته شود

bot-admin-receipts-title =
    { $count ->
        [one] 🧾 <b>{ $count } رسید</b> منتظر شماست
       *[other] 🧾 <b>{ $count } رسید</b> منتظر شماست
    }
bot-admin-receipts-empty-body = 🧾 رسیدی منتظر نیست. رسید تازه که برسد، خبر می‌دهیم.
bot-admin-receipts-item = <code>{ $order }</code> · { $plan } · { $amount } · { $time }
bot-admin-receipts-btn-open = 🔎 { $order } · { $amount }
bot-card-btn-decide = 🧾 تصمیم در همین‌جا
bot-admin-toast-approved = ✅ ثبت شد. خریدار آنچه را پرداخته می‌گیرد.
bot-admin-toast-rejected = رد شد. دلیل به خریدار گفته می‌شود.
bot-admin-toast-overtaken = در این میان وضع سفارش تغییر کرده است. لطفاً دوباره نگاه کنید.
bot-admin-receipt-body =
    🧾 <b>رسید</b> { $user }

    سفارش <code>{ $order }</code>: { $plan }
    مبلغ: <b>{ $amount }</b>
    فرستاده شده: { $time }

    حساب بانکی خود را ببینید، نه تنها تصویر را.
bot-admin-receipt-btn-approve = ✅ { $amount } رسیده است
bot-admin-receipt-btn-reject = ❌ نرسیده است
bot-admin-receipt-why-body = ❌ چرا رسید { $amount } پذیرفته نشد؟ خریدار دلیل را می‌خواند و می‌تواند رسید دیگری بفرستد.
bot-admin-receipt-line-unseen = 📷 تصویر هنوز نرسیده یا نمایش دادنی نیست.
bot-admin-plans-title =
    🗂 <b>پلن‌ها</b>

    روی پلن بزنید تا از فروش برداشته یا به فروش گذاشته شود. قیمت‌ها در پنل تغییر می‌کنند؛ سفارش‌های ثبت‌شده شرایط خود را نگه می‌دارند.
bot-admin-plans-empty-body = 🗂 فروشگاه هنوز پلنی ندارد. پلن‌ها در پنل ساخته می‌شوند.
bot-admin-plans-btn-on = 🟢 { $plan }
bot-admin-plans-btn-off = ⚪️ { $plan }: خارج از فروش
bot-admin-promo-ask-body =
    🎟 <b>کد تازه</b>: تخفیف روی هر پلن، تا هفت روز، برای هر کاربر یک بار.

    انتخاب کنید، یا نام و درصد را بفرستید: <code>SUMMER 25</code>. کدهای دیگر در پنل ساخته می‌شوند.
bot-admin-promo-btn-percent = { $percent }٪ تخفیف
bot-admin-promo-btn-copy = 📋 کپی لینک
bot-admin-promo-btn-more = 🎟 یکی دیگر
bot-admin-promo-err-form = 🎟 لطفاً نام و درصد را بفرستید، برای نمونه <code>SUMMER 25</code>.
bot-admin-promo-made-body =
    🎟 <code>{ $code }</code> تا { $until }، { $percent }٪ تخفیف می‌دهد.

    لینکی که کد را با خود می‌آورد: <code>{ $link }</code>
bot-admin-tickets-title = 💬 <b>سؤال‌هایی که منتظر پاسخ‌اند</b>
bot-admin-tickets-empty-body = 💬 کسی منتظر پاسخ نیست.
bot-support-staff-btn-asker = 👤 { $name }
bot-support-staff-thread-user =
    👤 <b>{ $user }</b> · { $time }
    { $text }

bot-admin-maintenance-on-body = 🚧 <b>تعمیرات در جریان است.</b> کاربران متن شما را می‌بینند؛ ربات به شما و همکارانتان پاسخ می‌دهد.
bot-admin-maintenance-off-body = 🟢 <b>ربات به کاربران پاسخ می‌دهد.</b>
bot-admin-maintenance-line-by = آخرین تغییر: { $name }، { $time }
bot-admin-maintenance-line-text =
    کاربران این را می‌بینند:
    <blockquote>{ $text }</blockquote>
bot-admin-maintenance-line-own = کاربران متن آمادهٔ ما را می‌بینند. می‌توانید متن خود را بنویسید.
bot-admin-maintenance-btn-close = 🚧 آغاز تعمیرات
bot-admin-maintenance-btn-open = 🟢 پایان تعمیرات
bot-admin-maintenance-btn-sure = 🚧 بله، آغاز شود
bot-admin-maintenance-btn-text = ✍️ نوشتن متن
bot-admin-maintenance-btn-own = ↩️ متن آماده
bot-admin-maintenance-confirm-body = 🚧 تعمیرات آغاز شود؟ تا پایان آن کاربران نمی‌توانند بخرند، تمدید کنند یا بپرسند. اشتراکشان کار می‌کند و پرداخت‌های آغازشده ثبت می‌شوند.
bot-admin-maintenance-ask-body = ✍️ پیام بعدی شما متنی است که کاربران هنگام تعمیرات می‌بینند: تا ۱۰۰۰ نویسه. اگر منصرف شدید: /cancel
bot-admin-maintenance-err-text = ✍️ لطفاً متنی تا ۱۰۰۰ نویسه بفرستید، یا /cancel
bot-start-maintenance-own-body =
    🚧 <b>{ $shop }</b>

    { $text }
bot-reason-staff = به دست همکاران، در ربات

bot-notify-gift-body = 🎁 فروشگاه به شما زمان هدیه داد: اشتراک شما تا { $until } کار می‌کند.
bot-notify-message-body =
    ✉️ پیام <b>{ $shop }</b>:

    { $text }
bot-notify-message-btn-answer = 💬 پاسخ

# Broadcasts from the chat.
bot-admin-btn-broadcasts = 📣 پیام همگانی
bot-admin-broadcast-none-body =
    📣 <b>پیام‌های همگانی</b>

    هنوز پیامی همگانی فرستاده نشده است. یک پیام به کاربران بسیار می‌رسد، به هر کس یک بار.
bot-admin-broadcast-list-body =
    📣 <b>پیام‌های همگانی</b>

    یک پیام به کاربران بسیار، به هر کس یک بار. چند زبان، دکمه‌ها و زمان‌بندی در پنل است.
bot-admin-broadcast-btn-new = ✍️ پیام تازه
bot-admin-broadcast-btn-one = { $mark } { $title }
bot-admin-broadcast-segments-body =
    📣 <b>چه کسانی بگیرند؟</b>

    کنار هر گروه نوشته شده که اکنون به چند نفر می‌رسد. کاربران مسدود و کسانی که ربات را بسته‌اند کنار گذاشته می‌شوند.
bot-admin-broadcast-btn-segment = { $segment }: { $count }
bot-admin-broadcast-segment-all = همهٔ کاربران
bot-admin-broadcast-segment-active = با پلن خریداری‌شده
bot-admin-broadcast-segment-trial = در دورهٔ آزمایشی
bot-admin-broadcast-segment-expiring = تا ۳ روز دیگر تمام می‌شود
bot-admin-broadcast-segment-expired = دسترسی تمام شده
bot-admin-broadcast-segment-never = هرگز نخریده
bot-admin-broadcast-ask-body =
    ✍️ <b>{ $segment }: { $count }</b>

    پیام را همان‌طور که باید خوانده شود بفرستید: متنی تا { $text } نویسه، یا یک عکس با متنی تا { $caption } نویسه زیر آن. هنوز چیزی فرستاده نمی‌شود؛ نخست خودتان آن را می‌بینید. اگر منصرف شدید: /cancel
bot-admin-broadcast-again-body = لطفاً دوباره بفرستید، یا /cancel
bot-admin-broadcast-err-words = تنها متن، یا عکسی با متن زیر آن، را می‌توان همگانی فرستاد.
bot-admin-broadcast-err-album = تنها یک عکس جا می‌شود: لطفاً یکی را جدا و با متن زیر آن بفرستید.
bot-admin-broadcast-draft-title = 📝 <b>آماده است و هنوز فرستاده نشده</b>
bot-admin-broadcast-scheduled-title = 🕒 <b>منتظر زمان خود است</b>
bot-admin-broadcast-sending-title = 📤 <b>در حال ارسال</b>
bot-admin-broadcast-paused-title = ⏸ <b>مکث</b>
bot-admin-broadcast-stopped-title = ⏹ <b>متوقف شد</b>
bot-admin-broadcast-done-title = ✅ <b>تمام شد</b>
bot-admin-broadcast-line-to = گیرندگان: { $segment }
bot-admin-broadcast-line-reach =
    { $count ->
        [one] اکنون به { $count } کاربر می‌رسد.
       *[other] اکنون به { $count } کاربر می‌رسد.
    }
bot-admin-broadcast-line-nobody = اکنون کسی در این گروه نیست، پس نمی‌توان آن را فرستاد.
bot-admin-broadcast-line-at = آغاز: { $time }. لغو آن در پنل است.
bot-admin-broadcast-line-arrived = رسیده: { $count } از { $all }
bot-admin-broadcast-line-left = مانده: { $count }
bot-admin-broadcast-line-blocked = ربات را بسته‌اند: { $count }
bot-admin-broadcast-line-failed = تلگرام نپذیرفت: { $count }
bot-admin-broadcast-line-unknown = معلوم نیست رسیده باشد: { $count }. نامشان در پنل است.
bot-admin-broadcast-line-halt-bot = ⚠️ خودش مکث کرد: رباتی از فروشگاه نمی‌تواند به کاربرانش بنویسد. در پنل نگاه کنید و بعد اینجا ادامه دهید.
bot-admin-broadcast-line-halt-refused = ⚠️ خودش مکث کرد: تلگرام این پیام را برای هیچ‌کس نمی‌پذیرد. کسانی که در انتظارند چیزی از دست نداده‌اند.
bot-admin-broadcast-line-picture = 🖼 با عکسی بالای متن
bot-admin-broadcast-line-text = <blockquote>{ $text }</blockquote>
bot-admin-broadcast-btn-test = 🧪 برای خودم بفرست
bot-admin-broadcast-btn-send =
    { $count ->
        [one] 📣 فرستادن به { $count } کاربر
       *[other] 📣 فرستادن به { $count } کاربر
    }
bot-admin-broadcast-btn-sure = ✅ بله، فرستاده شود
bot-admin-broadcast-btn-discard = 🗑 دور انداختن
bot-admin-broadcast-btn-refresh = 🔄 تا کجا رسیده؟
bot-admin-broadcast-btn-pause = ⏸ مکث
bot-admin-broadcast-btn-resume = ▶️ ادامه
bot-admin-broadcast-btn-stop = ⏹ توقف
bot-admin-broadcast-btn-stop-sure = ⏹ بله، متوقف شود
bot-admin-broadcast-tested-body = 🧪 پیام بالا همان است که به آن‌ها می‌رسد.
bot-admin-broadcast-test-refused-body =
    🧪 تلگرام آن را نپذیرفت و برای هیچ‌کس نمی‌پذیرد: { $reason }

    این پیش‌نویس را دور بیندازید و عکس دیگری بفرستید.
bot-admin-broadcast-confirm-body =
    { $count ->
        [one] 📣 اکنون فرستاده شود؟ { $segment }: { $count } کاربر می‌گیرد. می‌توانید مکث یا متوقفش کنید، اما آنچه رفته برنمی‌گردد.
       *[other] 📣 اکنون فرستاده شود؟ { $segment }: { $count } کاربر می‌گیرند. می‌توانید مکث یا متوقفش کنید، اما آنچه رفته برنمی‌گردد.
    }
bot-admin-broadcast-stop-body = ⏹ برای همیشه متوقف شود؟ هر که هنوز نگرفته دیگر نمی‌گیرد. آنچه فرستاده شده در گفتگوها می‌ماند؛ در پنل می‌توان حذفش کرد.
bot-admin-toast-broadcast-sent = در حال ارسال است.
bot-admin-toast-broadcast-paused = مکث شد. آنچه در راه است می‌رسد.
bot-admin-toast-broadcast-resumed = ادامه می‌یابد.
bot-admin-toast-broadcast-stopped = متوقف شد.
bot-admin-toast-broadcast-discarded = پیش‌نویس پاک شد.
