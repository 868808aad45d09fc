//! Texts in a shop's own words: which are taken, and how they come to be spoken. On both databases.

use rstest::rstest;

use super::{
    rules::{self, BadText, Place, check},
    service as texts,
};
use crate::{
    args,
    db::Conn as _,
    entities::tenant::text,
    ids::RowId,
    locale::{Locale, Voice},
    testing::{self, TestShop},
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};

const MENU: &str = "bot-common-btn-menu";
const HELLO: &str = "bot-start-returning-body";
const LINES: &str = "bot-pay-done-body";

#[rstest]
#[case::plain(MENU, "Home", Ok(()))]
#[case::a_name_may_be_left_out(HELLO, "There you are!", Ok(()))]
#[case::with_its_name(HELLO, "Hi <b>{ $name }</b> & all", Ok(()))]
#[case::a_list(LINES, "* { $plan }\n[ { $until } ]\n. { $order }", Ok(()))]
#[case::an_own_brace(HELLO, "Hi {\"{\"}", Ok(()))]
#[case::a_choice(HELLO, "{ $name ->\n    [one] Hi\n   *[other] Hello\n}", Ok(()))]
#[case::nothing(MENU, "  \n", Err(BadText::Empty))]
#[case::nothing_to_see(HELLO, "{ \"\" }", Err(BadText::Empty))]
#[case::an_open_brace(LINES, "{ $plan }\n{ $until", Err(BadText::Syntax { line: 2 }))]
#[case::a_second_text(MENU, "Home\nweb-product-name = Mine", Ok(()))]
#[case::a_function(HELLO, "{ NUMBER($name) }", Err(BadText::ReachesFurther))]
#[case::another_text(HELLO, "{ bot-common-btn-menu }", Err(BadText::ReachesFurther))]
#[case::a_term(HELLO, "{ -brand }", Err(BadText::ReachesFurther))]
#[case::another_value(HELLO, "{ $amount }", Err(BadText::UnknownValue { name: "amount".into() }))]
#[case::a_missing_value(LINES, "{ $plan } { $until }", Err(BadText::MissingValue { name: "order".into() }))]
#[case::open_markup(HELLO, "<b>Hi", Err(BadText::Markup))]
#[case::unknown_markup(HELLO, "<script>Hi</script>", Err(BadText::Markup))]
#[case::crossed_markup(HELLO, "<b><i>Hi</b></i>", Err(BadText::Markup))]
#[case::a_bare_sign(HELLO, "1 < 2", Err(BadText::Markup))]
#[case::a_link(HELLO, "<a href=\"https://example.com\">Hi</a>", Ok(()))]
#[case::a_link_to_nowhere(HELLO, "<a>Hi</a>", Err(BadText::Markup))]
#[case::markup_in_a_button(MENU, "<b>Home</b>", Err(BadText::NoMarkupHere))]
#[case::a_panels_text("web-product-name", "Mine", Err(BadText::NoSuchText))]
#[case::a_commands_text("bot-command-menu", "Mine", Err(BadText::NoSuchText))]
#[case::an_answer_of_the_faq("bot-faq-refund-answer", "Mine", Err(BadText::NoSuchText))]
#[case::nobodys("bot-no-such-text", "Mine", Err(BadText::NoSuchText))]
fn a_text_is_taken_only_if_it_can_be_shown(
    #[case] key: &str,
    #[case] typed: &str,
    #[case] taken: Result<(), BadText>,
) {
    assert_eq!(check(Locale::En, key, typed), taken);
}

#[test]
fn a_text_that_telegram_would_cut_off_is_refused() {
    let long = |key: &str, length| check(Locale::En, key, &"x".repeat(length));
    assert_eq!(long(MENU, 64), Ok(()));
    assert_eq!(long(MENU, 65), Err(BadText::Long { length: 65, limit: 64 }));
    assert_eq!(long("bot-common-toast-error", 201), Err(BadText::Long { length: 201, limit: 200 }));
    assert_eq!(long("bot-referral-qr-body", 1_025), Err(BadText::Long { length: 1_025, limit: 1_024 }));
    assert_eq!(long("bot-start-rules-body", 4_096), Ok(()));
    assert_eq!(long("bot-start-rules-body", 4_097), Err(BadText::Long { length: 4_097, limit: 4_096 }));
    assert_eq!(long(HELLO, 2_049), Err(BadText::Long { length: 2_049, limit: 2_048 }));
    assert_eq!(long(HELLO, 8_001), Err(BadText::TypedTooLong));
    // An emoji is two of Telegram's units.
    assert!(check(Locale::En, MENU, &"🏠".repeat(33)).is_err());
    assert_eq!(check(Locale::En, HELLO, &"{".repeat(5_000)), Err(BadText::Braces));
}

