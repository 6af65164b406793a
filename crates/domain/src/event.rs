//! The facts that can be recorded: every change writes one, in the same transaction.

use crate::ids::{AccountId, AssignmentId, CampaignId, UnitId};
use jiff::Timestamp;

macro_rules! kinds {
    ($($name:ident = $code:literal, $label:literal;)+) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventKind { $($name),+ }

        impl EventKind {
            pub const ALL: &'static [EventKind] = &[$(EventKind::$name),+];
            /// The word in the database and on the wire.
            pub fn code(self) -> &'static str {
                match self { $(EventKind::$name => $code),+ }
            }
            /// The words on pages.
            pub fn label(self) -> &'static str {
                match self { $(EventKind::$name => $label),+ }
            }
            pub fn from_code(code: &str) -> Option<EventKind> {
                match code { $($code => Some(EventKind::$name),)+ _ => None }
            }
        }
    };
}

kinds! {
    SignedIn = "signed_in", "Đăng nhập";
    AccountsChanged = "accounts_changed", "Thay đổi tài khoản";
    UnitsImported = "units_imported", "Nhập cây tổ chức";
    UnitChanged = "unit_changed", "Sửa đơn vị";
    DecisionEntered = "decision_entered", "Nhập quyết định sắp xếp tổ chức";
    DecisionDiscarded = "decision_discarded", "Bỏ quyết định chưa áp dụng";
    UnitsReorganised = "units_reorganised", "Áp dụng quyết định sắp xếp tổ chức";
    HandedOver = "handed_over", "Chuyển giao cho đơn vị kế thừa";
    Superseded = "superseded", "Được thay thế khi sắp xếp tổ chức";
    PlanRead = "plan_read", "Đọc kế hoạch";
    PlanEdited = "plan_edited", "Sửa nội dung đọc từ kế hoạch";
    FindingAnswered = "finding_answered", "Trả lời lưu ý của kế hoạch";
    PlanConfirmed = "plan_confirmed", "Xác nhận kế hoạch";
    CampaignOpened = "campaign_opened", "Lập đợt báo cáo";
    OutlineChanged = "outline_changed", "Sửa đề cương";
    IndicatorsChanged = "indicators_changed", "Sửa chỉ tiêu";
    AssignmentsDerived = "assignments_derived", "Lập danh sách nhiệm vụ";
    AssignmentChanged = "assignment_changed", "Sửa nhiệm vụ báo cáo";
    CampaignChanged = "campaign_changed", "Sửa đợt báo cáo";
    CampaignIssued = "campaign_issued", "Phát hành đợt báo cáo";
    CampaignImported = "campaign_imported", "Nhập trọn đợt báo cáo";
    TaskTicked = "task_ticked", "Đánh dấu việc đã xong";
    DueDelegated = "due_delegated", "Đặt hạn cho đơn vị trực thuộc";
    DueExtended = "due_extended", "Gia hạn";
    DraftStarted = "draft_started", "Bắt đầu soạn thảo";
    SectionSaved = "section_saved", "Lưu mục";
    SectionConflict = "section_conflict", "Hai người cùng sửa một mục";
    SectionCommented = "section_commented", "Góp ý vào mục";
    CommentResolved = "comment_resolved", "Xử lý xong góp ý";
    SectionHanded = "section_handed", "Giao mục cho người soạn";
    FiguresSaved = "figures_saved", "Lưu số liệu";
    FigureCorrected = "figure_corrected", "Hiệu chỉnh số liệu tổng hợp";
    PassageInserted = "passage_inserted", "Đưa đoạn vào báo cáo tổng hợp";
    DraftUploaded = "draft_uploaded", "Nộp tệp để đối chiếu";
    UploadDiscarded = "upload_discarded", "Bỏ tệp đã nộp";
    DraftImported = "draft_imported", "Nhận nội dung từ tệp";
    AttachmentAdded = "attachment_added", "Thêm tệp đính kèm";
    AttachmentRemoved = "attachment_removed", "Bỏ tệp đính kèm";
    CheckAnswered = "check_answered", "Giải trình điểm kiểm tra";
    SecretRefused = "secret_refused", "Từ chối nội dung có dấu mật";
    Proposed = "proposed", "Trình tập thể";
    TakenBack = "taken_back", "Lấy lại bản thảo";
    Adopted = "adopted", "Tập thể thông qua";
    AdoptionFailed = "adoption_failed", "Biểu quyết không thông qua";
    Issued = "issued", "Ban hành";
    Sent = "sent", "Gửi báo cáo";
    Withdrawn = "withdrawn", "Thu hồi báo cáo";
    Received = "received", "Tiếp nhận";
    Forwarded = "forwarded", "Chuyển nơi nhận";
    Returned = "returned", "Trả lại";
    Revised = "revised", "Mở lần chỉnh sửa mới";
    Accepted = "accepted", "Chấp nhận";
    Waived = "waived", "Miễn báo cáo";
    Reinstated = "reinstated", "Bỏ miễn báo cáo";
    FiguresRecounted = "figures_recounted", "Kiểm lại số liệu tổng hợp";
    Reminded = "reminded", "Đôn đốc";
    LetterDrafted = "letter_drafted", "Soạn công văn đôn đốc";
    MailSent = "mail_sent", "Thư điện tử đã gửi";
    MailFailed = "mail_failed", "Thư điện tử gửi hỏng";
    ClockMoved = "clock_moved", "Chuyển ngày (bản trình diễn)";
}

/// One recorded fact: who, for which unit, when, what, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub at: Timestamp,
    /// `None` for what the program did by itself.
    pub account: Option<AccountId>,
    /// On behalf of which unit.
    pub unit: Option<UnitId>,
    pub campaign: Option<CampaignId>,
    pub assignment: Option<AssignmentId>,
    pub kind: EventKind,
    /// Particulars as one JSON object; never the text of a draft.
    pub detail: String,
    pub reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_code_of_its_own_and_reads_it_back() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_code(kind.code()), Some(*kind));
        }
    }
}
