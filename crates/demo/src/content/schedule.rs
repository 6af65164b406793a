//! Who does what when in the demo's campaign, to its end: adoption, number,
//! sending, receiving, returns. The player carries out the steps up to "now".

use super::calendar::{Day, Moment};
use super::rng::Rng;
use super::tables::UnitSeed;
use super::{Content, Signer, signer_of};

/// The day on which the demo opens.
pub const START_DATE: &str = "2022-09-26";
/// Due of districts and provincial bodies as the demo keeps it: "trước ngày
/// 30/9/2022" read strictly, the 29th is the last good day.
const UPPER_LAST_DAY: &str = "2022-09-29";

/// The course a unit takes, for orientation; the steps say it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conduct {
    /// Sent at least four days before its due.
    Early,
    /// Sent in time.
    OnTime,
    /// Sent this many days after its due.
    Late(i64),
    /// In time, returned, sent anew.
    Returned,
    /// Past its due with a draft begun, sent only after the demo's first day.
    Drafting,
    /// Past its due and nothing begun on the first day; sends at last.
    NotStarted,
    /// Never sends; waived in October.
    Missing,
}

/// The meeting at which a report was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// ISO date.
    pub date: String,
    /// Members in office.
    pub incumbents: i64,
    /// Present; the absent all had a reason.
    pub present: i64,
    /// In favour; always more than half of the incumbents.
    pub votes_for: i64,
    /// Against.
    pub against: i64,
    /// Abstaining.
    pub abstaining: i64,
    /// Who took the chair, an invented name.
    pub chair: String,
    /// Who wrote the minutes, an invented name.
    pub secretary: String,
}

/// Number, date and signer of an issued report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueData {
    /// Register number of the type "báo cáo".
    pub number: i64,
    /// Number and symbol as printed: "45-BC/ĐU".
    pub symbol: String,
    /// ISO date.
    pub date: String,
    /// Who signs.
    pub signer: Signer,
}

/// A section sent back and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedSection {
    /// Section number, or an indicator's code.
    pub place: String,
    /// Reason, in Vietnamese.
    pub reason: String,
}

/// What happens at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// The drafter begins; `percent` of the sections are written at once.
    Draft {
        /// Share of sections, 1 to 100.
        percent: i64,
    },
    /// All sections and figures are complete.
    Complete,
    /// The collective adopts.
    Adopt(Meeting),
    /// Number, date, signature.
    Issue(IssueData),
    /// Sent to the addressee, through the intermediary where there is one.
    Send,
    /// Received by the one it reached first.
    Receive,
    /// Sent back by the receiver.
    Return(Vec<ReturnedSection>),
    /// Accepted.
    Accept,
    /// Excused by the superior, with the reason.
    Waive(String),
}

/// One dated step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Local time.
    pub at: Moment,
    /// What happens.
    pub kind: StepKind,
}

/// The course of one unit's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    /// Unit.
    pub unit_code: String,
    /// Course.
    pub conduct: Conduct,
    /// Last good day, ISO.
    pub due: String,
    /// Steps in order of time.
    pub steps: Vec<Step>,
}

const REASONS: &[(&str, &str)] = &[
    (
        "III.1",
        "Số hồ sơ tồn nêu trong báo cáo chưa giải thích lý do tồn; đề nghị bổ sung nguyên nhân từng nhóm hồ sơ.",
    ),
    (
        "III.4",
        "Số nhà xây mới, sửa chữa trong lời văn cần đối chiếu lại với phụ lục.",
    ),
    (
        "IV.1",
        "Phần hạn chế còn chung chung, chưa nêu việc cụ thể thuộc trách nhiệm của đơn vị.",
    ),
    (
        "V",
        "Chưa phân rõ nguyên nhân chủ quan và trách nhiệm của tập thể, cá nhân.",
    ),
    (
        "III.3",
        "Chưa nêu mô hình, cách làm hay; kết quả vận động Quỹ chưa so sánh với kế hoạch.",
    ),
    (
        "VII",
        "Nhiệm vụ thời gian tới chưa có thời hạn và đầu mối thực hiện.",
    ),
    ("II.3", "Chưa nêu kết quả khắc phục sau kiểm tra, giám sát."),
];

