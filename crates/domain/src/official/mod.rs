//! An official document to be produced: what it says, apart from how a format profile sets it.
//!
//! `formats` writes it as DOCX and `typeset` as PDF, both from the same [`Profile`], so that the two look alike.

pub mod compose;
mod profile;
pub mod template;
mod wording;

pub use profile::{Profile, Style, System, profile_named, profile_on};

use crate::doc::Block;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What stands above the head of a draft.
pub const DRAFT_MARK: &str = "DỰ THẢO";

/// One document that an office would send.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficialDocument {
    /// Name of the [`Profile`] that sets it, e.g. `hd36-2018`.
    pub profile: String,
    /// The body above the issuer, printed over it in regular weight, e.g. `ĐẢNG BỘ TỈNH BÌNH THUẬN`.
    pub parent_body: Option<String>,
    /// The issuing body, printed in bold capitals.
    pub issuer: String,
    /// Number and symbol without the word "Số", e.g. `12-BC/HU`; `None` leaves a gap to be filled by hand.
    pub number: Option<String>,
    /// Number part left blank but the symbol known, e.g. `-BC/HU`.
    pub symbol: Option<String>,
    pub place: String,
    /// Date of issue; `None` prints dots to be filled by hand.
    pub date: Option<Date>,
    /// Type of document in capitals, e.g. `BÁO CÁO`; `None` for a letter (công văn), whose subject stands under the number.
    pub kind: Option<String>,
    pub subject: String,
    /// "Kính gửi": the addressees of a letter or a report that names them; empty when not printed.
    pub addressees: Vec<String>,
    pub body: Vec<Block>,
    pub signature: SignatureBlock,
    /// "Nơi nhận", one line each, without dashes and end marks.
    pub recipients: Vec<String>,
    pub annexes: Vec<Annex>,
    /// Printed as "DỰ THẢO" above the head while the text is not issued.
    pub draft: bool,
}

/// Who signs and in what capacity; positions and authority are printed in capitals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureBlock {
    /// e.g. `T/M BAN THƯỜNG VỤ`; `None` when the head signs in their own right.
    pub authority: Option<String>,
    pub position: String,
    pub name: String,
}

/// An annex begins on a new page. `number` prints as "Phụ lục N"; `None` when there is only one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Annex {
    pub number: Option<u32>,
    pub title: String,
    pub landscape: bool,
    pub blocks: Vec<Block>,
}
