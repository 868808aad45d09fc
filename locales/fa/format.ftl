# Pieces of numbers, money, dates and durations. `$amount` comes with its digits already written.

## Money

format-money-usd = { $amount }{"\u00A0"}دلار
format-money-eur = { $amount }{"\u00A0"}یورو
format-money-rub = { $amount }{"\u00A0"}روبل
format-money-toman = { $amount }{"\u00A0"}تومان
format-money-stars = { $amount }{"\u00A0"}استارز
format-money-usdt = { $amount }{"\u00A0"}تتر

## Sizes, 1 KB = 1024 bytes

format-bytes-b = { $amount }{"\u00A0"}بایت
format-bytes-kb = { $amount }{"\u00A0"}کیلوبایت
format-bytes-mb = { $amount }{"\u00A0"}مگابایت
format-bytes-gb = { $amount }{"\u00A0"}گیگابایت
format-bytes-tb = { $amount }{"\u00A0"}ترابایت

## Dates (Jalali)

format-date = { $day } { $month } { $year }
format-date-short = { $day } { $month }
format-date-time = { $date }، { $time }
format-month-1 = فروردین
format-month-2 = اردیبهشت
format-month-3 = خرداد
format-month-4 = تیر
format-month-5 = مرداد
format-month-6 = شهریور
format-month-7 = مهر
format-month-8 = آبان
format-month-9 = آذر
format-month-10 = دی
format-month-11 = بهمن
format-month-12 = اسفند
# For readers who prefer the other calendar.
format-month-other-1 = ژانویه
format-month-other-2 = فوریه
format-month-other-3 = مارس
format-month-other-4 = آوریل
format-month-other-5 = مه
format-month-other-6 = ژوئن
format-month-other-7 = ژوئیه
format-month-other-8 = اوت
format-month-other-9 = سپتامبر
format-month-other-10 = اکتبر
format-month-other-11 = نوامبر
format-month-other-12 = دسامبر

## Lengths of time

format-duration-instant = کمتر از یک ثانیه
format-duration-two = { $large } و { $small }
format-duration-seconds = { $count }{"\u00A0"}ثانیه
format-duration-minutes = { $count }{"\u00A0"}دقیقه
format-duration-hours = { $count }{"\u00A0"}ساعت
format-duration-days = { $count }{"\u00A0"}روز
