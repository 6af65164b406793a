//! Writes the sample documents as PDF into a folder, to be looked at: `cargo run -p typeset --example samples -- FOLDER`.

#[path = "../tests/samples/mod.rs"]
mod samples;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to write to")?;
    let documents = [
        ("report", samples::report(6)),
        ("letter", samples::letter()),
        ("draft", samples::draft()),
        ("state", samples::state_report()),
    ];
    for (name, document) in documents {
        let path = std::path::Path::new(&folder)
            .join(name)
            .with_extension("pdf");
        std::fs::write(&path, typeset::render_pdf(&document)?)?;
        println!("{}", path.display());
    }
    Ok(())
}