impl Content {
    /// The course of every unit that owes a report, in the order of the tree.
    #[must_use]
    pub fn schedule(&self) -> Vec<Behaviour> {
        self.units
            .iter()
            .filter(|unit| unit.reports())
            .filter_map(|unit| {
                let due = self.last_day(unit)?;
                let mut rng = Rng::for_labels(super::DEMO_SEED, &["course", &unit.code]);
                let conduct = conduct_of(unit, &mut rng);
                let steps = steps_of(unit, conduct, due, &mut rng);
                Some(Behaviour {
                    unit_code: unit.code.clone(),
                    conduct,
                    due: due.iso(),
                    steps,
                })
            })
            .collect()
    }

    /// Last good day of a unit's report.
    fn last_day(&self, unit: &UnitSeed) -> Option<Day> {
        if unit.kind == "tinh_uy" {
            return Day::parse("2022-10-19");
        }
        let of_district = unit.parent_code.as_deref().and_then(|parent| {
            self.district_dues
                .iter()
                .find(|(code, _)| code == parent)
                .map(|(_, due)| due.as_str())
        });
        Day::parse(of_district.unwrap_or(UPPER_LAST_DAY))
    }
}

fn conduct_of(unit: &UnitSeed, rng: &mut Rng) -> Conduct {
    match unit.code.as_str() {
        // The communes of the copies and slips send in time, so that they are seen at once.
        "BT-23095" | "BT-23092" | "BT-23215" | "BT-23224" | "BT-23050" | "BT-23128" => {
            return Conduct::OnTime;
        }
        "BT-TU" => return Conduct::OnTime,
        "BT-599" | "BT-DU-QS" => return Conduct::Late(4),
        "BT-601" => return Conduct::Late(1),
        "BT-594" | "BT-DD-CCB" => return Conduct::Returned,
        "BT-DU-BP" | "BT-600" | "BT-TU-BTC" => return Conduct::Early,
        "BT-DD-ND" => return Conduct::Late(6),
        "BT-23011" | "BT-602-LDLD" | "BT-KCQDN-11" => return Conduct::Missing,
        _ if unit.level < 4 && unit.parent_code.as_deref() == Some("BT-TU") => {
            return Conduct::OnTime;
        }
        _ => {}
    }
    match rng.between(1, 100) {
        1..=13 => Conduct::Early,
        14..=74 => Conduct::OnTime,
        75..=85 => Conduct::Late(rng.between(1, 5)),
        86..=92 => Conduct::Returned,
        93..=97 => Conduct::Drafting,
        _ => Conduct::NotStarted,
    }
}

