//! The help and the refusals of the command line in Vietnamese; the parser's own are English.

use crate::args::LAST;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

/// The command with Vietnamese words around the help of every level.
pub fn vietnamese(command: Command) -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .display_order(LAST + 2)
        .help("In số phiên bản");
    level(command.disable_version_flag(true).arg(version))
}

fn level(command: Command) -> Command {
    let mut template = "{about-with-newline}\nCách dùng: {usage}\n".to_owned();
    if command.has_subcommands() {
        template += "\nCác lệnh:\n{subcommands}\n";
    }
    if command.get_positionals().next().is_some() {
        template += "\nTham số:\n{positionals}\n";
    }
    template += "\nTùy chọn:\n{options}";
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .display_order(LAST + 1)
        .help("In hướng dẫn này");
    command
        .help_template(template)
        .subcommand_value_name("LỆNH")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help)
        .mut_subcommands(level)
}

/// The help that was asked for, with the words that no setting of the parser changes.
pub fn page(error: &Error) -> String {
    error
        .to_string()
        .replace("[OPTIONS]", "[TÙY CHỌN]")
        .replace("[default: ", "[mặc định: ")
        .replace("[possible values: ", "[chỉ nhận: ")
        .replace("[env: ", "[biến môi trường: ")
}

/// What was wrong with the use of the command line, and where to read on.
pub fn refusal(error: &Error) -> String {
    let of = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let fault = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh “{}”", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("không có tham số “{argument}”"),
        ErrorKind::MissingRequiredArgument => format!("thiếu {argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            format!(
                "thiếu tên lệnh. Các lệnh: {}",
                of(ContextKind::ValidSubcommand)
            )
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} chưa có giá trị"),
        ErrorKind::InvalidValue => format!(
            "giá trị “{value}” của {argument} không đúng; chỉ nhận: {}",
            of(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => {
            // Reasons of our own have marks; the others are the English words of a library.
            let why = std::error::Error::source(error)
                .map(|why| format!(": {why}"))
                .filter(|why| !why.is_ascii())
                .unwrap_or_default();
            format!("giá trị “{value}” của {argument} không đúng{why}")
        }
        ErrorKind::ArgumentConflict => format!(
            "không dùng {argument} cùng với {}",
            of(ContextKind::PriorArg)
        ),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} có số giá trị không đúng")
        }
        ErrorKind::InvalidUtf8 => "có tham số không phải UTF-8".to_owned(),
        _ => error.to_string(),
    };
    let suggested = of(ContextKind::SuggestedArg) + &of(ContextKind::SuggestedSubcommand);
    let hint = if suggested.is_empty() {
        String::new()
    } else {
        format!(" (có phải ý là {suggested}?)")
    };
    format!("{fault}{hint}. Xem hướng dẫn bằng --help")
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Args;
    use clap::CommandFactory;

    #[test]
    fn every_command_and_argument_is_explained_in_vietnamese() {
        let mut unexplained = Vec::new();
        look(&Args::command(), &mut unexplained);
        assert_eq!(unexplained, Vec::<String>::new());
    }

    fn look(command: &Command, unexplained: &mut Vec<String>) {
        let about = command.get_about().map(ToString::to_string);
        if about.is_none_or(|about| about.is_ascii()) {
            unexplained.push(command.get_name().to_owned());
        }
        for argument in command.get_arguments() {
            let place = || format!("{} {}", command.get_name(), argument.get_id());
            if argument
                .get_help()
                .is_none_or(|help| help.to_string().is_ascii())
            {
                unexplained.push(place());
            }
            let names = argument.get_value_names().unwrap_or_default();
            let takes_value = argument.get_action().takes_values();
            let is_default = names
                .iter()
                .any(|name| *name == argument.get_id().as_str().to_uppercase().as_str());
            if takes_value && (names.is_empty() || is_default) {
                unexplained.push(place());
            }
        }
        for below in command.get_subcommands() {
            look(below, unexplained);
        }
    }

    /// The server alone has no result to print.
    const WITHOUT_JSON: &str = "dondoc serve";

    #[test]
    fn the_json_of_every_command_is_described() {
        let mut commands = Vec::new();
        leaves("", &Args::command(), &mut commands);
        let described = include_str!("../../../docs/json.md");
        let missing: Vec<&String> = commands
            .iter()
            .filter(|name| *name != WITHOUT_JSON && !described.contains(&format!("`{name}`")))
            .collect();
        assert!(
            missing.is_empty(),
            "docs/json.md says nothing of {missing:?}"
        );
    }

    fn leaves(above: &str, command: &Command, found: &mut Vec<String>) {
        let name = format!("{above} {}", command.get_name()).trim().to_owned();
        if !command.has_subcommands() {
            found.push(name);
            return;
        }
        for below in command.get_subcommands() {
            leaves(&name, below, found);
        }
    }

    #[test]
    fn the_definition_of_the_command_line_holds_together() {
        vietnamese(Args::command()).debug_assert();
    }

    #[test]
    fn wrong_usage_is_told_in_vietnamese() {
        let said = |words: &str| {
            let command = vietnamese(Args::command());
            let error = command
                .try_get_matches_from(words.split(' '))
                .expect_err("wrong usage");
            refusal(&error)
        };
        assert_eq!(
            said("dondoc rep"),
            "không có lệnh “rep” (có phải ý là report?). Xem hướng dẫn bằng --help"
        );
        assert_eq!(
            said("dondoc report show"),
            "thiếu <BÁO CÁO>. Xem hướng dẫn bằng --help"
        );
        assert_eq!(
            said("dondoc report adopt a/b --incumbents ba"),
            "giá trị “ba” của --incumbents <SỐ> không đúng. Xem hướng dẫn bằng --help"
        );
        assert_eq!(
            said("dondoc report settle a/b I 3 --keep x"),
            "giá trị “x” của --keep <BẢN GIỮ> không đúng; chỉ nhận: current, other. Xem hướng dẫn bằng --help"
        );
        assert_eq!(
            said("dondoc board x --nope"),
            "không có tham số “--nope”. Xem hướng dẫn bằng --help"
        );
    }
}
