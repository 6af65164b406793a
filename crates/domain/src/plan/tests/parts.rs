//! The parts of one duty: what is delivered, to whom, through whom, by when.

use super::{Duty, read_text};

/// The only duty of a plan with this clause.
fn duty(clause: &str) -> Duty {
    let text = format!(
        "ỦY BAN NHÂN DÂN TỈNH A\nSố: 12/KH-UBND\nA, ngày 03 tháng 3 năm 2024\nKẾ HOẠCH\nTriển khai công tác năm 2024\nI. TỔ CHỨC THỰC HIỆN\n1. {clause}"
    );
    let mut duties = read_text(&text).plan.assignments;
    assert_eq!(duties.len(), 1, "{clause}: {duties:#?}");
    duties.remove(0)
}

#[test]
fn what_was_read_is_given_back_as_written() {
    let duty = duty(
        "Phòng Quản lí đô thị báo cáo việc quản lí vỉa hè, gởi Ủy ban nhân dân huyện chậm nhứt ngày 15/7/2024.",
    );
    assert_eq!(duty.who, ["Phòng Quản lí đô thị"]);
    assert_eq!(
        duty.deliverable.as_deref(),
        Some("báo cáo việc quản lí vỉa hè")
    );
    assert_eq!(duty.to.as_deref(), Some("Ủy ban nhân dân huyện"));
    assert_eq!(duty.due, Some(jiff::civil::date(2024, 7, 15)));
    assert!(duty.source.text.contains("chậm nhứt"));
}
