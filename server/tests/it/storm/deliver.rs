//! Telegram's way to the server: what is not acknowledged comes again, and here everything comes three
//! times, some of it at once, some later, some to the next process.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use serde_json::Value;

use super::world::{Shop, World};

const SECRET: &str = "x-telegram-bot-api-secret-token";
/// Telegram waits as long as it is asked to; in a storm nobody has the time.
const LONGEST: Duration = Duration::from_secs(1);
/// Before a server that is not there is called again.
const REDIAL: Duration = Duration::from_millis(50);

/// What became of one request.
enum Taken {
    Yes,
    Later(Duration),
    /// The server died with it, or was not there.
    Cut {
        in_flight: bool,
    },
}

/// Where copies of an update come from besides.
enum Copies {
    AtOnce,
    After(Duration),
    ToTheNextProcess,
}

impl World {
    /// Ends when the update is acknowledged; true when a kill met it on its way.
    pub async fn deliver(self: &Arc<Self>, shop: usize, body: Value) -> bool {
        let copies = match self.chance.below(3) {
            0 => Copies::AtOnce,
            1 => Copies::After(Duration::from_millis(50 + self.chance.below(3_000))),
            _ => Copies::ToTheNextProcess,
        };
        if matches!(copies, Copies::AtOnce) {
            let bring = || self.bring(shop, &body);
            let (first, second, third) = tokio::join!(bring(), bring(), bring());
            return first || second || third;
        }
        let life = *self.lives.borrow();
        let met = self.bring(shop, &body).await;
        let world = self.clone();
        self.late.spawn(async move {
            match copies {
                Copies::After(pause) => tokio::time::sleep(pause).await,
                _ => drop(world.lives.subscribe().wait_for(|lives| *lives > life).await),
            }
            world.bring(shop, &body).await;
            world.bring(shop, &body).await;
        });
        met
    }

    /// One copy, until it is acknowledged.
    async fn bring(&self, shop: usize, body: &Value) -> bool {
        let mut met = false;
        loop {
            match self.post(&self.shops[shop], body).await {
                Taken::Yes => return met,
                Taken::Later(wait) => tokio::time::sleep(wait.min(LONGEST)).await,
                Taken::Cut { in_flight } => {
                    met |= in_flight;
                    tokio::time::sleep(REDIAL).await;
                }
            }
        }
    }

    async fn post(&self, shop: &Shop, body: &Value) -> Taken {
        let url = format!("http://{}/tg/{}", self.address, shop.row.public_id);
        let answer = self.http.post(url).header(SECRET, &shop.secret).json(body).send().await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) if error.is_connect() => return Taken::Cut { in_flight: false },
            Err(_) => return Taken::Cut { in_flight: true },
        };
        self.deliveries.fetch_add(1, Ordering::Relaxed);
        if answer.status().is_success() {
            return Taken::Yes;
        }
        assert_eq!(answer.status(), 503, "an update was turned away");
        let wait = answer.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
        Taken::Later(Duration::from_secs(wait.expect("a time")))
    }
}
