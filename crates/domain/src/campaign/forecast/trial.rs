//! Simulated campaigns that the forecast is held against, beside two naive guesses.
//!
//! The simulation knows nothing of the forecast: units have habits (punctual, usual, slack) that last over campaigns,
//! begin and write for days drawn by habit, wait for the next meeting of their collective, are voted down now and then,
//! break off writing now and then, and hurry half of the time when the due comes near. Whole days, whole numbers.

use super::{Chance, Kept, Signs, forecast};
use crate::report::lifecycle::State;

/// Working days from the issue of a campaign to its due.
const DAYS: i64 = 30;
/// Campaigns that a unit has been through before, unless it is new.
const EARLIER: u32 = 4;
/// Working days before the due at which forecasts are made.
pub const CHECKPOINTS: [u32; 4] = [10, 5, 3, 1];

/// How a guess did at one checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Guessed late, and was.
    pub right: u32,
    /// Guessed late, and was not.
    pub false_alarms: u32,
    /// Was late, and not guessed.
    pub missed: u32,
    pub reports: u32,
    /// Squares of the differences between chance and outcome, in millionths.
    squares: u64,
}

/// The guesses at one checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Checkpoint {
    /// Working days that were left, today among them.
    pub days_left: u32,
    pub forecast: Score,
    /// As in the campaign before: late again who was late then.
    pub last_time: Score,
    /// The share of late reports of the campaign before, for everybody.
    pub same_for_all: Score,
}

/// Of the reports with one slack: how many there were, and how many came late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Observed {
    pub reports: u32,
    pub late: u32,
}

/// What a trial found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    pub checkpoints: Vec<Checkpoint>,
    /// Of units without a history, from the least slack of the forecast's table to the greatest.
    pub by_slack: Vec<Observed>,
}

impl Score {
    /// Of those guessed late, the share that was, in thousandths.
    pub fn precision(&self) -> Option<u32> {
        share(self.right, self.right + self.false_alarms)
    }

    /// Of those that were late, the share that was guessed, in thousandths.
    pub fn recall(&self) -> Option<u32> {
        share(self.right, self.right + self.missed)
    }

    /// Guesses that did not come true.
    pub fn wrong(&self) -> u32 {
        self.false_alarms + self.missed
    }

    /// The mean square difference between chance and outcome, in thousandths; 0 is perfect.
    pub fn brier(&self) -> Option<u32> {
        let mean = self.squares.checked_div(u64::from(self.reports))?;
        u32::try_from((mean + 500) / 1000).ok()
    }

