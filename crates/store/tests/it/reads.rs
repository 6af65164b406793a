//! Reads see one snapshot and change nothing.

use std::sync::mpsc::channel;

use store::testing::{TestDb, each_engine};
use store::{Error, Result, TxExt, params};

fn notes(db: &TestDb) {
    db.write(|tx| {
        tx.execute(
            "CREATE TABLE note (id BIGINT PRIMARY KEY, words TEXT NOT NULL)",
            &[],
        )?;
        tx.execute("INSERT INTO note (id, words) VALUES (1, 'một')", &[])
    })
    .unwrap();
}

const COUNT: &str = "SELECT count(*) FROM note";

#[test]
fn a_snapshot_does_not_move_while_others_write() {
    each_engine(|db| {
        notes(db);
        let (looked, wait_for_look) = channel();
        let (wrote, wait_for_write) = channel();
        let other = db.db().clone();
        let writer = std::thread::spawn(move || {
            wait_for_look.recv().unwrap();
            other
                .write(|tx| tx.execute("INSERT INTO note (id, words) VALUES (2, 'hai')", &[]))
                .unwrap();
            wrote.send(()).unwrap();
        });
        let counts: (i64, i64) = db
            .read(|tx| {
                let before = tx.scalar(COUNT, &[])?;
                looked.send(()).unwrap();
                wait_for_write.recv().unwrap();
                Ok::<_, Error>((before, tx.scalar(COUNT, &[])?))
            })
            .unwrap();
        writer.join().unwrap();
        assert_eq!(counts, (1, 1));
        assert_eq!(db.read(|tx| tx.scalar::<i64>(COUNT, &[])).unwrap(), 2);
    });
}

#[test]
fn a_read_cannot_change_anything() {
    each_engine(|db| {
        notes(db);
        let changed = db.read(|tx| tx.execute("DELETE FROM note", &[]));
        assert!(matches!(changed, Err(Error::Broken { .. })), "{changed:?}");
        assert_eq!(db.read(|tx| tx.scalar::<i64>(COUNT, &[])).unwrap(), 1);
    });
}

#[test]
fn a_missing_row_is_said_or_is_none() {
    each_engine(|db| {
        notes(db);
        let sql = "SELECT words FROM note WHERE id = ?1";
        let words = |id: i64| -> Result<String> { db.read(|tx| tx.scalar(sql, &params![id])) };
        assert_eq!(words(1).unwrap(), "một");
        assert!(matches!(words(7), Err(Error::Missing)));
        let none: Option<String> = db
            .read(|tx| tx.row_opt(sql, &params![7], |row| row.get(0)))
            .unwrap();
        assert_eq!(none, None);
    });
}

#[test]
fn more_readers_than_connections_wait_for_each_other() {
    each_engine(|db| {
        notes(db);
        std::thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    assert_eq!(db.read(|tx| tx.scalar::<i64>(COUNT, &[])).unwrap(), 1);
                });
            }
        });
    });
}

#[test]
fn readers_that_panic_give_their_connections_back() {
    each_engine(|db| {
        notes(db);
        for _ in 0..40 {
            let reader = db.db().clone();
            let ended = std::thread::spawn(move || {
                reader.read(|tx| -> Result<()> {
                    tx.scalar::<i64>(COUNT, &[])?;
                    std::panic::panic_any("the reader's own fault");
                })
            })
            .join();
            assert!(ended.is_err());
        }
        assert_eq!(db.read(|tx| tx.scalar::<i64>(COUNT, &[])).unwrap(), 1);
    });
}

#[test]
fn a_query_ended_by_its_reader_leaves_the_transaction_usable() {
    each_engine(|db| {
        notes(db);
        db.write(|tx| {
            for id in 2..=50 {
                tx.execute(
                    "INSERT INTO note (id, words) VALUES (?1, 'x')",
                    &params![id],
                )?;
            }
            let ended = tx.query("SELECT id FROM note", &[], &mut |_| Err(Error::Missing));
            assert!(matches!(ended, Err(Error::Missing)));
            tx.execute("DELETE FROM note WHERE id > 2", &[])
        })
        .unwrap();
        assert_eq!(db.read(|tx| tx.scalar::<i64>(COUNT, &[])).unwrap(), 2);
    });
}

#[test]
fn a_transaction_inside_another_is_refused_instead_of_waiting_for_itself() {
    each_engine(|db| {
        notes(db);
        let inner = db.db().clone();
        let nested = db.write(move |_| inner.write(|_| Ok::<_, Error>(())));
        assert!(matches!(nested, Err(Error::Nested)), "{nested:?}");
        let inner = db.db().clone();
        let nested = db.write(move |_| inner.read(|_| Ok::<_, Error>(())));
        assert!(matches!(nested, Err(Error::Nested)), "{nested:?}");
        let nested = db.read(|_| db.write(|_| Ok::<_, Error>(())));
        assert!(matches!(nested, Err(Error::Nested)), "{nested:?}");
        db.write(|_| Ok::<_, Error>(())).unwrap();
    });
}
