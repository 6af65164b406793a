//! Which time is the due of which duty: said of some bodies only, of a whole list, before the work, after it, anew.

use super::*;
use crate::plan::Plan;
use jiff::civil::{Date, date};

fn plan(body: &str) -> Plan {
    let text = format!(
        "UBND TỈNH HẢI LĂNG\nSỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 55/KH-SNV\nHải Lăng, ngày 10 tháng 3 năm 2025\n\nKẾ HOẠCH\nSơ kết 5 năm thực hiện Quyết định số 12/QĐ-UBND về công tác hòa giải\n\nThực hiện Quyết định số 12/QĐ-UBND ngày 02/02/2020 của UBND tỉnh về công tác hòa giải, Sở Nội vụ ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH\n1. Đánh giá kết quả.\n\nII. TỔ CHỨC THỰC HIỆN\n{body}\n\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Thị Hạnh\n"
    );
    read_text(&text).plan
}

/// Who has a duty, and by when, in the order of the text.
fn dues(body: &str) -> Vec<(String, Option<(Date, bool)>)> {
    let due = |duty: Duty| (duty.who.join("; "), duty.due.zip(duty.due_inclusive));
    plan(body).assignments.into_iter().map(due).collect()
}

fn on(who: &str, due: Option<(Date, bool)>) -> (String, Option<(Date, bool)>) {
    (who.to_owned(), due)
}

const MAY: Date = date(2025, 5, 15);
const JUNE: Date = date(2025, 6, 20);

#[test]
fn what_is_said_of_some_bodies_is_the_due_of_theirs_only() {
    for times in [
        "3. Thời hạn gửi báo cáo\n- Các sở: trước ngày 15/5/2025.\n- UBND các huyện: trước ngày 20/6/2025.",
        "3. Thời hạn: đối với các sở trước ngày 15/5/2025; đối với UBND các huyện trước ngày 20/6/2025.",
        "3. Báo cáo của các sở: trước ngày 15/5/2025.\n4. Báo cáo của UBND các huyện: trước ngày 20/6/2025.",
        "3. Thời hạn gửi báo cáo của các sở là trước ngày 15/5/2025; báo cáo của UBND các huyện gửi trước ngày 20/6/2025.",
    ] {
        let wanted = [
            on("Các sở", Some((MAY, false))),
            on("UBND các huyện", Some((JUNE, false))),
        ];
        let apart = format!(
            "1. Các sở xây dựng báo cáo sơ kết gửi Sở Nội vụ.\n2. UBND các huyện xây dựng báo cáo sơ kết gửi Sở Nội vụ.\n{times}"
        );
        assert_eq!(dues(&apart), wanted, "{times}");
        let together =
            format!("1. Các sở, UBND các huyện xây dựng báo cáo sơ kết gửi Sở Nội vụ.\n{times}");
        let mut found = dues(&together);
        found.sort();
        assert_eq!(found, wanted, "{times}");
    }
}

#[test]
fn the_report_of_a_body_and_its_due_are_a_duty() {
    for sentence in [
        "Báo cáo của UBND các xã: trước ngày 15/5/2025.",
        "Thời hạn gửi báo cáo của UBND các xã: trước ngày 15/5/2025.",
        "Hạn nộp báo cáo sơ kết đối với UBND các xã là trước ngày 15/5/2025.",
        "Báo cáo sơ kết của UBND các xã gửi về Sở Nội vụ trước ngày 15/5/2025.",
        "Báo cáo của UBND các xã (trước ngày 15/5/2025).",
    ] {
        let found = dues(&format!("1. {sentence}"));
        assert_eq!(found, [on("UBND các xã", Some((MAY, false)))], "{sentence}");
    }
}

#[test]
fn a_plain_sentence_below_a_list_speaks_of_all_its_reports() {
    for sentence in [
        "Báo cáo gửi về Sở Nội vụ trước ngày 15/5/2025.",
        "Thời hạn gửi báo cáo: trước ngày 15/5/2025.",
        "Báo cáo của các cơ quan, đơn vị gửi về Sở Nội vụ trước ngày 15/5/2025.",
        "Các báo cáo trên gửi về Sở Nội vụ trước ngày 15/5/2025.",
    ] {
        let found = dues(&format!(
            "1. Sở Tài chính xây dựng báo cáo kinh phí.\n2. Sở Y tế xây dựng báo cáo nhân lực.\n{sentence}"
        ));
        let wanted = ["Sở Tài chính", "Sở Y tế"].map(|who| on(who, Some((MAY, false))));
        assert_eq!(found, wanted, "{sentence}");
    }
}