    fn take(&mut self, chance: Chance, was_late: bool) {
        let outcome = if was_late { 1000 } else { 0 };
        let difference = u64::from(chance.thousandths().abs_diff(outcome));
        self.squares += difference * difference;
        self.reports += 1;
        match (chance.is_likely(), was_late) {
            (true, true) => self.right += 1,
            (true, false) => self.false_alarms += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }
}

fn share(part: u32, whole: u32) -> Option<u32> {
    (part * 1000).checked_div(whole)
}

/// Plays a campaign of that many units, with those before it, and scores the guesses.
pub fn play(seed: u64, units: u32) -> Trial {
    let mut dice = Dice(seed ^ 0x9e37_79b9_7f4a_7c15);
    let hardness: Vec<i64> = (0..=EARLIER).map(|_| dice.between(0, 3)).collect();
    let played: Vec<Unit> = (0..units)
        .map(|_| Unit::play(&mut dice, &hardness))
        .collect();
    let known = played.iter().filter_map(|unit| unit.last_time);
    let late_before = u32::try_from(known.clone().filter(|late| *late).count()).unwrap_or(0);
    let share_before = share(late_before, u32::try_from(known.count()).unwrap_or(0)).unwrap_or(0);
    let mut trial = Trial {
        checkpoints: Vec::new(),
        by_slack: vec![Observed::default(); super::BY_SLACK.len()],
    };
    for days_left in CHECKPOINTS {
        let mut checkpoint = Checkpoint {
            days_left,
            ..Checkpoint::default()
        };
        for unit in &played {
            let step = unit.now.step_on(DAYS - i64::from(days_left) + 1);
            let signs = Signs {
                step,
                days_left,
                kept: unit.kept,
            };
            let Some(chance) = forecast(signs) else {
                continue;
            };
            let was_late = unit.now.is_late();
            let last = if unit.last_time == Some(true) {
                1000
            } else {
                0
            };
            checkpoint.forecast.take(chance, was_late);
            checkpoint.last_time.take(Chance(last), was_late);
            checkpoint.same_for_all.take(Chance(share_before), was_late);
            let place = super::place_of(signs).unwrap_or(0);
            trial.by_slack[place].reports += 1;
            trial.by_slack[place].late += u32::from(was_late);
        }
        trial.checkpoints.push(checkpoint);
    }
    trial
}

/// How somebody goes about reports, all their life.
#[derive(Debug, Clone, Copy)]
enum Habit {
    Punctual,
    Usual,
    Slack,
}

struct Unit {
    kept: Kept,
    /// Whether it was late in the campaign before; `None` for a new unit.
    last_time: Option<bool>,
    now: Course,
}

impl Unit {
    fn play(dice: &mut Dice, hardness: &[i64]) -> Unit {
        let habit = match dice.between(1, 100) {
            ..=60 => Habit::Punctual,
            61..=85 => Habit::Usual,
            _ => Habit::Slack,
        };
        let first = if dice.one_in(6) { EARLIER } else { 0 };
        let mut kept = Kept::default();
        let mut last_time = None;
        for campaign in first..EARLIER {
            let late = Course::play(dice, habit, hardness[campaign as usize]).is_late();
            kept.of += 1;
            kept.late += u32::from(late);
            last_time = Some(late);
        }
        Unit {
            kept,
            last_time,
            now: Course::play(dice, habit, hardness[EARLIER as usize]),
        }
    }
}

/// The days on which one report reached its steps.
#[derive(Debug, Default)]
struct Course {
    steps: Vec<(i64, State)>,
}

impl Course {
    fn play(dice: &mut Dice, habit: Habit, hardness: i64) -> Course {
        let (begins, writes) = match habit {
            Habit::Punctual => (dice.between(2, 17), dice.between(3, 8)),
            Habit::Usual => (dice.between(7, 23), dice.between(3, 10)),
            Habit::Slack => (dice.between(13, 31), dice.between(4, 12)),
        };
        let mut course = Course::default();
        let mut day = begins + hardness / 2;
        course.reach(day, State::Drafting);
        let mut writing = writes + hardness;
        if dice.one_in(10) {
            writing += 7;
        }
        let is_near = day + writing + 5 > DAYS;
        if is_near && dice.one_in(2) {
            writing = (writing + 1) / 2;
        }
        day += writing;
        let mut rounds = 1 + i64::from(dice.one_in(12));
        while rounds > 0 {
            rounds -= 1;
            course.reach(day, State::InAdoption);
            // The collective meets once a week, on a day of its own.
            day += dice.between(1, 5);
            if rounds > 0 {
                course.reach(day, State::Drafting);
                day += dice.between(1, 3);
            }
        }
        course.reach(day, State::Adopted);
        day += dice.between(0, 2);
        course.reach(day, State::Issued);
        day += dice.between(0, 1);
        course.reach(day, State::Sent);
        course
    }

    fn reach(&mut self, day: i64, step: State) {
        self.steps.push((day, step));
    }

    /// Where it stood in the morning of a day, counted from 1.
    fn step_on(&self, day: i64) -> State {
        let reached = self.steps.iter().rev().find(|(reached, _)| *reached < day);
        reached.map_or(State::Assigned, |(_, step)| *step)
    }

    fn is_late(&self) -> bool {
        self.steps.last().is_some_and(|(day, _)| *day > DAYS)
    }
}

/// Chance without a clock: the same seed gives the same throws (xorshift64*).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
    }

    /// One of the numbers from `least` to `most`, each as likely.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        let sides = u64::try_from(most - least + 1).unwrap_or(1);
        least + i64::try_from(self.throw() % sides).unwrap_or(0)
    }

    fn one_in(&mut self, sides: i64) -> bool {
        self.between(1, sides) == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Not the campaigns that the forecast's table was made from.
    const UNSEEN: [u64; 5] = [101, 102, 103, 104, 105];

    #[test]
    fn the_forecast_beats_both_naive_guesses_on_campaigns_it_was_not_made_from() {
        for seed in UNSEEN {
            for checkpoint in play(seed, 4000).checkpoints {
                let days = checkpoint.days_left;
                let own = checkpoint.forecast;
                for naive in [checkpoint.last_time, checkpoint.same_for_all] {
                    assert!(
                        own.brier() < naive.brier(),
                        "campaign {seed}, {days} days left: {own:?} beside {naive:?}"
                    );
                }
                assert!(
                    own.wrong() < checkpoint.last_time.wrong()
                        && own.recall() > checkpoint.last_time.recall(),
                    "campaign {seed}, {days} days left: {checkpoint:?}"
                );
            }
        }
    }

    #[test]
    fn a_trial_can_be_played_again() {
        assert_eq!(play(7, 500), play(7, 500));
        assert_ne!(play(7, 500), play(8, 500));
    }

    #[test]
    fn scores_are_what_their_names_say() {
        let mut score = Score::default();
        assert_eq!((score.precision(), score.brier()), (None, None));
        score.take(Chance(800), true);
        score.take(Chance(600), false);
        score.take(Chance(100), true);
        score.take(Chance(0), false);
        assert_eq!((score.precision(), score.recall()), (Some(500), Some(500)));
        // 0.04 + 0.36 + 0.81 + 0 over four.
        assert_eq!(score.brier(), Some(303));
    }
}
