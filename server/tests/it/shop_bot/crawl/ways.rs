//! Which screen leads to which.

use std::collections::{HashMap, VecDeque};

#[derive(Default)]
pub struct Ways {
    /// From a button's data to the data of the buttons under what it shows.
    ahead: HashMap<String, Vec<String>>,
    back: HashMap<String, Vec<String>>,
}

impl Ways {
    pub fn add(&mut self, from: &str, to: &[String]) {
        self.ahead.insert(from.to_owned(), to.to_vec());
        for end in to {
            self.back.entry(end.clone()).or_default().push(from.to_owned());
        }
    }

    pub fn know(&self, data: &str) -> bool {
        self.ahead.contains_key(data)
    }

    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.ahead.keys()
    }

    /// How many taps lead from a screen to each that can be reached from it.
    pub fn from(&self, start: &str) -> HashMap<String, usize> {
        taps(&self.ahead, start)
    }

    /// How many taps lead to a screen from each from which it can be reached.
    pub fn to(&self, end: &str) -> HashMap<String, usize> {
        taps(&self.back, end)
    }
}

fn taps(ways: &HashMap<String, Vec<String>>, start: &str) -> HashMap<String, usize> {
    let mut found = HashMap::from([(start.to_owned(), 0)]);
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        let next = found[here] + 1;
        for there in ways.get(here).into_iter().flatten() {
            if !found.contains_key(there) {
                found.insert(there.clone(), next);
                waiting.push_back(there);
            }
        }
    }
    found
}
