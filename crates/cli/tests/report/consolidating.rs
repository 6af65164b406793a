//! A district makes its report from that of its commune, by the program alone.

use crate::program::{Program, text};
use serde_json::json;

const PLAN: &str = "\
TỈNH ỦY THỬ

Số 12-KH/TU, ngày 1/8/2022

KẾ HOẠCH

sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW

1. Các cấp ủy cơ sở báo cáo kết quả thực hiện gửi Ban Thường vụ Huyện ủy trước ngày 15/9/2022.

2. Ban Thường vụ các huyện ủy báo cáo kết quả thực hiện gửi Ban Thường vụ Tỉnh ủy trước ngày 30/9/2022.
";

const UNITS: &str = "\
code\tname\tkind\tlevel\tparent_code\tcollective\tsymbol
T1\tTỉnh ủy Thử\ttinh_uy\t2\t\tBan Thường vụ Tỉnh ủy Thử\tTU
H1\tHuyện ủy Thử\thuyen_uy\t3\tT1\tBan Thường vụ Huyện ủy Thử\tHU
X1\tĐảng ủy xã Một\tdang_uy_co_so\t4\tH1\tBan Chấp hành Đảng bộ xã Một\tĐU
";

#[test]
fn a_district_consolidates_what_its_commune_sent() {
    let program = Program::new();
    program.file("ke-hoach.md", PLAN);
    program.file("don-vi.tsv", UNITS);
    program.file("de-cuong.tsv", "number\ttitle\tlevel\nI\tKết quả\t1\n");
    program.file(
        "chi-tieu.tsv",
        "code\tname\tunit\trule\tgrain\trequired\nCT01\tSố hộ\thộ\tflow\twhole\tyes\n",
    );
    let opened = program.json(
        "campaign open ke-hoach.md --units don-vi.tsv --outline de-cuong.tsv --indicators chi-tieu.tsv --lead T1",
    );
    assert_eq!(opened["assignments"], 2, "{opened}");
    let campaign = text(&opened["campaign"]);
    program.json(&format!("campaign issue {campaign} --past-dues"));
    program.json("user create-admin");
    for (login, unit) in [("xa", "X1"), ("huyen", "H1")] {
        program.json(&format!(
            "user create {login} --name {login} --unit {unit} --role drafter --role leader --as quantri"
        ));
    }
    program.file("muc-1.txt", "Đã xây 05 nhà.\nĐã sửa 02 nhà.");
    for step in [
        "draft @ I muc-1.txt",
        "figures @ CT01=7",
        "propose @",
        "adopt @ --incumbents 11 --present 11 --against 2 --for 9",
        "issue @ --position BÍ_THƯ --signer A",
        "send @",
    ] {
        let commune = format!("{campaign}/X1 --as xa");
        program.json(&format!("report {}", step.replace('@', &commune)));
    }

    let district =
        |words: &str| program.json(&format!("consolidate {campaign}/H1 --as huyen{words}"));
    let seen = district("");
    assert_eq!((&seen["sent"], &seen["expected"]), (&json!(1), &json!(1)));
    let desk = district(" section I");
    let revision = &desk["units"][0]["revision"];
    let desk = district(&format!(" section I --insert {revision}:1"));
    assert_eq!(desk["own"][0]["text"], "Đã sửa 02 nhà.");
    assert_eq!(desk["own"][0]["unit_name"], "Đảng ủy xã Một");
    let way = district(" source I 0");
    assert_eq!(way["way"][0]["unit"], "Đảng ủy xã Một");
    assert_eq!(
        district(" figures --refresh")["draft"]["CT01"]["whole"],
        "7"
    );
    let figure = district(" figure CT01 whole --correct 8 --reason Sót");
    assert_eq!(
        (&figure["stated"], &figure["rolled_up"]),
        (&json!("8"), &json!("7"))
    );
    let figure = district(" figure CT01 whole --remove");
    assert_eq!(
        (&figure["stated"], &figure["correction"]),
        (&json!("7"), &json!(null))
    );
}
