# The packages, on the landing page and in the wizard.

web-package-starter = شروع
web-package-starter-for = یک ربات و یک پنل؛ برای صد مشتری اول کافی است.
web-package-starter-support = پشتیبانی ایمیلی
web-package-professional = حرفه‌ای
web-package-professional-for = چند برند یا چند کشور، با آماری که نشان می‌دهد چه جواب می‌دهد.
web-package-professional-support = پشتیبانی ۲۴ ساعته، صف ویژه
web-package-enterprise = سازمانی
web-package-enterprise-for = دامنه و اتصال‌های خودتان، با یک کارشناس مشخص.
web-package-enterprise-support = کارشناس اختصاصی پشتیبانی
web-package-bots = { $count ->
    [one] { $count } ربات
   *[other] { $count } ربات
}
web-package-bots-unlimited = ربات بدون سقف
web-package-users = { $count ->
    [one] { $count } کاربر
   *[other] { $count } کاربر
}
web-package-users-unlimited = کاربر بدون سقف
web-package-panels = { $count ->
    [one] { $count } پنل مرزبان
   *[other] { $count } پنل مرزبان
}
web-package-panels-unlimited = پنل بدون سقف
web-package-analytics = قیف فروش، ماندگاری، پیش‌بینی، CSV
web-package-white-label = نام و رنگ اختصاصی
web-package-api = REST API و وب‌هوک امضاشده
web-package-not-included = ندارد:
web-package-recommended = برای فروشگاه در حال رشد
web-package-choose = انتخاب { $package }
web-package-cycle = دورهٔ پرداخت
web-package-monthly = ماهانه
web-package-yearly = سالانه، دو ماه رایگان
web-package-per-month = در ماه
web-package-per-year = در سال
web-package-monthly-remark = پرداخت ماهانه، لغو در هر زمان
web-package-yearly-remark = { $saved } صرفه‌جویی در سال
