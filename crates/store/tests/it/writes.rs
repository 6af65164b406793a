//! Writes are whole or nothing, durable when answered, and harm nobody beside them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use store::testing::{TestDb, each_engine, postgres, sqlite};
use store::{Db, Engine, Error, Result, TxExt, Violation, params};

fn units(db: &TestDb) {
    db.write(|tx| {
        tx.execute(
            "CREATE TABLE office (id BIGINT PRIMARY KEY, \
             parent BIGINT REFERENCES office (id), \
             code TEXT NOT NULL, \
             members BIGINT NOT NULL DEFAULT 0 CONSTRAINT members_not_negative CHECK (members >= 0), \
             CONSTRAINT office_code_is_unique UNIQUE (parent, code))",
            &[],
        )?;
        tx.execute("INSERT INTO office (id, parent, code) VALUES (1, 1, 'TU')", &[])
    })
    .unwrap();
}

fn insert(db: &Db, id: i64, parent: i64, code: &str) -> Result<i64> {
    let code = code.to_owned();
    db.write(move |tx| {
        tx.insert(
            "INSERT INTO office (id, parent, code) VALUES (?1, ?2, ?3) RETURNING id",
            &params![id, parent, &code],
        )
    })
}

fn count(db: &Db) -> i64 {
    db.read(|tx| tx.scalar("SELECT count(*) FROM office", &[]))
        .unwrap()
}

#[test]
fn a_write_is_seen_by_the_read_after_it() {
    each_engine(|db| {
        units(db);
        for id in 2..=30 {
            assert_eq!(insert(db, id, 1, &format!("U{id}")).unwrap(), id);
            assert_eq!(count(db), id);
        }
    });
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    each_engine(|db| {
        units(db);
        let failed: Result<()> = db.write(|tx| {
            tx.execute(
                "INSERT INTO office (id, parent, code) VALUES (2, 1, 'A')",
                &[],
            )?;
            tx.execute("UPDATE office SET members = 9", &[])?;
            Err(Error::Missing)
        });
        assert!(matches!(failed, Err(Error::Missing)));
        assert_eq!(count(db), 1);
        let members: i64 = db
            .read(|tx| tx.scalar("SELECT members FROM office", &[]))
            .unwrap();
        assert_eq!(members, 0);
    });
}

#[test]
fn constraints_refuse_alike_on_both_engines() {
    each_engine(|db| {
        units(db);
        let cases = [
            (
                "INSERT INTO office (id, parent, code) VALUES (2, 1, 'TU')",
                Violation::Unique,
                "office(parent, code)",
            ),
            (
                "INSERT INTO office (id, parent, code) VALUES (1, 1, 'B')",
                Violation::Unique,
                "office(id)",
            ),
            (
                "INSERT INTO office (id, parent, code) VALUES (2, 77, 'B')",
                Violation::ForeignKey,
                "foreign key",
            ),
            (
                "INSERT INTO office (id, parent, code, members) VALUES (2, 1, 'B', -1)",
                Violation::Check,
                "members_not_negative",
            ),
            (
                "INSERT INTO office (id, parent, code) VALUES (2, 1, NULL)",
                Violation::NotNull,
                "office(code)",
            ),
        ];
        for (sql, expected, name) in cases {
            match db.write(move |tx| tx.execute(sql, &[])) {
                Err(Error::Conflict { kind, constraint }) => {
                    assert_eq!((kind, constraint.as_str()), (expected, name));
                }
                other => panic!("{sql} gave {other:?}"),
            }
        }
        assert!(insert(db, 1, 1, "B").unwrap_err().is_duplicate());
        assert_eq!(count(db), 1);
    });
}

#[test]
fn a_swallowed_failure_dooms_the_write_on_both_engines() {
    each_engine(|db| {
        units(db);
        let done: Result<()> = db.write(|tx| {
            tx.execute(
                "INSERT INTO office (id, parent, code) VALUES (2, 1, 'A')",
                &[],
            )?;
            let refused = tx.execute(
                "INSERT INTO office (id, parent, code) VALUES (2, 1, 'B')",
                &[],
            );
            assert!(refused.is_err());
            let after = tx.execute(
                "INSERT INTO office (id, parent, code) VALUES (3, 1, 'C')",
                &[],
            );
            assert!(after.is_err());
            Ok(())
        });
        assert!(matches!(done, Err(Error::Conflict { .. })), "{done:?}");
        assert_eq!(count(db), 1);
    });
}

