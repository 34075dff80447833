//! `*.csproj`.

use super::Facts;

pub(super) fn read(text: &str, facts: &mut Facts) {
    let file = facts.path.rsplit('/').next().unwrap_or_default();
    facts.name = file.strip_suffix(".csproj").map(str::to_owned);
    for attribute in [
        "Sdk=\"",
        "PackageReference Include=\"",
        "FrameworkReference Include=\"",
    ] {
        for part in text.split(attribute).skip(1) {
            facts
                .dependencies
                .extend(part.split('"').next().map(str::to_owned));
        }
    }
}
