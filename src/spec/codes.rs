//! The kinds of findings about a file before its meaning is looked at.

use crate::diagnostic::{Code, Level};

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $id:ident $name:literal $summary:literal $explanation:literal)*) => {
        $(
            $(#[doc = $doc])*
            pub static $id: Code = Code { name: $name, level: Level::Error, summary: $summary, explanation: $explanation };
        )*
        /// All of them.
        pub static ALL: &[&Code] = &[$(&$id),*];
    };
}

codes! {
    /// A file or folder cannot be read.
    FILE_UNREADABLE "file-unreadable" "a file or folder cannot be read"
        "The path does not exist, is not a file or folder, or you may not read it. Check the path's spelling and rights."
    /// A file is larger than any spec.
    FILE_TOO_LARGE "file-too-large" "a file is larger than any spec can be"
        "A spec is a page of text. Files over 1 MiB are not read, so that a wrong path cannot fill the memory. Split many specs over several files."
    /// A file is not UTF-8.
    FILE_NOT_UTF8 "file-not-utf-8" "a file is not UTF-8 text"
        "Specs are UTF-8. The file may be UTF-16 (some Windows editors), Latin-1, or no text at all. Save it as UTF-8."
    /// A file is not YAML.
    YAML_INVALID "yaml-invalid" "a file is not YAML"
        "The YAML reader stopped at the place shown. Often the cause is a tab in the indentation, a missing space after a colon, or text with `: ` or ` #` in it that needs quotes."
    /// A file nests too deep.
    YAML_TOO_DEEP "yaml-too-deep" "a file nests deeper than any spec can"
        "No spec nests more than 32 levels. The limit keeps a hostile file from exhausting the stack."
    /// A file's aliases grow too large.
    YAML_TOO_LARGE "yaml-too-large" "a file's aliases expand to more than any spec can hold"
        "Aliases (`*name`) are copied where they stand. A file that expands to more than 20,000 values is refused, so that a small file cannot fill the memory."
    /// A key stands twice in one map.
    KEY_TWICE "key-twice" "a key stands twice in one map"
        "YAML readers disagree about which of the two counts, so neither does. Remove one."
    /// A YAML tag.
    YAML_TAG "yaml-tag" "a YAML tag has no meaning in a spec"
        "Tags such as `!Ref` belong to CloudFormation. For a value that is known at deploy time write `{ parameter: Name }`, `{ ssm: /path }` or `{ import: export-name }`."
    /// Nothing to compile.
    SPECS_MISSING "specs-missing" "there is no spec to compile"
        "A path names a file that holds no YAML document, or a folder without `.yaml`, `.yml` or `.json` files, or only bases (files without `name`), which are only ever extended."
    /// A base that is missing.
    EXTENDS_UNREADABLE "extends-unreadable" "the file that a spec extends cannot be read"
        "`extends` is a path relative to the file that says it. It must name a YAML file with exactly one document."
    /// A cycle of bases.
    EXTENDS_CYCLE "extends-cycle" "files extend each other in a circle"
        "A spec cannot extend itself, directly or through others. Put what they share in a base of its own."
    /// Too many bases.
    EXTENDS_TOO_DEEP "extends-too-deep" "too many files extend one another"
        "A spec extends a file, which may extend another, and so on for at most 16 files. Nobody can tell any more what such a spec says."
    /// An unknown key.
    KEY_UNKNOWN "key-unknown" "a key that the language does not have"
        "Unknown keys are errors, so that a typing error cannot silently drop a setting. `rotaform schema` prints the language for your editor."
    /// A key that is missing.
    KEY_MISSING "key-missing" "a key that must be there is missing"
        "The key has no default, because nobody but you can know its value."
    /// A value of the wrong type.
    TYPE_WRONG "type-wrong" "a value is of the wrong type"
        "YAML decides a value's type by its looks: `123` is a number, `yes` is text, `true` is neither. Put quotes around what is meant as text."
    /// A word that is not one of the choices.
    WORD_UNKNOWN "word-unknown" "a word that is not one of the choices"
        "The value must be one of a fixed set of words."
    /// A number outside its range.
    NUMBER_OUT_OF_RANGE "number-out-of-range" "a number is outside its range"
        "The range is AWS's own, or the narrower one in which a rotation works."
    /// A file that the spec names cannot be shipped.
    SHIPPED_FILE_UNREADABLE "shipped-file-unreadable" "a file that the function needs cannot be read"
        "`database.ca_bundle` and the files of `function.source.directory` are shipped with the function. They must be readable, regular files of at most 10 MiB in all, below the folder that names them."
}