#[test]
fn the_time_that_a_sentence_begins_with_is_that_of_its_work() {
    for (time, last) in [
        ("Từ ngày 05/5/2025 đến ngày 15/5/2025", MAY),
        ("Tuần 3 tháng 9/2025", date(2025, 9, 21)),
        ("Tháng 6/2025", date(2025, 6, 30)),
        ("Ngày 15/5/2025", MAY),
        ("Chậm nhất ngày 15/5/2025", MAY),
    ] {
        for join in [", ", ": "] {
            let body = format!("1. {time}{join}UBND các xã làm báo cáo sơ kết nộp về Sở Nội vụ.");
            assert_eq!(
                dues(&body),
                [on("UBND các xã", Some((last, true)))],
                "{body}"
            );
        }
    }
    // What was before the plan is no time of its work.
    let past = "1. Từ ngày 01/01/2025 đến ngày 15/5/2025, UBND các xã báo cáo số vụ hòa giải.";
    assert!(dues(past).iter().all(|(_, due)| due.is_none()));
}

#[test]
fn an_event_is_named_before_its_time_and_its_holder() {
    for (line, day) in [
        (
            "Đêm hội trăng rằm: 18 giờ ngày 15/5/2025 tại sân vận động, Phòng Văn hóa chủ trì.",
            MAY,
        ),
        (
            "Hội thi làm lồng đèn: ngày 15/5/2025, Phòng Văn hóa chủ trì.",
            MAY,
        ),
        (
            "Buổi đối thoại với trẻ em: sáng 15/5/2025, do Phòng Văn hóa tổ chức.",
            MAY,
        ),
        (
            "Hội nghị sơ kết: chiều thứ Năm, ngày 15/5/2025, Phòng Văn hóa chủ trì, phối hợp với Văn phòng Sở.",
            MAY,
        ),
        (
            "Hội chợ sách: từ ngày 01/5/2025 đến ngày 15/5/2025, Phòng Văn hóa tổ chức.",
            MAY,
        ),
        (
            "Thăm, tặng quà 60 em: từ ngày 10/5/2025 đến ngày 15/5/2025, Phòng Văn hóa chủ trì.",
            MAY,
        ),
        (
            "Hội nghị sơ kết: tháng 6/2025, Phòng Văn hóa chủ trì.",
            date(2025, 6, 30),
        ),
        (
            "Bước 4. Nhập liệu, làm sạch phiếu: do Phòng Văn hóa đảm nhiệm, hoàn thành trong tháng 6/2025.",
            date(2025, 6, 30),
        ),
        (
            "Hội nghị sơ kết: giao Phòng Văn hóa chủ trì, thời gian ngày 15/5/2025, chào mừng 93 năm Ngày thành lập (20/10/1930 - 20/10/2023).",
            MAY,
        ),
        (
            "Lễ bế mạc: ngày 15/5/2025, kết hợp kỷ niệm 42 năm Ngày Nhà giáo Việt Nam, do Phòng Văn hóa chuẩn bị.",
            MAY,
        ),
        (
            "Phòng Văn hóa: hội nghị kiểm điểm tổ chức vào ngày 15/5/2025.",
            MAY,
        ),
        (
            "Vòng chung kết do Phòng Văn hóa tổ chức trong hai ngày, từ ngày 14/5/2025 đến ngày 15/5/2025.",
            MAY,
        ),
    ] {
        let found = dues(&format!("1. {line}"));
        assert_eq!(found, [on("Phòng Văn hóa", Some((day, true)))], "{line}");
    }
    let vague = plan("1. Hội nghị sơ kết: đầu tháng 6/2025, Phòng Văn hóa chủ trì.");
    assert_eq!(vague.assignments[0].due, None);
    assert!(
        vague
            .findings
            .iter()
            .any(|finding| finding.kind == FindingKind::VagueDeadline)
    );
}

#[test]
fn a_due_is_counted_from_an_event_that_a_table_dates() {
    let table = |day: &str| {
        format!(
            "Công việc | Thời hạn | Ai làm\nLễ trao giải | {day} | Công đoàn Sở\nChi tiền thưởng | Sau lễ 05 ngày làm việc | Phòng Tài chính"
        )
    };
    let wanted = Some((date(2025, 5, 22), true));
    assert_eq!(dues(&table("15/5/2025"))[1], on("Phòng Tài chính", wanted));
    // By then it may be held on any day.
    for limit in [
        "Trước ngày 15/5/2025",
        "Tháng 5/2025",
        "Chậm nhất 15/5/2025",
    ] {
        assert_eq!(
            dues(&table(limit))[1],
            on("Phòng Tài chính", None),
            "{limit}"
        );
    }
}

