//! Answers, on both databases.

use super::{
    rules::{Key, OURS},
    service::{self as faq, OWN_AT_MOST, Typed, Votes},
};
use crate::{
    entities::tenant::faq_entry::Category,
    locale::Locale,
    testing::{self, TestShop},
};

fn typed<'a>(locale: Locale, question: &'a str, answer: &'a str) -> Typed<'a> {
    Typed { locale, category: Category::Other, question, answer }
}

async fn questions(shop: &TestShop, locale: Locale) -> Vec<String> {
    let tx = shop.db.read().await.unwrap();
    let shown = faq::shown(&tx, locale, Locale::Ru).await.unwrap();
    shown.into_iter().map(|entry| entry.question).collect()
}

#[tokio::test]
async fn a_shop_changes_hides_adds_and_takes_back() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let ours = Key::Ours("refund");
        let before = questions(&shop, Locale::En).await;
        assert_eq!(before.len(), OURS.len(), "{}", test.name());
        let tx = shop.db.write().await.unwrap();
        faq::save(&tx, Some(ours), typed(Locale::En, "Money back?", "Within a week.")).await.unwrap();
        faq::save(&tx, Some(ours), typed(Locale::En, "Money back?", "Within a day.")).await.unwrap();
        faq::hide(&tx, Locale::En, Key::Ours("start"), true).await.unwrap();
        faq::save(&tx, None, typed(Locale::En, "Where are you?", "Everywhere.")).await.unwrap();
        tx.commit().await.unwrap();
        let now = questions(&shop, Locale::En).await;
        assert_eq!(now.len(), OURS.len(), "one less, one more: {now:?}");
        assert!(now.contains(&"Money back?".into()) && now.contains(&"Where are you?".into()), "{now:?}");
        assert!(!now.contains(&before[0]));
        assert_eq!(questions(&shop, Locale::Fa).await.len(), OURS.len(), "other languages stay");

        let tx = shop.db.write().await.unwrap();
        let all = faq::all(&tx, Locale::En).await.unwrap();
        let own = all.iter().find(|entry| matches!(entry.key, Key::Own(_))).unwrap().clone();
        assert_eq!(faq::find(&tx, Locale::Fa, own.key).await.unwrap().as_ref(), Some(&own));
        faq::hide(&tx, Locale::En, own.key, true).await.unwrap();
        faq::hide(&tx, Locale::En, Key::Ours("start"), false).await.unwrap();
        faq::remove(&tx, Locale::En, ours).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(questions(&shop, Locale::En).await, before);
    }
}

#[tokio::test]
async fn who_finds_nothing_in_his_language_reads_the_shops() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let tx = shop.db.write().await.unwrap();
        for (code, _) in OURS {
            faq::hide(&tx, Locale::Fa, Key::Ours(code), true).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(questions(&shop, Locale::Fa).await, questions(&shop, Locale::Ru).await, "{}", test.name());
        let tx = shop.db.write().await.unwrap();
        for (code, _) in OURS {
            faq::hide(&tx, Locale::Ru, Key::Ours(code), true).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(questions(&shop, Locale::Fa).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_user_says_once_whether_an_answer_helped() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (nima, sara) = (shop.user(1).await, shop.user(2).await);
        let tx = shop.db.write().await.unwrap();
        let entry = faq::find(&tx, Locale::En, Key::Ours("renew")).await.unwrap().unwrap();
        assert!(faq::vote(&tx, nima.id, &entry, true).await.unwrap());
        assert!(!faq::vote(&tx, nima.id, &entry, false).await.unwrap(), "the first word counts");
        assert!(faq::vote(&tx, sara.id, &entry, false).await.unwrap());
        let votes = faq::votes(&tx).await.unwrap();
        assert_eq!(votes[&faq::counted_as(&entry)], Votes { helped: 1, did_not: 1 }, "{}", test.name());
    }
}

#[tokio::test]
async fn a_list_that_nobody_reads_is_not_grown() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let tx = shop.db.write().await.unwrap();
        for _ in 0..OWN_AT_MOST {
            assert!(faq::save(&tx, None, typed(Locale::En, "?", "!")).await.unwrap());
        }
        assert!(!faq::save(&tx, None, typed(Locale::En, "?", "!")).await.unwrap(), "{}", test.name());
        assert!(faq::save(&tx, None, typed(Locale::Fa, "?", "!")).await.unwrap());
    }
}
