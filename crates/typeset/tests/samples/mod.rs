//! Documents as an office would send them, for tests, benches and for looking at.

#![allow(
    dead_code,
    reason = "tests, bench and example each use some of the documents"
)]

use domain::doc::{Align, Block, Cell, Paragraph, Run, Table};
use domain::official::{Annex, OfficialDocument, SignatureBlock};
use jiff::civil::date;

fn strings(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        runs: vec![Run::plain(text)],
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph::plain(text))
}

fn dash(text: &str) -> Block {
    Block::Paragraph(Paragraph {
        label: Some("-".into()),
        ..Paragraph::plain(text)
    })
}

fn right(text: &str) -> Cell {
    Cell {
        paragraphs: vec![Paragraph::plain(text).aligned(Align::Right)],
    }
}

/// A figure in the Vietnamese format, e.g. `1.234`.
fn figure(value: usize) -> String {
    if value < 1000 {
        value.to_string()
    } else {
        format!("{}.{:03}", value / 1000, value % 1000)
    }
}

/// A district's report of `sections` sections (about a page each) with annexes of figures.
pub fn report(sections: usize) -> OfficialDocument {
    let mut body = vec![
        Block::Paragraph(Paragraph {
            runs: vec![
                Run::plain(
                    "Thực hiện Kế hoạch số 44-KH/BDVTU, ngày 09/3/2022 của Ban Dân vận Tỉnh ủy về sơ kết 05 năm ",
                ),
                Run::plain(
                    "thực hiện Chỉ thị số 14-CT/TW, Ban Thường vụ Huyện ủy báo cáo kết quả ",
                ),
                Run::bold("từ tháng 7/2017 đến hết tháng 7/2022"),
                Run::plain(" "),
                Run::italic("(có phụ lục số liệu kèm theo)"),
                Run::plain(" như sau:"),
            ],
            ..Paragraph::default()
        }),
        heading(1, "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"),
    ];
    for section in 1..=sections {
        body.push(heading(
            2,
            &format!(
                "{section}. Công tác quán triệt, tuyên truyền và kết quả chăm lo năm thứ {section}"
            ),
        ));
        for part in 1..=4 {
            body.push(paragraph(&format!(
                "Trong kỳ báo cáo thứ {section}, các cấp ủy đã tổ chức {} hội nghị học tập cho {} lượt cán bộ, đảng viên và \
                 nhân dân; vận động Quỹ “Đền ơn đáp nghĩa” được {} triệu đồng – vượt chỉ tiêu đề ra, xây mới {} và sửa chữa {} \
                 căn nhà cho gia đình người có công. Qua đó, đời sống vật chất và tinh thần của người có công từng bước được \
                 nâng lên, nhận thức của hệ thống chính trị về trách nhiệm “Uống nước nhớ nguồn” có chuyển biến rõ nét.",
                section + part,
                figure(section * 137 * part),
                figure(section * 41 + part * 7),
                section % 5 + part,
                section % 7 + part * 2,
            )));
        }
        body.push(dash("Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phối hợp thăm, tặng quà nhân dịp lễ, Tết."));
        body.push(dash("Các xã, thị trấn duy trì việc phụng dưỡng Bà mẹ Việt Nam anh hùng và chăm sóc nghĩa trang liệt sĩ."));
    }
    body.push(heading(1, "II. ĐỀ XUẤT, KIẾN NGHỊ"));
    body.push(paragraph(
        "Đề nghị Ban Thường vụ Tỉnh ủy tiếp tục quan tâm, chỉ đạo việc nâng mức hỗ trợ về nhà ở.",
    ));
    body.push(paragraph("Trên đây là báo cáo sơ kết của Ban Thường vụ Huyện ủy, kính trình Ban Thường vụ Tỉnh ủy xem xét, cho ý kiến chỉ đạo."));
    OfficialDocument {
        profile: "hd36-2018".into(),
        parent_body: Some("ĐẢNG BỘ TỈNH BÌNH THUẬN".into()),
        issuer: "HUYỆN ỦY TUY PHONG".into(),
        number: Some("12-BC/HU".into()),
        symbol: None,
        place: "Liên Hương".into(),
        date: Some(date(2022, 9, 26)),
        kind: Some("BÁO CÁO".into()),
        subject: "sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW, ngày 19/7/2017 của Ban Bí thư về tiếp tục tăng cường sự lãnh đạo \
                  của Đảng đối với công tác người có công với cách mạng"
            .into(),
        addressees: vec![],
        body,
        signature: SignatureBlock {
            authority: Some("T/M BAN THƯỜNG VỤ".into()),
            position: "PHÓ BÍ THƯ".into(),
            name: "Nguyễn Văn Minh".into(),
        },
        recipients: strings(&[
            "Ban Thường vụ Tỉnh ủy (báo cáo)",
            "Ban Dân vận Tỉnh ủy",
            "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ huyện",
            "Các chi, đảng bộ trực thuộc Huyện ủy",
            "Lưu Văn phòng Huyện ủy",
        ]),
        annexes: vec![figures_annex(), units_annex()],
        draft: false,
    }
}

const INDICATORS: [&str; 5] = [
    "Số hội nghị quán triệt, tuyên truyền Chỉ thị",
    "Số lượt người tham dự",
    "Số nhà tình nghĩa được xây dựng mới từ các nguồn vận động",
    "Số tiền vận động Quỹ “Đền ơn đáp nghĩa”",
    "Số Bà mẹ Việt Nam anh hùng được phụng dưỡng",
];

