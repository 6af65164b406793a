//! What goes into a column comes out of it alike on both engines.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use store::testing::{TestDb, each_engine};
use store::{Engine, Error, Result, TxExt, Value, params};

/// A table with a column of each type.
fn table_of_each_type(db: &TestDb) {
    let bytes = match db.engine() {
        Engine::Sqlite => "BLOB",
        Engine::Postgres => "BYTEA",
    };
    let sql = format!(
        "CREATE TABLE cell (id BIGINT PRIMARY KEY, number BIGINT, words TEXT, bytes {bytes})"
    );
    db.write(move |tx| tx.execute(&sql, &[])).unwrap();
}

#[test]
fn every_kind_of_value_comes_back_as_it_was() {
    let vietnamese = "Báo cáo 05 năm thực hiện Chỉ thị số 25-CT/TU: «đạt 98,5%»?1";
    let instant: Timestamp = "2022-09-30T16:59:59.999999Z".parse().unwrap();
    each_engine(|db| {
        table_of_each_type(db);
        let all = |number: Value<'static>, words: Value<'static>, bytes: Value<'static>| {
            db.write(move |tx| {
                tx.execute("DELETE FROM cell", &[])?;
                tx.execute(
                    "INSERT INTO cell (id, number, words, bytes) VALUES (?1, ?2, ?3, ?4)",
                    &[Value::Int(1), number.clone(), words.clone(), bytes.clone()],
                )
            })
            .unwrap();
        };
        let cell = "SELECT number, words, bytes FROM cell";

        all(
            i64::MIN.into(),
            vietnamese.into(),
            vec![0u8, 255, 39].into(),
        );
        let found: (i64, String, Vec<u8>) = db
            .read(|tx| tx.row(cell, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
            .unwrap();
        assert_eq!(found, (i64::MIN, vietnamese.to_owned(), vec![0, 255, 39]));

        all(instant.into(), date(2022, 9, 30).into(), Vec::new().into());
        let found: (Timestamp, Date, String, Vec<u8>) = db
            .read(|tx| {
                tx.row(cell, &[], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(1)?, row.get(2)?))
                })
            })
            .unwrap();
        let expected = (instant, date(2022, 9, 30), "2022-09-30".to_owned(), vec![]);
        assert_eq!(found, expected);

        all(true.into(), "".into(), Value::Null);
        let found: (bool, String, Option<Vec<u8>>) = db
            .read(|tx| tx.row(cell, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
            .unwrap();
        assert_eq!(found, (true, String::new(), None));
    });
}

#[test]
fn a_null_fits_a_column_and_a_condition_of_every_type() {
    each_engine(|db| {
        table_of_each_type(db);
        db.write(|tx| {
            tx.execute(
                "INSERT INTO cell (id, number, words, bytes) VALUES (?1, ?2, ?3, ?4)",
                &params![1, None::<i64>, None::<&str>, None::<Vec<u8>>],
            )?;
            // The same statement again, now with values: its parameters were not typed by the nulls.
            tx.execute(
                "INSERT INTO cell (id, number, words, bytes) VALUES (?1, ?2, ?3, ?4)",
                &params![2, Some(5), Some("năm"), Some(vec![5u8])],
            )
        })
        .unwrap();
        let count = |number: Option<i64>, words: Option<&str>| -> i64 {
            db.read(|tx| {
                tx.scalar(
                    "SELECT count(*) FROM cell WHERE (number = ?1 OR CAST(?1 AS BIGINT) IS NULL) \
                     AND (words = ?2 OR CAST(?2 AS TEXT) IS NULL)",
                    &params![number, words],
                )
            })
            .unwrap()
        };
        assert_eq!(count(None, None), 2);
        assert_eq!(count(Some(5), None), 1);
        assert_eq!(count(None, Some("năm")), 1);
        assert_eq!(count(Some(5), Some("sáu")), 0);
        let first: (Option<i64>, Option<String>, Option<Vec<u8>>, Option<Date>) = db
            .read(|tx| {
                tx.row(
                    "SELECT number, words, bytes FROM cell WHERE id = 1",
                    &[],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(1)?)),
                )
            })
            .unwrap();
        assert_eq!(first, (None, None, None, None));
    });
}

