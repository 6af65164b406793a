//! The power goes while reports are being sent: nothing that was acknowledged is lost, nothing is half sent.

mod http;
mod province;

use province::{Province, REPORTS};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

/// Callers that send at once.
const CALLERS: usize = 8;
/// How many acknowledgements are awaited before the process is killed, in each round.
const KILL_AFTER: [usize; 3] = [3, 20, 25];

#[test]
fn killing_the_server_while_reports_are_sent_loses_nothing_that_was_acknowledged() {
    let province = Province::with_issued_reports();
    let acknowledged: Mutex<HashMap<i64, String>> = Mutex::default();
    for enough in KILL_AFTER {
        let before = acknowledged.lock().expect("no panic while locked").len();
        let server = Server::start(&province);
        send_until_killed(&server, &province, &acknowledged, before + enough);
    }
    let acknowledged = acknowledged.into_inner().expect("no panic while locked");
    assert!(
        acknowledged.len() >= KILL_AFTER.iter().sum(),
        "{} were acknowledged",
        acknowledged.len()
    );

    let fates = province.fates();
    for (report, receipt) in &acknowledged {
        assert_eq!(
            fates[report].receipt.as_deref(),
            Some(receipt.as_str()),
            "report {report} was acknowledged"
        );
    }
    for (report, fate) in fates {
        let is_sent = fate.receipt.is_some();
        assert_eq!(
            fate.state,
            if is_sent { "sent" } else { "issued" },
            "report {report} is half sent"
        );
        assert_eq!(fate.is_frozen, is_sent, "report {report} is half frozen");
        assert_eq!(
            fate.sent_events,
            i64::from(is_sent),
            "report {report} and its event"
        );
    }
}

/// Sends reports from several callers, and kills the server as soon as `enough` were acknowledged in all.
fn send_until_killed(
    server: &Server,
    province: &Province,
    acknowledged: &Mutex<HashMap<i64, String>>,
    enough: usize,
) {
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            scope.spawn(move || {
                for report in province.reports.iter().skip(caller).step_by(CALLERS) {
                    if acknowledged
                        .lock()
                        .expect("no panic while locked")
                        .contains_key(report)
                    {
                        continue;
                    }
                    let path = format!("/api/v1/reports/{report}/send");
                    let Ok((200, body)) = http::post(&server.address, &path, &province.token, "{}")
                    else {
                        return;
                    };
                    let answer: serde_json::Value =
                        serde_json::from_str(&body).expect("the API answers in JSON");
                    let receipt = answer["code"].as_str().expect("a receipt code").to_string();
                    let mut acknowledged = acknowledged.lock().expect("no panic while locked");
                    acknowledged.insert(*report, receipt);
                    if acknowledged.len() == enough {
                        server.kill();
                    }
                }
            });
        }
    });
    assert!(
        REPORTS > enough,
        "the callers ran out of reports before the kill"
    );
}

struct Server {
    process: Mutex<Child>,
    address: String,
}

impl Server {
    fn start(province: &Province) -> Server {
        let mut process = Command::new(env!("CARGO_BIN_EXE_dondoc"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(province.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("standard output is piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("the address is printed");
        let address = line.trim().trim_start_matches("http://").to_string();
        assert!(!address.is_empty(), "the server printed no address");
        Server {
            process: Mutex::new(process),
            address,
        }
    }

    /// SIGKILL: the process gets no chance to finish anything.
    fn kill(&self) {
        let mut process = self.process.lock().expect("no panic while locked");
        process.kill().expect("the process is there");
        process.wait().expect("the process ended");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(process) = self.process.get_mut() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// How long a caller waits for an answer of a server that may be gone.
const PATIENCE: Duration = Duration::from_secs(20);
