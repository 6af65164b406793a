//! One report from the plan to its acceptance, by the program alone: each step one command, as a script would.

mod consolidating;
mod program;

use program::{Program, text};
use serde_json::{Value, json};

/// The campaign issued, one commune and its district each with somebody who holds every role there.
fn issued() -> (Program, String) {
    issued_from("trước ngày 30/9/2022")
}

/// The same from a plan that says so when the communes report.
fn issued_from(when: &str) -> (Program, String) {
    let program = Program::new();
    program.file("ke-hoach.md", &format!("{PLAN} {when}.\n"));
    program.file("don-vi.tsv", UNITS);
    program.file(
        "de-cuong.tsv",
        "number\ttitle\tlevel\nI\tTình hình\t1\nII\tKết quả\t1\n",
    );
    program.file(
        "chi-tieu.tsv",
        "code\tname\tunit\trule\tgrain\trequired\nCT01\tSố hộ\thộ\tflow\twhole\tyes\n",
    );
    let opened = program.json(
        "campaign open ke-hoach.md --units don-vi.tsv --outline de-cuong.tsv --indicators chi-tieu.tsv --lead H1",
    );
    assert_eq!(opened["assignments"], 1, "{opened}");
    let campaign = text(&opened["campaign"]);
    program.json(&format!("campaign issue {campaign} --past-dues"));
    program.json("user create-admin");
    for (login, unit) in [("xa", "X1"), ("huyen", "H1")] {
        let created = program.json(&format!(
            "user create {login} --name {login} --unit {unit} --role drafter --role leader --role coordinator --as quantri"
        ));
        assert_eq!(created["login"], login);
    }
    (program, format!("{campaign}/X1"))
}

const PLAN: &str = "\
HUYỆN ỦY THỬ

Số 12-KH/HU, ngày 1/8/2022

KẾ HOẠCH

sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW

Các cấp ủy cơ sở báo cáo kết quả thực hiện gửi Ban Thường vụ Huyện ủy";

const UNITS: &str = "\
code\tname\tkind\tlevel\tparent_code\tcollective\tsymbol
H1\tHuyện ủy Thử\thuyen_uy\t3\t\tBan Thường vụ Huyện ủy Thử\tHU
X1\tĐảng ủy xã Một\tdang_uy_co_so\t4\tH1\tBan Chấp hành Đảng bộ xã Một\tĐU
";

const VOTE: &str = "--incumbents 11 --present 11 --against 2 --for";

#[test]
fn a_report_runs_from_the_plan_to_acceptance_by_commands_alone() {
    let (program, report) = issued();
    let commune = |words: &str| program.json(&words.replace("@", &format!("{report} --as xa")));
    let district = |words: &str| program.json(&words.replace("@", &format!("{report} --as huyen")));
    let state = |seen: &Value| text(&seen["state"]);
    let sent_again = || {
        commune("report propose @");
        commune(&format!("report adopt @ {VOTE} 9"));
        commune("report issue @ --position BÍ_THƯ --signer A");
        commune("report send @");
    };

    let work = program.json("report work --as xa");
    assert_eq!(work["owed"][0]["offered"], json!(["draft"]));
    program.file("muc-1.txt", "Xã có 5 thôn.");
    assert_eq!(commune("report draft @ I muc-1.txt")["version"], 1);
    let saved = program.ask(
        &format!("report draft {report} II --as xa --json"),
        "Đã sửa 2 nhà.",
    );
    assert!(saved.success, "{}", saved.err);
    let (code, told) = program.refused(&format!("report propose {report} --as xa"));
    assert_eq!(code, 1);
    assert!(
        told.contains("Chỉ tiêu CT01 “Số hộ” còn trống (Cả kỳ)"),
        "{told}"
    );
    assert_eq!(commune("report figures @ CT01=1.234")["changed"], 1);
    program.file("so-lieu.tsv", "code\tname\twhole\nCT01\tSố hộ\t1234.5\n");
    commune("report figures @ --exact --table so-lieu.tsv");
    assert_eq!(
        commune("report figures @")["figures"],
        json!({"CT01": {"whole": "1234.5"}})
    );
    let attached = commune("report attach @ muc-1.txt");
    let got = format!("report download @ {} --out lai.txt", attached["id"]);
    commune(&got);
    assert_eq!(program.read("lai.txt"), "Xã có 5 thôn.".as_bytes());

    commune("report propose @");
    let (code, told) = program.refused(&format!("report adopt {report} {VOTE} 5 --as xa"));
    assert_eq!(code, 1);
    assert!(told.contains("chưa quá nửa"), "{told}");
    commune(&format!("report adopt @ {VOTE} 9"));
    assert_eq!(commune("report issue @ --suggest")["number"], 1);
    let issued = commune("report issue @ --position BÍ_THƯ --signer A");
    assert_eq!(issued["symbol"], "01-BC/ĐU");
    let receipt = commune("report send @");
    assert_eq!(commune("report send @"), receipt);
    let checked = district("report receipt @");
    assert_eq!(
        (&checked["code"], &checked["is_unchanged"]),
        (&receipt["code"], &json!(true))
    );

    district("report receive @");
    let returned = district("report return @ --reason Bổ_sung --section II=Nêu_từng_nhà");
    assert_eq!(state(&returned), "returned");
    assert_eq!(commune("report revise @")["revision"], 2);
    let (code, _) = program.refused(&format!("report draft {report} I muc-1.txt --as huyen"));
    assert_eq!(code, 1, "a superior writes in nobody's draft");
    program.file("muc-2.txt", "Đã sửa 2 nhà: ông A, bà B.");
    commune("report draft @ II muc-2.txt");
    sent_again();
    commune("report withdraw @ --reason Sai_phụ_lục");
    sent_again();
    district("report receive @");
    assert_eq!(state(&district("report accept @")), "accepted");

    let token = program.json("user token xa --as quantri");
    assert!(text(&token["token"]).len() >= 32, "{token}");
    let seen = district("report show @");
    assert_eq!(
        seen["content"]["sections"][1]["text"],
        "Đã sửa 2 nhà: ông A, bà B."
    );
    let campaign = report.split('/').next().unwrap_or_default();
    let listed = program.json(&format!("report list {campaign} --filter accepted"));
    assert_eq!(listed["reports"][0]["unit"], "X1");
    for (file, begins) in [("bc.docx", "PK"), ("so-lieu.xlsx", "PK")] {
        district(&format!("export @ --out {file}"));
        assert!(program.read(file).starts_with(begins.as_bytes()), "{file}");
    }
}

