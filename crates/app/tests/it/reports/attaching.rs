//! Attached files: limits, who reads them, and that they are part of what is sent.

use super::{adopt_and_send, fill_in};
use crate::world::province;
use app::Error;
use app::reports::attachments::{MOST_BYTES, MOST_FILES, add, download, remove};
use app::reports::view;

#[test]
fn a_file_is_read_by_others_only_once_it_was_sent() {
    let world = province();
    fill_in(&world, "X11");
    let (person, district, report) = (world.person("X11"), world.person("H1"), world.report("X11"));
    let before = view::view(&person, report)
        .expect("draft")
        .content
        .fingerprint();
    let file = add(&person, report, "Biên bản.pdf", b"%PDF-1.7".to_vec()).expect("attached");
    assert!(matches!(
        download(&district, report, file),
        Err(Error::NotFound)
    ));
    let after = view::view(&person, report)
        .expect("draft")
        .content
        .fingerprint();
    assert_ne!(before.whole, after.whole);
    adopt_and_send(&world, "X11");
    let (named, bytes) = download(&district, report, file).expect("sent with it");
    assert_eq!(
        (
            named.name.as_str(),
            named.media_type.as_str(),
            bytes.as_slice()
        ),
        ("Biên bản.pdf", "application/pdf", b"%PDF-1.7".as_slice())
    );
    assert!(matches!(
        download(&world.person("X12"), report, file),
        Err(Error::NotFound)
    ));
    assert!(
        matches!(remove(&person, report, file), Err(Error::Refused(_))),
        "what was sent stays"
    );
}

#[test]
fn too_large_too_many_and_empty_files_are_refused() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    assert!(matches!(
        add(&person, report, "to.bin", vec![0; MOST_BYTES + 1]),
        Err(Error::TooLarge(_))
    ));
    assert!(matches!(
        add(&person, report, "rong.bin", Vec::new()),
        Err(Error::Invalid(_))
    ));
    assert!(world.events("X11").is_empty());
    let mut last = None;
    for number in 0..MOST_FILES {
        last =
            Some(add(&person, report, &format!("{number}.txt"), b"x".to_vec()).expect("attached"));
    }
    assert!(matches!(
        add(&person, report, "them.txt", b"x".to_vec()),
        Err(Error::TooLarge(_))
    ));
    remove(&person, report, last.expect("a file")).expect("removed");
    add(&person, report, "them.txt", b"x".to_vec()).expect("there is room again");
}
