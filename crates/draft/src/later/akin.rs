//! Words that people use for one thing in a request and another in the source: a "customer" may be a `user` there.

use std::collections::BTreeSet;

use rutter_code::search::words::stem;

/// Each line speaks of one thing.
const GROUPS: [&str; 28] = [
    "notify alert mail mailer email message send sender remind reminder notification notifier sms",
    "search find query filter list lookup browse",
    "order purchase checkout sale buy",
    "user account customer member profile registration",
    "signin login logout session auth authentication password credential token user account",
    "permission role access admin administrator require user member",
    "delete remove clear purge archive trash",
    "export report download csv pdf dump print statistics summary",
    "import parse parser load reader upload csv",
    "price cost amount money total currency exchange rate fee tax discount coupon voucher budget",
    "tag label category folder",
    "setting config configuration preference option properties environment",
    "date time day schedule scheduler calendar appointment booking slot reservation",
    "audit log history journal trail",
    "image photo picture file upload attachment document",
    "health status ping version",
    "cache store repository database storage persistence",
    "entry record note item transaction posting line",
    "vehicle car truck van fleet driver",
    "position location gps tracker coordinate speed",
    "trip journey ride tour",
    "patient visitor doctor",
    "command subcommand cli argument flag terminal",
    "page banner theme template view screen layout button dialog",
    "error failure fault exception",
    "cart basket checkout",
    "product article stock inventory catalog catalogue",
    "throttle ratelimit middleware request server api",
];

/// The words that may stand in the source for these stems, without them.
pub fn akin(stems: &BTreeSet<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for group in GROUPS {
        if !group.split(' ').any(|word| stems.contains(&stem(word))) {
            continue;
        }
        for word in group.split(' ') {
            if !stems.contains(&stem(word)) && !out.iter().any(|known| known == word) {
                out.push(word.to_owned());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_may_be_a_user() {
        let found = akin(&BTreeSet::from([stem("customers")]));
        assert!(
            found.contains(&"user".to_owned()) && !found.contains(&"customer".to_owned()),
            "{found:?}"
        );
        assert!(akin(&BTreeSet::from(["zebra".to_owned()])).is_empty());
    }
}