fn steps_of(unit: &UnitSeed, conduct: Conduct, due: Day, rng: &mut Rng) -> Vec<Step> {
    let start = Day::parse(START_DATE).unwrap_or(due);
    let sent = match conduct {
        Conduct::Early => due.plus(-rng.between(4, 6)).or_last_working(),
        Conduct::OnTime | Conduct::Returned => due.plus(-rng.between(0, 3)).or_last_working(),
        // The number of days is exact, even where that is a Sunday: offices that are late work then.
        Conduct::Late(days) => due.plus(days),
        Conduct::Drafting => start.plus(rng.between(1, 3)),
        Conduct::NotStarted => start.plus(rng.between(3, 8)).or_next_working(),
        Conduct::Missing => {
            return vec![Step {
                at: Day::parse("2022-10-05").unwrap_or(start).at(15, 0),
                kind: StepKind::Waive(
                    "Đơn vị chưa gửi báo cáo sau hai lần đôn đốc; cho phép không tổng hợp, đề nghị kiểm điểm trách nhiệm.".to_owned(),
                ),
            }];
        }
    };
    // A unit that has not begun on the first day drafts in the two days before sending.
    let drafting = match conduct {
        Conduct::NotStarted => sent.plus(-1).max(start.plus(1)),
        _ => sent.plus(-rng.between(7, 14)),
    };
    let mut steps = vec![
        step(
            drafting.at(8, rng.between(5, 55)),
            StepKind::Draft {
                percent: rng.between(35, 80),
            },
        ),
        step(
            sent.plus(-1).max(drafting).at(16, rng.between(5, 40)),
            StepKind::Complete,
        ),
    ];
    let base = sent.at(0, 0);
    send(unit, sent, rng, &mut steps, 0);
    let received = sent.plus(1).or_next_working();
    steps.push(step(received.at(8, rng.between(5, 50)), StepKind::Receive));
    let mut accepted = received.plus(rng.between(1, 4)).or_next_working();
    if conduct == Conduct::Returned {
        let back = received.plus(rng.between(1, 2)).or_next_working();
        steps.push(step(
            back.at(10, rng.between(0, 59)),
            StepKind::Return(reasons(rng)),
        ));
        let again = back.plus(rng.between(3, 9)).or_next_working();
        steps.push(step(
            again.plus(-1).max(back.plus(1)).at(14, 30),
            StepKind::Complete,
        ));
        send(unit, again, rng, &mut steps, 1);
        let second = again.plus(1).or_next_working();
        steps.push(step(second.at(9, rng.between(0, 50)), StepKind::Receive));
        accepted = second.plus(1).or_next_working();
    }
    // The centre's acceptance lies beyond the demo.
    if unit.kind != "tinh_uy" {
        steps.push(step(accepted.at(14, rng.between(0, 59)), StepKind::Accept));
    }
    debug_assert!(steps.iter().any(|s| s.at > base));
    steps
}

fn step(at: Moment, kind: StepKind) -> Step {
    Step { at, kind }
}

/// Adoption in the morning, number at noon, sending in the afternoon of one day.
fn send(unit: &UnitSeed, day: Day, rng: &mut Rng, steps: &mut Vec<Step>, revision: i64) {
    steps.push(step(
        day.at(9, rng.between(0, 30)),
        StepKind::Adopt(meeting(unit, day, rng)),
    ));
    let seed = super::DEMO_SEED;
    let number = Rng::for_labels(seed, &["number", &unit.code]).between(24, 186) + revision * 9;
    steps.push(step(
        day.at(13, rng.between(30, 59)),
        StepKind::Issue(IssueData {
            number,
            symbol: format!("{number}-BC/{}", unit.symbol),
            date: day.iso(),
            signer: signer_of(unit, seed),
        }),
    ));
    let hour = rng.between(14, 17);
    steps.push(step(day.at(hour, rng.between(0, 59)), StepKind::Send));
}

/// Members, chair and secretary stay the same from one meeting of a unit to the next.
fn meeting(unit: &UnitSeed, day: Day, rng: &mut Rng) -> Meeting {
    let mut body = Rng::for_labels(super::DEMO_SEED, &["collective", &unit.code]);
    let incumbents = body.between(11, 15);
    let present = incumbents - rng.between(0, 2);
    let abstaining = i64::from(rng.chance(12));
    Meeting {
        date: day.iso(),
        incumbents,
        present,
        votes_for: present - abstaining,
        against: 0,
        abstaining,
        chair: super::people::full_name(&mut body),
        secretary: super::people::full_name(&mut body),
    }
}

fn reasons(rng: &mut Rng) -> Vec<ReturnedSection> {
    let mut all: Vec<_> = REASONS.to_vec();
    rng.shuffle(&mut all);
    let count = usize::try_from(rng.between(1, 2)).unwrap_or(1);
    all.into_iter()
        .take(count)
        .map(|(place, reason)| ReturnedSection {
            place: place.to_owned(),
            reason: reason.to_owned(),
        })
        .collect()
}