#[test]
fn a_column_of_another_kind_is_refused_with_its_place() {
    each_engine(|db| {
        let read = |index: usize| -> Result<i64> {
            db.read(|tx| {
                tx.row(
                    "SELECT CAST('x' AS TEXT), CAST(NULL AS BIGINT), 1.5",
                    &[],
                    |row| row.get(index),
                )
            })
        };
        for wrong in 0..4 {
            match read(wrong) {
                Err(Error::Column { index, .. }) => assert_eq!(index, wrong),
                other => panic!("column {wrong} gave {other:?}"),
            }
        }
    });
}

#[test]
fn comparisons_are_truth_values_and_literals_integers() {
    each_engine(|db| {
        let found: (bool, bool, i64) = db
            .read(|tx| {
                tx.row(
                    "SELECT 1 = 1, EXISTS (SELECT 1 WHERE 1 = 2), 7",
                    &[],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )
            })
            .unwrap();
        assert_eq!(found, (true, false, 7));
    });
}

#[test]
fn a_question_mark_in_a_literal_is_not_a_parameter() {
    each_engine(|db| {
        let found: (String, i64) = db
            .read(|tx| {
                tx.row(
                    "SELECT CAST('?1 là ''gì?2''' AS TEXT) AS \"?1\", CAST(?2 AS BIGINT) -- ?3\n \
                     WHERE CAST(?1 AS TEXT) = 'a?1'",
                    &params!["a?1", 9],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
            })
            .unwrap();
        assert_eq!(found, ("?1 là 'gì?2'".to_owned(), 9));
    });
}

#[test]
fn a_wrong_number_of_parameters_is_an_error_and_not_a_panic() {
    each_engine(|db| {
        for params in [&params![][..], &params![1, 2][..]] {
            let found: Result<i64> = db.read(|tx| tx.scalar("SELECT CAST(?1 AS BIGINT)", params));
            assert!(matches!(found, Err(Error::Broken { .. })), "{found:?}");
        }
    });
}

#[test]
fn ids_are_chosen_by_a_json_array() {
    each_engine(|db| {
        table_of_each_type(db);
        let engine = db.engine();
        db.write(|tx| {
            for id in 1..=5 {
                tx.execute("INSERT INTO cell (id) VALUES (?1)", &params![id])?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
        let sql = format!(
            "SELECT id FROM cell WHERE id > ?1 AND id IN {} ORDER BY id",
            store::dialect::ids_in_json(engine, 2)
        );
        let found: Vec<i64> = db
            .read(|tx| tx.rows(&sql, &params![1, "[1, 3, 5, 99]"], |row| row.get(0)))
            .unwrap();
        assert_eq!(found, [3, 5]);
    });
}

#[test]
fn any_integer_text_and_bytes_come_back() {
    each_engine(|db| {
        table_of_each_type(db);
        // PostgreSQL has no NUL in texts; it is refused at every input edge of the product.
        let cells = (
            "[^\0]{0,40}",
            any::<i64>(),
            prop::collection::vec(any::<u8>(), 0..40),
        );
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
            cases: 40,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        runner
            .run(&cells, |(words, number, bytes)| {
                let given = (words.clone(), number, bytes.clone());
                let found = db
                    .write(move |tx| {
                        tx.execute("DELETE FROM cell", &[])?;
                        tx.row(
                            "INSERT INTO cell (id, words, number, bytes) VALUES (1, ?1, ?2, ?3) \
                             RETURNING words, number, bytes",
                            &params![&words, number, &bytes],
                            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                        )
                    })
                    .unwrap();
                prop_assert_eq!(given, found);
                Ok(())
            })
            .unwrap();
    });
}
