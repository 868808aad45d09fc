# Packs of traffic.

web-area-traffic = حجم اضافه
web-traffic-lead = بسته‌هایی که کاربران وقتی حجم پلنشان کم می‌شود به آن اضافه می‌کنند. روزی اضافه نمی‌کنند.
web-traffic-none = هنوز بسته‌ای نیست
web-traffic-none-text = یکی در پایین اضافه کنید. ربات آن را در پروفایل و در پیام کم‌شدن حجم پیشنهاد می‌کند.
web-traffic-caption = بسته‌ها
web-traffic-size = اندازه
web-traffic-amount = قیمت
web-traffic-state = وضعیت
web-traffic-action = کار
web-traffic-on = در حال فروش
web-traffic-off = متوقف
web-traffic-switch-on = شروع فروش
web-traffic-switch-off = توقف فروش
web-traffic-new = بستهٔ تازه یا قیمت تازه
web-traffic-gigabytes = گیگابایت
web-traffic-price = قیمت، { $currency }
web-traffic-hint = همان اندازه دوباره، قیمتش را عوض می‌کند. آنچه فروخته شده همان می‌ماند.
web-traffic-save = ذخیرهٔ بسته
error-pack-gone = چنین بسته‌ای نیست.
