# The customer's area.

web-home-title = ربات‌های شما
web-home-empty = هنوز رباتی نیست
web-home-empty-text = یکی وصل کنید تا در یک دقیقه بفروشد. بستهٔ آماده زبان، واحد پول و پلن‌ها را می‌آورد.
web-home-connect = اتصال اولین ربات
web-home-today = امروز:
web-home-try = امتحان در تلفن

## Overview

web-overview-title = نمای کلی
web-overview-needs-you = نیازمند شما
web-overview-revenue = درآمد
web-overview-last-14 = ۱۴ روز اخیر
web-overview-chart-best = { $total } در ۱۴ روز. بهترین روز { $day } با { $amount }.
web-overview-chart-empty = در ۱۴ روز اخیر هنوز درآمدی نبوده است.
web-overview-revenue-14 = درآمد ۱۴ روز
web-overview-active = اشتراک‌های فعال
web-overview-active-of = از { $limit } کاربر بسته
web-overview-trial-to-paid = آزمایشی به پولی
web-overview-sales-today = فروش امروز
web-overview-sales = فروش‌های اخیر
web-overview-no-sales = هنوز فروشی نیست
web-overview-no-sales-text = یک بار در تلفن با کارت آزمایشی از خودتان بخرید، بعد لینک را بفرستید.
web-overview-no-sales-share = یک بار ربات را مثل مشتری باز کنید، بعد لینکش را بفرستید.
web-overview-test-purchase = یک خرید آزمایشی

## States of a bot

web-state-draft = پیش‌نویس
web-state-deploying = در حال راه‌اندازی
web-state-live = روشن
web-state-paused = متوقف
web-state-maintenance = در تعمیر
web-state-needs-token = توکن لازم دارد
web-state-failed = خراب

## Sales

web-sale-order = سفارش
web-sale-user = کاربر
web-sale-plan = پلن
web-sale-amount = مبلغ
web-sale-state = وضعیت
web-sale-time = زمان

## Actions

web-action-open = باز کردن ربات
web-action-finish = تکمیل راه‌اندازی
web-action-resume = روشن کردن
web-action-restart = راه‌اندازی دوباره
web-action-pause = توقف…
web-action-pause-title = { $bot } متوقف شود؟
web-action-pause-text = وی‌پی‌ان مشتری‌ها کار می‌کند، اما تا روشن کردن دوباره کسی نمی‌تواند بخرد یا تمدید کند. بازدیدکننده می‌خواند که فروشگاه فعلاً تعطیل است.
web-action-pause-yes = توقف ربات
web-action-maintain = تعمیرات…
web-action-maintain-title = { $bot } در حال تعمیر اعلام شود؟
web-action-maintain-text = در این مدت کسی نمی‌تواند بخرد یا تمدید کند. بازدیدکننده می‌خواند که فروشگاه در حال تعمیر است و به‌زودی برمی‌گردد.
web-action-maintain-yes = شروع تعمیرات
web-action-new-token = توکن تازه
web-action-new-token-hint = از همین ربات، از @BotFather بعد از /revoke. توکن قبلی از کار می‌افتد.
web-action-rotate = تعویض توکن
web-action-delete = حذف این ربات
web-action-delete-text = فوراً متوقف و توکنش فراموش می‌شود. پلن‌ها، سفارش‌ها و دسترسی مشتری‌ها مال فروشگاه است و می‌ماند؛ خود ربات در حساب تلگرام شما می‌ماند.
web-action-delete-name = برای تأیید بنویسید: { $bot }
web-action-delete-yes = حذف ربات

## Phone page

web-preview-title = تلفن
web-preview-tag = فروشگاه آزمایشی
web-preview-lead = این خود ربات شماست. دکمه‌ها همان را می‌فرستند که تلگرام می‌فرستد و همان برنامه جواب می‌دهد که به مشتری‌ها جواب می‌دهد.
web-preview-start-text = با یک پیوند به این‌جا آمدید. وقتی «شروع» را بزنید، تلگرام آنچه در پیوند است را می‌فرستد.
web-preview-start = شروع
web-preview-phone = تلفن
web-preview-controls = کنترل‌ها
web-preview-persona = تلفن دست کیست
web-preview-switch = عوض کن
web-preview-clock = ساعت فروشگاه: { $now }
web-preview-hour = ۱ ساعت بعد
web-preview-day = ۱ روز بعد
web-preview-month = ۳۰ روز بعد
web-preview-last-update = آخرین آپدیت
web-preview-failed = به سرور دسترسی نبود. آنچه می‌بینید مال قبل است.
web-preview-persona-buyer = مشتری تازه
web-preview-persona-friend = مشتری دیگر
web-preview-persona-owner = شما، مالک

## A bot that needs its owner

web-problem-needs-token = { $bot } به توکن تازه نیاز دارد
web-problem-needs-token-text = تلگرام دیگر توکن قبلی را نمی‌پذیرد. دسترسی خریداری‌شدهٔ مشتریانتان ادامه دارد.
web-problem-needs-token-action = توکن تازه بدهید
web-problem-failed = { $bot } کار نمی‌کند
web-problem-failed-text = چند بار تلاش کردیم. دسترسی خریداری‌شدهٔ مشتریانتان ادامه دارد.
web-problem-failed-action = نگاهی بیندازید
web-problem-conflict = برنامهٔ دیگری { $bot } را اجرا می‌کند
web-problem-conflict-text = پیام مشتری‌ها را از فروشگاه می‌گیرد. آن برنامه را متوقف کنید یا بعد از /revoke در @BotFather توکن را عوض کنید.
web-problem-conflict-action = تعویض توکن
web-problem-panel-down = پنل { $panel } از { $time } پاسخ نمی‌دهد
web-problem-panel-down-text = هیچ پرداختی از دست نمی‌رود: با بازگشت پنل خودکار تحویل می‌شود و هیچ روزی کم نمی‌شود. ببینید سرور روشن است و از بیرون در دسترس است.
web-problem-panel-refused = پنل { $panel } از { $time } ورود ما را نمی‌پذیرد
web-problem-panel-refused-text = هیچ پرداختی از دست نمی‌رود: با درست شدن ورود خودکار تحویل می‌شود. نام کاربری و رمز پنل را بررسی کنید.
web-problem-panel-refused-action = وارد کردن مشخصات ورود
web-overview-since = از { $time }
