//! The schema grows by numbered steps, once each, and never under an older program.

use std::collections::BTreeSet;

use store::migrations::{ALL, Migration};
use store::testing::{each_engine, with_migrations};
use store::{Db, Engine, Error, TxExt, params};

const FIRST: Migration = Migration {
    number: 1,
    name: "0001_first",
    sqlite: "CREATE TABLE first (id INTEGER PRIMARY KEY) STRICT; INSERT INTO first (id) VALUES (1);",
    postgres: "CREATE TABLE first (id BIGINT PRIMARY KEY); INSERT INTO first (id) VALUES (1);",
};

const SECOND: Migration = Migration {
    number: 2,
    name: "0002_second",
    sqlite: "INSERT INTO first (id) VALUES (2);",
    postgres: "INSERT INTO first (id) VALUES (2);",
};

/// Its second statement fails.
const DAMAGED: Migration = Migration {
    number: 2,
    name: "0002_damaged",
    sqlite: "INSERT INTO first (id) VALUES (2); INSERT INTO nowhere (id) VALUES (1);",
    postgres: "INSERT INTO first (id) VALUES (2); INSERT INTO nowhere (id) VALUES (1);",
};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

fn ids(db: &Db) -> Vec<i64> {
    db.read(|tx| tx.rows("SELECT id FROM first ORDER BY id", &[], |row| row.get(0)))
        .unwrap()
}

#[test]
fn both_folders_hold_the_listed_steps_numbered_without_gaps() {
    let folder = |name: &str| -> BTreeSet<String> {
        std::fs::read_dir(format!("{}/migrations/{name}", env!("CARGO_MANIFEST_DIR")))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    let listed: BTreeSet<String> = ALL
        .iter()
        .map(|step| format!("{}.sql", step.name))
        .collect();
    assert_eq!(folder("sqlite"), listed);
    assert_eq!(folder("postgres"), listed);
    for (position, step) in (1..).zip(ALL) {
        assert_eq!(step.number, position);
        assert!(
            step.name.starts_with(&format!("{position:04}_")),
            "{}",
            step.name
        );
    }
}

/// The index of words is each engine's own full text.
#[test]
fn the_tables_of_both_engines_have_the_same_columns_in_the_same_order() {
    let mut schemas = Vec::new();
    for engine in ENGINES {
        let sql = match engine {
            Engine::Sqlite => {
                "SELECT t.name, c.name, c.\"notnull\" = 0 AND c.pk = 0 \
                 FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
                 WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'search_words%' ORDER BY t.name, c.cid"
            }
            Engine::Postgres => {
                "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), is_nullable = 'YES' \
                 FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'search_words' \
                 ORDER BY table_name COLLATE \"C\", ordinal_position"
            }
        };
        let db = with_migrations(engine, ALL);
        let columns: Vec<(String, String, bool)> = db
            .read(|tx| tx.rows(sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
            .unwrap();
        schemas.push(columns);
    }
    assert!(schemas[0].len() > 2, "there are tables: {schemas:?}");
    assert_eq!(schemas[0], schemas[1]);
}

#[test]
fn each_step_runs_once_however_often_the_data_is_opened() {
    for engine in ENGINES {
        let db = with_migrations(engine, &[FIRST]);
        assert_eq!(ids(&db), [1]);
        let again = Db::open_with(db.location(), &[FIRST]).unwrap();
        assert_eq!(ids(&again), [1]);
        let newer = Db::open_with(db.location(), &[FIRST, SECOND]).unwrap();
        assert_eq!(ids(&newer), [1, 2]);
        let again = Db::open_with(db.location(), &[FIRST, SECOND]).unwrap();
        assert_eq!(ids(&again), [1, 2]);
        let names: Vec<String> = again
            .read(|tx| {
                tx.rows(
                    "SELECT name FROM schema_migrations ORDER BY number",
                    &[],
                    |row| row.get(0),
                )
            })
            .unwrap();
        assert_eq!(names, ["0001_first", "0002_second"]);
    }
}

#[test]
fn data_of_a_newer_program_is_refused() {
    each_engine(|db| {
        let known = ALL.last().map_or(0, |step| step.number);
        db.write(move |tx| {
            tx.execute(
                "INSERT INTO schema_migrations (number, name) VALUES (?1, ?2)",
                &params![known + 3, "from the future"],
            )
        })
        .unwrap();
        match Db::open(db.location()).map(|_| ()) {
            Err(Error::NewerData { found, known: told }) => {
                assert_eq!((found, told), (known + 3, known));
            }
            other => panic!("opened newer data: {other:?}"),
        }
    });
}

#[test]
fn a_step_that_fails_leaves_the_data_as_it_was() {
    for engine in ENGINES {
        let db = with_migrations(engine, &[FIRST]);
        let failed = Db::open_with(db.location(), &[FIRST, DAMAGED]).map(|_| ());
        let said = failed.unwrap_err().to_string();
        assert!(said.contains("0002_damaged"), "{said}");
        assert_eq!(ids(&db), [1]);
        let mended = Db::open_with(db.location(), &[FIRST, SECOND]).unwrap();
        assert_eq!(ids(&mended), [1, 2]);
    }
}