/// 35 indicators by 7 columns, landscape.
fn figures_annex() -> Annex {
    let head = [
        "TT",
        "Chỉ tiêu",
        "Đơn vị tính",
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
    ];
    let mut rows = vec![head.map(Cell::plain).to_vec()];
    for index in 0..35 {
        let mut row = vec![
            Cell {
                paragraphs: vec![Paragraph::plain((index + 1).to_string()).aligned(Align::Center)],
            },
            Cell::plain(INDICATORS[index % INDICATORS.len()]),
            Cell {
                paragraphs: vec![
                    Paragraph::plain(["cuộc", "lượt người", "căn", "triệu đồng", "mẹ"][index % 5])
                        .aligned(Align::Center),
                ],
            },
        ];
        row.extend((0..5).map(|year| right(&figure(index * 211 + year * 97 + 3))));
        rows.push(row);
    }
    Annex {
        number: Some(1),
        title: "Số liệu thực hiện Chỉ thị số 14-CT/TW, giai đoạn 2018 - 2022".into(),
        landscape: true,
        blocks: vec![Block::Table(Table {
            header_rows: 1,
            widths: vec![8, 70, 24, 18, 18, 18, 18, 18],
            rows,
        })],
    }
}

/// Who reported when, portrait.
fn units_annex() -> Annex {
    let mut rows = vec![
        ["TT", "Đơn vị", "Số, ký hiệu", "Ngày gửi", "Kết quả"]
            .map(Cell::plain)
            .to_vec(),
    ];
    let units = [
        "Đảng ủy thị trấn Liên Hương",
        "Đảng ủy thị trấn Phan Rí Cửa",
        "Đảng ủy xã Bình Thạnh",
        "Đảng ủy xã Chí Công",
    ];
    for (index, unit) in units.into_iter().enumerate() {
        rows.push(vec![
            Cell {
                paragraphs: vec![Paragraph::plain((index + 1).to_string()).aligned(Align::Center)],
            },
            Cell::plain(unit),
            Cell::plain(format!("{}-BC/ĐU", 20 + index)),
            Cell::plain(format!("{:02}/9/2022", 12 + index)),
            Cell::plain(if index == 2 {
                "Chậm 3 ngày"
            } else {
                "Đúng hạn"
            }),
        ]);
    }
    Annex {
        number: Some(2),
        title: "Tình hình gửi báo cáo của các đơn vị".into(),
        landscape: false,
        blocks: vec![
            paragraph("Đến hết ngày 25/9/2022, có 4 trên 12 đơn vị đã gửi báo cáo, đạt 33,3%."),
            Block::Table(Table {
                header_rows: 1,
                widths: vec![6, 40, 22, 20, 22],
                rows,
            }),
        ],
    }
}

/// A reminder letter to several units.
pub fn letter() -> OfficialDocument {
    OfficialDocument {
        profile: "hd36-2018".into(),
        parent_body: Some("TỈNH ỦY BÌNH THUẬN".into()),
        issuer: "BAN DÂN VẬN".into(),
        number: None,
        symbol: Some("-CV/BDVTU".into()),
        place: "Phan Thiết".into(),
        date: Some(date(2022, 10, 3)),
        kind: None,
        subject: "về việc đôn đốc gửi báo cáo sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW".into(),
        addressees: strings(&[
            "Ban Thường vụ Huyện ủy Tuy Phong",
            "Ban Thường vụ Thị ủy La Gi",
            "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh",
        ]),
        body: vec![
            paragraph(
                "Thực hiện Kế hoạch số 44-KH/BDVTU, ngày 09/3/2022, các đơn vị gửi báo cáo về Ban Dân vận Tỉnh ủy trước ngày 30/9/2022. Đến nay, Ban Dân vận Tỉnh ủy chưa nhận được báo cáo của các đơn vị nêu trên (chậm 04 ngày).",
            ),
            Block::Paragraph(Paragraph {
                runs: vec![
                    Run::plain(
                        "Ban Dân vận Tỉnh ủy đề nghị các đơn vị khẩn trương hoàn thành và gửi báo cáo ",
                    ),
                    Run {
                        text: "trước ngày 07/10/2022".into(),
                        bold: true,
                        italic: true,
                        ..Run::default()
                    },
                    Run::plain(
                        " để tổng hợp, tham mưu Ban Thường vụ Tỉnh ủy đúng thời gian quy định.",
                    ),
                ],
                ..Paragraph::default()
            }),
            paragraph("Rất mong sự quan tâm phối hợp của các đơn vị."),
        ],
        signature: SignatureBlock {
            authority: Some("K/T TRƯỞNG BAN".into()),
            position: "PHÓ TRƯỞNG BAN".into(),
            name: "Trần Thị Hồng Ánh".into(),
        },
        recipients: strings(&[
            "Như trên",
            "Văn phòng Tỉnh ủy (phối hợp)",
            "Lưu Ban Dân vận Tỉnh ủy",
        ]),
        annexes: vec![],
        draft: false,
    }
}

/// A report that is not issued: no number, no date.
pub fn draft() -> OfficialDocument {
    let mut document = report(1);
    document.number = None;
    document.symbol = Some("-BC/HU".into());
    document.date = None;
    document.draft = true;
    document.annexes.truncate(1);
    document.annexes[0].number = None;
    document
}

/// A report of a State body.
pub fn state_report() -> OfficialDocument {
    let mut document = report(1);
    document.profile = "nd30-2020".into();
    document.parent_body = Some("UBND HUYỆN TUY PHONG".into());
    document.issuer = "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI".into();
    document.number = Some("12/BC-LĐTBXH".into());
    document.signature = SignatureBlock {
        authority: None,
        position: "TRƯỞNG PHÒNG".into(),
        name: "Lê Thị Hoa".into(),
    };
    document.annexes.clear();
    document
}