#[test]
fn on_conflict_do_nothing_is_the_way_to_try() {
    each_engine(|db| {
        units(db);
        let changed = db
            .write(|tx| {
                let sql = "INSERT INTO office (id, parent, code) VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING";
                let first = tx.execute(sql, &params![2, "A"])?;
                let second = tx.execute(sql, &params![2, "A"])?;
                Ok::<_, Error>((first, second))
            })
            .unwrap();
        assert_eq!(changed, (1, 0));
    });
}

#[test]
fn many_writers_at_once_are_all_durable_and_the_refused_harm_none() {
    each_engine(|db| {
        units(db);
        let shared = db.db();
        let answers: Vec<Result<i64>> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..64)
                .map(|writer: i64| {
                    scope.spawn(move || {
                        // Every fourth is refused for a code that is taken.
                        let code = if writer % 4 == 0 {
                            "TU".to_owned()
                        } else {
                            format!("U{writer}")
                        };
                        insert(shared, 100 + writer, 1, &code)
                    })
                })
                .collect();
            writers
                .into_iter()
                .map(|writer| writer.join().unwrap())
                .collect()
        });
        for (writer, answer) in (0..).zip(&answers) {
            match answer {
                Ok(id) => assert_eq!((*id, writer % 4 != 0), (100 + writer, true)),
                Err(error) => assert!(error.is_duplicate() && writer % 4 == 0, "{writer}: {error}"),
            }
        }
        db.reopen();
        assert_eq!(count(db), 1 + 48);
    });
}

#[test]
fn writers_of_one_row_lose_no_update() {
    each_engine(|db| {
        units(db);
        std::thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    db.write(|tx| {
                        let members: i64 =
                            tx.scalar("SELECT members FROM office WHERE id = 1", &[])?;
                        tx.execute(
                            "UPDATE office SET members = ?1 WHERE id = 1",
                            &params![members + 1],
                        )
                    })
                    .unwrap();
                });
            }
        });
        let members: i64 = db
            .read(|tx| tx.scalar("SELECT members FROM office WHERE id = 1", &[]))
            .unwrap();
        assert_eq!(members, 32);
    });
}

/// A write of any kind.
type Job<R> = Box<dyn Fn(&mut dyn store::Tx) -> Result<R> + Send>;

/// Holds the writer with one job until `jobs` have been queued behind it, so that they form one group.
fn in_one_group<R: Send + 'static>(db: &TestDb, jobs: Vec<Job<R>>) -> Vec<Result<R>> {
    let (begun, wait_for_begin) = channel();
    let (open, gate) = channel::<()>();
    let holder = db.db().clone();
    let held = std::thread::spawn(move || {
        holder.write(move |_| {
            begun.send(()).unwrap();
            gate.recv().unwrap();
            Ok::<_, Error>(())
        })
    });
    wait_for_begin.recv().unwrap();
    let waiting: Vec<_> = jobs
        .into_iter()
        .map(|job| {
            let db = db.db().clone();
            let (started, wait_for_start) = channel();
            let thread = std::thread::spawn(move || {
                started.send(()).unwrap();
                db.write(move |tx| job(tx))
            });
            wait_for_start.recv().unwrap();
            thread
        })
        .collect();
    open.send(()).unwrap();
    held.join().unwrap().unwrap();
    waiting
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect()
}