#[test]
fn an_amendment_gives_the_new_due_and_never_the_old_one() {
    for sentence in [
        "Điều chỉnh thời hạn gửi báo cáo sơ kết của UBND các xã về Sở Nội vụ từ ngày 20/4/2025 thành ngày 15/5/2025.",
        "Thời hạn UBND các xã gửi báo cáo sơ kết về Sở Nội vụ được lùi từ ngày 20/4/2025 đến ngày 15/5/2025.",
        "Gia hạn thời gian gửi báo cáo sơ kết của UBND các xã đến hết ngày 15/5/2025.",
        "Thời hạn gửi báo cáo sơ kết của UBND các xã: từ ngày 20/4/2025 chuyển thành ngày 15/5/2025.",
        "UBND các xã gửi báo cáo sơ kết về Sở Nội vụ chậm nhất ngày 15/5/2025 (thay vì ngày 20/4/2025).",
        "UBND các xã gửi báo cáo sơ kết về Sở Nội vụ chậm nhất ngày 15/5/2025 thay cho thời hạn trước ngày 20/4/2025 đã nêu.",
        "Kéo dài thời gian kiểm tra của UBND các xã đến hết ngày 15/5/2025.",
        "Sửa đổi điểm 2 mục III như sau: \"2. UBND các xã gửi báo cáo sơ kết về Sở Nội vụ chậm nhất ngày 15/5/2025.\"",
        "Đã ghi: \"UBND các xã gửi báo cáo trước ngày 20/4/2025\"; nay sửa lại là: \"UBND các xã gửi báo cáo chậm nhất ngày 15/5/2025\".",
    ] {
        let found = dues(&format!("1. {sentence}"));
        assert_eq!(found, [on("UBND các xã", Some((MAY, true)))], "{sentence}");
    }
}

#[test]
fn a_due_that_is_said_once_for_a_list_holds_for_all_of_it() {
    let list = "1. Sở Tài chính rà soát kinh phí.\n2. Sở Y tế lập danh sách bác sĩ.";
    let wanted = ["Sở Tài chính", "Sở Y tế"].map(|who| on(who, Some((MAY, false))));
    for before in [
        "Hoàn thành các nội dung sau trước ngày 15/5/2025:",
        "Trước ngày 15/5/2025, các cơ quan hoàn thành những việc dưới đây:",
        "Các cơ quan tập trung thực hiện các nhiệm vụ sau, xong trước ngày 15/5/2025:",
    ] {
        assert_eq!(dues(&format!("{before}\n{list}")), wanted, "{before}");
    }
    for after in [
        "Các nội dung trên hoàn thành trước ngày 15/5/2025.",
        "Toàn bộ công việc nêu trên phải xong trước ngày 15/5/2025.",
        "Những việc này hoàn thành trước ngày 15/5/2025.",
    ] {
        assert_eq!(dues(&format!("{list}\n{after}")), wanted, "{after}");
    }
    // A month without a year, or "soon", is no due of the list.
    for before in [
        "Các việc cần làm trong tháng 5 như sau:",
        "Trong thời gian tới, các cơ quan thực hiện các nhiệm vụ sau:",
    ] {
        let open = ["Sở Tài chính", "Sở Y tế"].map(|who| on(who, None));
        assert_eq!(dues(&format!("{before}\n{list}")), open, "{before}");
    }
}

#[test]
fn each_report_of_a_regime_has_its_own_due() {
    let wanted = [None, None, Some((MAY, false)), Some((JUNE, true))];
    for (head, tail) in [
        ("UBND các xã, phường thực hiện chế độ báo cáo như sau:", ""),
        (
            "1. Đối tượng báo cáo: UBND các xã, phường.\n2. Nơi nhận báo cáo: Sở Nội vụ.\n3. Các loại báo cáo và thời hạn gửi:",
            "",
        ),
        (
            "1. Đơn vị báo cáo: UBND các xã, phường.\n2. Các loại báo cáo:",
            "\n3. Địa chỉ nhận báo cáo: Sở Nội vụ, qua Văn phòng Sở.",
        ),
    ] {
        for [month, quarter, half, year] in [
            [
                "Báo cáo tháng: hằng tháng, trước ngày 20;",
                "Báo cáo quý: trước ngày 15 của tháng cuối quý;",
                "Báo cáo 6 tháng: trước ngày 15/5/2025;",
                "Báo cáo năm: chậm nhất ngày 20/6/2025.",
            ],
            [
                "Báo cáo tháng gửi trước ngày 20 hằng tháng;",
                "Báo cáo quý gửi trước ngày 15 tháng cuối quý;",
                "Báo cáo 6 tháng gửi trước ngày 15/5/2025;",
                "Báo cáo năm gửi chậm nhất ngày 20/6/2025.",
            ],
        ] {
            let body = format!("{head}\n- {month}\n- {quarter}\n- {half}\n- {year}{tail}");
            let plan = plan(&body);
            let found: Vec<_> = plan
                .assignments
                .iter()
                .map(|duty| duty.due.zip(duty.due_inclusive))
                .collect();
            assert_eq!(found, wanted, "{body}");
            for duty in &plan.assignments {
                assert_eq!(duty.who, ["UBND các xã, phường"], "{body}");
                assert_eq!(duty.to.is_some(), body.contains("Sở Nội vụ"), "{body}");
            }
            let returns =
                |finding: &&crate::plan::Finding| finding.kind == FindingKind::RecurringDeadline;
            assert_eq!(plan.findings.iter().filter(returns).count(), 2, "{body}");
        }
    }
}
