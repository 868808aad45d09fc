# Pieces of numbers, money, dates and durations. `$amount` comes with its digits already written.

## Money

format-money-usd = { $amount }{"\u00A0"}$
format-money-eur = { $amount }{"\u00A0"}€
format-money-rub = { $amount }{"\u00A0"}₽
format-money-toman = { $count ->
    [one] { $amount }{"\u00A0"}томан
    [few] { $amount }{"\u00A0"}томана
    [many] { $amount }{"\u00A0"}томанов
   *[other] { $amount }{"\u00A0"}томана
}
format-money-stars = { $count ->
    [one] { $amount }{"\u00A0"}звезда
    [few] { $amount }{"\u00A0"}звезды
    [many] { $amount }{"\u00A0"}звёзд
   *[other] { $amount }{"\u00A0"}звезды
}
format-money-usdt = { $amount }{"\u00A0"}USDT

## Sizes, 1 KB = 1024 bytes

format-bytes-b = { $amount }{"\u00A0"}Б
format-bytes-kb = { $amount }{"\u00A0"}КБ
format-bytes-mb = { $amount }{"\u00A0"}МБ
format-bytes-gb = { $amount }{"\u00A0"}ГБ
format-bytes-tb = { $amount }{"\u00A0"}ТБ

## Dates

format-date = { $day } { $month } { $year }
format-date-short = { $day } { $month }
format-date-time = { $date }, { $time }
format-month-1 = января
format-month-2 = февраля
format-month-3 = марта
format-month-4 = апреля
format-month-5 = мая
format-month-6 = июня
format-month-7 = июля
format-month-8 = августа
format-month-9 = сентября
format-month-10 = октября
format-month-11 = ноября
format-month-12 = декабря
# For readers who prefer the other calendar.
format-month-other-1 = фарвардина
format-month-other-2 = ордибехешта
format-month-other-3 = хордада
format-month-other-4 = тира
format-month-other-5 = мордада
format-month-other-6 = шахривара
format-month-other-7 = мехра
format-month-other-8 = абана
format-month-other-9 = азара
format-month-other-10 = дея
format-month-other-11 = бахмана
format-month-other-12 = эсфанда

## Lengths of time

format-duration-instant = меньше секунды
format-duration-two = { $large } { $small }
format-duration-seconds = { $count ->
    [one] { $count }{"\u00A0"}секунда
    [few] { $count }{"\u00A0"}секунды
    [many] { $count }{"\u00A0"}секунд
   *[other] { $count }{"\u00A0"}секунды
}
format-duration-minutes = { $count ->
    [one] { $count }{"\u00A0"}минута
    [few] { $count }{"\u00A0"}минуты
    [many] { $count }{"\u00A0"}минут
   *[other] { $count }{"\u00A0"}минуты
}
format-duration-hours = { $count ->
    [one] { $count }{"\u00A0"}час
    [few] { $count }{"\u00A0"}часа
    [many] { $count }{"\u00A0"}часов
   *[other] { $count }{"\u00A0"}часа
}
format-duration-days = { $count ->
    [one] { $count }{"\u00A0"}день
    [few] { $count }{"\u00A0"}дня
    [many] { $count }{"\u00A0"}дней
   *[other] { $count }{"\u00A0"}дня
}
