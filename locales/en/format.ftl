# Pieces of numbers, money, dates and durations. `$amount` comes with its digits already written.

## Money

format-money-usd = ${ $amount }
format-money-eur = €{ $amount }
format-money-rub = { $amount }{"\u00A0"}₽
format-money-toman = { $amount }{"\u00A0"}toman
format-money-stars = { $count ->
    [one] { $amount }{"\u00A0"}Star
   *[other] { $amount }{"\u00A0"}Stars
}
format-money-usdt = { $amount }{"\u00A0"}USDT

## Sizes, 1 KB = 1024 bytes

format-bytes-b = { $amount }{"\u00A0"}B
format-bytes-kb = { $amount }{"\u00A0"}KB
format-bytes-mb = { $amount }{"\u00A0"}MB
format-bytes-gb = { $amount }{"\u00A0"}GB
format-bytes-tb = { $amount }{"\u00A0"}TB

## Dates

format-date = { $day } { $month } { $year }
format-date-short = { $day } { $month }
format-date-time = { $date }, { $time }
format-month-1 = January
format-month-2 = February
format-month-3 = March
format-month-4 = April
format-month-5 = May
format-month-6 = June
format-month-7 = July
format-month-8 = August
format-month-9 = September
format-month-10 = October
format-month-11 = November
format-month-12 = December
# For readers who prefer the other calendar.
format-month-other-1 = Farvardin
format-month-other-2 = Ordibehesht
format-month-other-3 = Khordad
format-month-other-4 = Tir
format-month-other-5 = Mordad
format-month-other-6 = Shahrivar
format-month-other-7 = Mehr
format-month-other-8 = Aban
format-month-other-9 = Azar
format-month-other-10 = Dey
format-month-other-11 = Bahman
format-month-other-12 = Esfand

## Lengths of time

format-duration-instant = less than a second
format-duration-two = { $large } { $small }
format-duration-seconds = { $count ->
    [one] { $count }{"\u00A0"}second
   *[other] { $count }{"\u00A0"}seconds
}
format-duration-minutes = { $count ->
    [one] { $count }{"\u00A0"}minute
   *[other] { $count }{"\u00A0"}minutes
}
format-duration-hours = { $count ->
    [one] { $count }{"\u00A0"}hour
   *[other] { $count }{"\u00A0"}hours
}
format-duration-days = { $count ->
    [one] { $count }{"\u00A0"}day
   *[other] { $count }{"\u00A0"}days
}