#[test]
fn a_panic_or_a_failure_in_a_group_is_answered_and_its_neighbours_are_kept() {
    let db = sqlite();
    units(&db);
    let add = |id: i64| {
        Box::new(move |tx: &mut dyn store::Tx| {
            tx.insert(
                "INSERT INTO office (id, parent, code) VALUES (?1, 1, ?2) RETURNING id",
                &params![id, id.to_string()],
            )
        }) as Job<i64>
    };
    let answers = in_one_group(
        &db,
        vec![
            add(2),
            Box::new(|tx| {
                tx.execute("UPDATE office SET members = 5", &[])?;
                std::panic::panic_any("the job's own fault");
            }),
            add(3),
            add(3),
            Box::new(|tx| {
                tx.execute("DELETE FROM office WHERE id > 1", &[])?;
                Err(Error::Missing)
            }),
            add(4),
        ],
    );
    assert!(matches!(&answers[1], Err(Error::Panicked(said)) if said == "the job's own fault"));
    assert!(matches!(answers[4], Err(Error::Missing)));
    let both_threes = [&answers[2], &answers[3]];
    assert_eq!(
        both_threes.iter().filter(|answer| answer.is_ok()).count(),
        1
    );
    assert!(answers[0].is_ok() && answers[5].is_ok());
    let rows: Vec<(i64, i64)> = db
        .read(|tx| {
            tx.rows("SELECT id, members FROM office ORDER BY id", &[], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
        })
        .unwrap();
    assert_eq!(rows, [(1, 0), (2, 0), (3, 0), (4, 0)]);
}

#[test]
fn a_job_that_panics_is_answered_and_the_writer_lives_on() {
    each_engine(|db| {
        units(db);
        for _ in 0..20 {
            let answer: Result<()> = db.write(|tx| {
                tx.execute("UPDATE office SET members = 5", &[])?;
                panic!("lỗi {}", 7);
            });
            assert!(matches!(answer, Err(Error::Panicked(said)) if said == "lỗi 7"));
        }
        assert_eq!(insert(db, 2, 1, "A").unwrap(), 2);
        let members: i64 = db
            .read(|tx| tx.scalar("SELECT members FROM office WHERE id = 1", &[]))
            .unwrap();
        assert_eq!(members, 0);
    });
}

#[test]
fn a_commit_that_fails_is_told_to_the_callers_and_the_next_goes_well() {
    each_engine(|db| {
        // A deferred reference is looked at only by the commit.
        db.write(|tx| {
            tx.execute("CREATE TABLE a (id BIGINT PRIMARY KEY)", &[])?;
            tx.execute(
                "CREATE TABLE b (a BIGINT NOT NULL REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)",
                &[],
            )
        })
        .unwrap();
        let lost = db.write(|tx| tx.execute("INSERT INTO b (a) VALUES (1)", &[]));
        assert!(
            matches!(
                &lost,
                Err(Error::Conflict { kind: Violation::ForeignKey, constraint }) if constraint == "foreign key"
            ),
            "{lost:?}"
        );
        db.write(|tx| {
            tx.execute("INSERT INTO b (a) VALUES (1)", &[])?;
            tx.execute("INSERT INTO a (id) VALUES (1)", &[])
        })
        .unwrap();
        let rows: i64 = db
            .read(|tx| tx.scalar("SELECT count(*) FROM b", &[]))
            .unwrap();
        assert_eq!(rows, 1);
    });
}

#[test]
fn errors_of_the_caller_pass_through_unchanged() {
    #[derive(Debug)]
    enum Refusal {
        TooLate,
        Store(Error),
    }
    impl From<Error> for Refusal {
        fn from(error: Error) -> Self {
            Refusal::Store(error)
        }
    }
    each_engine(|db| {
        units(db);
        let late = db.write(|_| Err::<(), _>(Refusal::TooLate));
        assert!(matches!(late, Err(Refusal::TooLate)));
        let store = db.read(|tx| Ok(tx.scalar::<i64>("SELECT id FROM office WHERE id = 7", &[])?));
        assert!(matches!(store, Err(Refusal::Store(Error::Missing))));
    });
}

#[test]
fn two_programs_write_to_one_database() {
    each_engine(|db| {
        units(db);
        let other = Db::open(db.location()).unwrap();
        std::thread::scope(|scope| {
            for (first, db) in [(100, db.db()), (200, &other)] {
                scope.spawn(move || {
                    for id in first..first + 20 {
                        insert(db, id, 1, &id.to_string()).unwrap();
                    }
                });
            }
        });
        assert_eq!(count(db), 41);
        assert_eq!(count(&other), 41);
    });
}

#[test]
fn the_log_is_copied_into_the_file_and_does_not_grow_without_end() {
    let db = sqlite();
    units(&db);
    let page = vec![7u8; 400_000];
    db.write(|tx| tx.execute("CREATE TABLE heap (bytes BLOB NOT NULL)", &[]))
        .unwrap();
    for _ in 0..300 {
        let page = page.clone();
        db.write(move |tx| {
            tx.execute("DELETE FROM heap", &[])?;
            tx.execute("INSERT INTO heap (bytes) VALUES (?1)", &params![&page])
        })
        .unwrap();
    }
    // 300 times about 100 pages were written, 120 MB in all; the writer's own limit is 16,000 pages or 66 MB.
    let log = std::fs::metadata(format!("{}-wal", db.location()))
        .unwrap()
        .len();
    assert!(log < 72_000_000, "the log has {log} bytes");
}

#[test]
fn jobs_are_claimed_with_the_words_of_each_engine() {
    each_engine(|db| {
        units(db);
        let engine = db.engine();
        let sql = format!(
            "SELECT id FROM office ORDER BY id LIMIT 1{}",
            store::dialect::for_update_skip_locked(engine)
        );
        let id: i64 = db.write(move |tx| tx.scalar(&sql, &[])).unwrap();
        assert_eq!(id, 1);
    });
}

#[test]
fn the_last_handle_closes_the_file_and_folds_the_log_into_it() {
    let mut db = sqlite();
    units(&db);
    let log = format!("{}-wal", db.location());
    assert!(std::fs::exists(&log).unwrap());
    let clone = db.db().clone();
    db.close();
    assert!(std::fs::exists(&log).unwrap(), "a clone is still open");
    assert_eq!(count(&clone), 1);
    assert_eq!(clone.engine(), Engine::Sqlite);
    drop(clone);
    assert!(!std::fs::exists(&log).unwrap());
}

/// Takes its time to go, and says when it is gone.
struct Held(Arc<AtomicBool>);

impl Drop for Held {
    fn drop(&mut self) {
        std::thread::sleep(Duration::from_millis(50));
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn what_a_closure_holds_is_gone_when_its_write_is_answered() {
    // A closure may hold the last but one handle; whoever drops the last one relies on the file being closed then.
    let db = sqlite();
    let gone = Arc::new(AtomicBool::new(false));
    let held = Held(gone.clone());
    db.write(move |tx| {
        let _held = &held;
        tx.execute("CREATE TABLE office (id INTEGER)", &[])
    })
    .unwrap();
    assert!(gone.load(Ordering::SeqCst));
}

#[test]
fn the_log_is_folded_into_the_file_also_when_its_copying_has_begun() {
    // The background copies the log as well, so its connection has the file open until the end.
    for round in 0..20 {
        let mut db = sqlite();
        let log = format!("{}-wal", db.location());
        db.write(|tx| {
            tx.execute("CREATE TABLE text (body TEXT)", &[])?;
            for _ in 0..300 {
                tx.execute(
                    "INSERT INTO text (body) VALUES (?1)",
                    &params!["x".repeat(20_000)],
                )?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
        db.close();
        assert!(!std::fs::exists(&log).unwrap(), "round {round}");
    }
}

#[test]
fn connections_that_the_server_closed_are_made_anew() {
    let db = postgres();
    units(&db);
    // Several, idle in the pool.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| count(&db));
        }
    });
    let other = Db::open(db.location()).unwrap();
    let closed: i64 = other
        .write(|tx| {
            tx.scalar(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
                &[],
            )
        })
        .unwrap();
    assert!(closed > 0);
    assert_eq!(insert(&db, 2, 1, "A").unwrap(), 2);
    assert_eq!(count(&db), 2);
}

#[test]
fn a_statement_prepared_before_the_table_changed_is_prepared_anew() {
    let db = postgres();
    units(&db);
    let all =
        |db: &Db| db.write(|tx| tx.rows("SELECT * FROM office", &[], |row| row.get::<i64>(0)));
    assert_eq!(all(&db).unwrap(), [1]);
    let other = Db::open(db.location()).unwrap();
    other
        .write(|tx| tx.execute("ALTER TABLE office ADD COLUMN place TEXT", &[]))
        .unwrap();
    assert_eq!(all(&db).unwrap(), [1]);
}