#[test]
fn a_plural_has_all_the_forms_of_its_language() {
    let (key, values) = rules::keys()
        .map(|key| (key, rules::values(key)))
        .find(|(_, values)| values.len() == 1 && values.contains("count"))
        .expect("a text that counts");
    assert_eq!(values.len(), 1);
    let two = "{ $count ->\n    [one] { $count } a\n   *[other] { $count } b\n}";
    let four = "{ $count ->\n [one] { $count } a\n [few] { $count } b\n [many] { $count } c\n *[other] { $count } d\n}";
    assert_eq!(check(Locale::En, key, two), Ok(()));
    assert_eq!(check(Locale::Ru, key, two), Err(BadText::MissingForms { forms: "few, many".into() }));
    assert_eq!(check(Locale::Ru, key, four), Ok(()));
}

/// What the editor shows of ours, saved as it is, says what ours says.
#[test]
fn every_text_of_ours_could_be_saved_as_it_is_written() {
    for locale in Locale::ALL {
        for key in rules::keys() {
            let source = rules::our_source(locale, key).expect("a source");
            let taken = check(locale, key, source);
            // The half of a message is for what a shop writes.
            assert!(
                matches!(taken, Ok(()) | Err(BadText::Long { limit: 2_048, .. })),
                "{key}: {taken:?}\n{source}"
            );
            let args = rules::values(key).into_iter().fold(args![], |args, name| args.with(name, 2_i64));
            let ours = match Place::of(key).takes_markup() {
                true => crate::locale::html(locale, key, &args),
                false => crate::locale::plain(locale, key, &args),
            };
            assert_eq!(rules::preview(locale, key, source, &args), Some(ours), "{locale:?} {key}");
        }
    }
}

async fn says(shop: &TestShop, locale: Locale, key: &str) -> String {
    let tx = shop.db.read().await.unwrap();
    texts::voice(&tx).await.unwrap().plain(locale, key, &args!["name" => "Sara"])
}

#[tokio::test]
async fn a_shop_speaks_its_own_words_until_it_takes_ours_back() {
    for test in testing::stores().await {
        let (shop, other) = (test.selling_shop().await, test.selling_shop().await);
        let ours = says(&shop, Locale::En, MENU).await;
        let tx = shop.db.write().await.unwrap();
        assert_eq!(texts::save(&tx, Locale::En, MENU, " Home\r\n").await.unwrap(), Ok(()));
        assert_eq!(texts::save(&tx, Locale::En, HELLO, "Hi { $name }").await.unwrap(), Ok(()));
        assert_eq!(texts::save(&tx, Locale::En, MENU, "").await.unwrap(), Err(BadText::Empty));
        tx.commit().await.unwrap();
        assert_eq!(says(&shop, Locale::En, MENU).await, "Home", "{}", test.name());
        assert_eq!(says(&shop, Locale::En, HELLO).await, "Hi Sara");
        assert_eq!(says(&shop, Locale::Fa, MENU).await, says(&other, Locale::Fa, MENU).await);
        assert_eq!(says(&other, Locale::En, MENU).await, ours, "another shop's words stay its own");
        assert_eq!(Voice::OURS.plain(Locale::En, MENU, &args![]), ours);

        let tx = shop.db.write().await.unwrap();
        assert_eq!(texts::save(&tx, Locale::En, MENU, "Start").await.unwrap(), Ok(()));
        texts::restore(&tx, Locale::En, HELLO).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(says(&shop, Locale::En, MENU).await, "Start");
        assert!(says(&shop, Locale::En, HELLO).await.contains("Good to see you"));
        let tx = shop.db.write().await.unwrap();
        texts::restore(&tx, Locale::En, MENU).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(says(&shop, Locale::En, MENU).await, ours);
    }
}

#[tokio::test]
async fn words_that_an_update_made_impossible_are_not_spoken() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let tx = shop.db.write().await.unwrap();
        assert_eq!(texts::save(&tx, Locale::En, MENU, "Home").await.unwrap(), Ok(()));
        // As they were taken when the texts were others.
        for (key, value) in [(HELLO, "Hi { $nickname }"), ("bot-of-the-past", "Hi"), (LINES, "<b>")] {
            let row = text::ActiveModel {
                id: Set(RowId::new()),
                locale: Set(Locale::En),
                key: Set(key.into()),
                value: Set(value.into()),
                updated_at: Set(tx.now()),
            };
            text::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(says(&shop, Locale::En, MENU).await, "Home", "{}", test.name());
        assert!(says(&shop, Locale::En, HELLO).await.contains("Good to see you"));
    }
}