#[test]
fn a_report_written_elsewhere_is_sent_whole_from_one_file() {
    let (program, report) = issued();
    let content = json!({
        "sections": [
            { "section": "I", "text": "Xã có 5 thôn." },
            { "section": "II", "text": "Đã sửa 2 nhà." },
        ],
        "figures": { "CT01": { "whole": "1234.5" } },
        "adoption": { "held_on": "2022-09-01", "incumbents": 11, "present": 11, "votes_for": 9, "votes_against": 2 },
        "issue": { "position": "BÍ THƯ", "signer": "Nguyễn Văn A" },
    });
    program.file("tron-bo.json", &content.to_string());
    let send = format!("report whole {report} tron-bo.json --as xa");
    let receipt = program.json(&send);
    assert_eq!(program.json(&send), receipt);
    let checked = program.json(&format!("report receipt {report} --as huyen"));
    assert_eq!(
        (&checked["code"], &checked["is_unchanged"]),
        (&receipt["code"], &json!(true))
    );
    program.file("hong.json", "{");
    let (code, told) = program.refused(&format!("report whole {report} hong.json --as xa"));
    assert_eq!(code, 1);
    assert!(told.contains("JSON"), "{told}");
}

#[test]
fn a_waiver_an_extension_and_two_texts_of_one_section() {
    let (program, report) = issued();
    let district = |words: &str| program.json(&words.replace("@", &format!("{report} --as huyen")));
    assert_eq!(
        district("report waive @ --reason Sáp_nhập")["state"],
        "waived"
    );
    assert_eq!(district("report reinstate @")["state"], "assigned");
    district("report extend @ --due 2099-01-01 --reason Mưa_lũ");
    assert_eq!(district("report show @")["timeliness"], "pending");

    let section = format!("{report} I --as xa");
    let draft = |base: i64, words: &str| {
        program.ask(
            &format!("report draft {section} --base {base} --json"),
            words,
        )
    };
    assert!(draft(0, "Bản một.").success);
    assert!(draft(1, "Bản một, sửa.").success);
    let aside = draft(0, "Bản hai.");
    assert!(
        !aside.success && aside.err.contains("report settle"),
        "{}",
        aside.err
    );
    let kept = aside.json()["kept_aside"].clone();
    let seen = program.json(&format!("report section {section}"));
    assert_eq!(seen["text"], "Bản một, sửa.");
    assert_eq!(seen["conflicts"][0]["id"], kept);
    let settled = program.json(&format!(
        "report settle {report} I {kept} --keep other --as xa"
    ));
    assert_eq!(settled["open_conflicts"], 0);
    let versions = program.json(&format!("report versions {section}"));
    assert!(
        versions["versions"]
            .as_array()
            .is_some_and(|list| list.len() >= 3)
    );
    program.json(&format!("report restore {report} I 1 --as xa"));
    assert_eq!(
        program.json(&format!("report section {section}"))["text"],
        "Bản một."
    );
}

#[test]
fn wrong_use_ends_with_2_and_a_refusal_with_1() {
    let (program, report) = issued();
    for (words, code, part) in [
        ("report".to_owned(), 2, "Các lệnh"),
        (format!("report propose {report}"), 2, "--as"),
        ("report show 12a --as xa".to_owned(), 2, "MÃ ĐỢT/MÃ ĐƠN VỊ"),
        (
            format!("report extend {report} --due mai --reason x --as huyen"),
            2,
            "2022-09-30",
        ),
        (format!("export {report} --as xa"), 2, "--format"),
        (
            "report show khong/X1 --as xa".to_owned(),
            1,
            "không có báo cáo",
        ),
        (
            format!("report draft {report} V --as xa"),
            1,
            "Các mục: I, II",
        ),
        (
            format!("report figures {report} CT01=năm --as xa"),
            1,
            "không phải là số",
        ),
        (format!("report send {report} --as xa"), 1, "chưa được soạn"),
    ] {
        let (found, told) = program.refused(&words);
        assert_eq!(found, code, "{words}: {told}");
        assert!(told.contains(part), "{words}: {told}");
    }
}

#[test]
fn a_district_sets_the_due_that_the_plan_leaves_to_it() {
    let (program, report) =
        issued_from("(thời gian gửi báo cáo do ban thường vụ huyện ủy chỉ đạo phù hợp)");
    let campaign = report.split('/').next().unwrap_or_default();
    let seen = program.json(&format!("report show {report}"));
    assert_eq!(seen["due_at"], Value::Null);
    let set = format!("campaign dues {campaign} H1 2099-09-20 --as");
    let (code, _) = program.refused(&format!("{set} xa"));
    assert_eq!(code, 1, "a commune sets nobody's due");
    assert_eq!(program.json(&format!("{set} huyen")), json!({"set": 1}));
    let seen = program.json(&format!("report show {report}"));
    assert_eq!(seen["due_at"], "2099-09-20T16:59:59.999999Z");
}
