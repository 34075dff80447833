//! Japanese words that make a criterion untestable; the same kinds as the English list.

use super::Lists;

pub(super) const LISTS: Lists = Lists {
    vague: &[
        "できるだけ",
        "なるべく",
        "使いやすい",
        "使いやすく",
        "分かりやすい",
        "わかりやすい",
        "十分な",
        "十分に",
        "柔軟に",
        "柔軟な",
        "快適に",
        "快適な",
        "直感的",
        "素早く",
        "迅速に",
        "速やかに",
        "適切な",
        "適切に",
        "適宜",
        "高速に",
        "効率的に",
        "効率よく",
    ],
    open_ended: &["など。", "等。"],
    escape: &[
        "可能であれば",
        "可能な限り",
        "可能な場合",
        "必要であれば",
        "必要に応じて",
        "状況に応じて",
    ],
    either: &["および/または", "及び/又は", "および／または", "及び／又は"],
    function: &[],
};
