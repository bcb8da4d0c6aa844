// Writes train.pairs, dev.pairs and test.pairs, all beside this file:
//     swift data/dates/generate.swift
// A line is a date as people write it, a tab, and the same date as ISO 8601 has it. Every run gives the same bytes.

import Foundation

/// The SplitMix64 pseudo-random number generator.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in a range; the bias of the modulo is negligible here.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(in: 0...elements.count - 1)] }
}

let months = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
  "December",
]
let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
let units = [
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
  "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
let ordinalUnits = [
  "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
  "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
]

func padded(_ number: Int, to width: Int) -> String {
  let digits = "\(number)"
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// 42 as forty-two.
func words(_ number: Int) -> String {
  if number < 20 { return units[number] }
  return tens[number / 10] + (number % 10 == 0 ? "" : "-" + units[number % 10])
}

struct Date: Hashable {
  let year: Int
  let month: Int
  let day: Int

  init(_ random: inout SplitMix64) {
    year = random.number(in: 1700...2099)
    month = random.number(in: 1...12)
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    day = random.number(in: 1...lengths[month - 1])
  }

  var iso: String { padded(year, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2) }

  /// Sakamoto's rule.
  var weekday: String {
    let shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
    let y = month < 3 ? year - 1 : year
    return weekdays[(y + y / 4 - y / 100 + y / 400 + shifts[month - 1] + day) % 7]
  }

  /// 3rd, 12th, 21st.
  var ordinal: String {
    let ending = 11...13 ~= day ? "th" : ["th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th"][day % 10]
    return "\(day)\(ending)"
  }

  var ordinalWords: String {
    if day < 20 { return ordinalUnits[day] }
    if day % 10 == 0 { return day == 20 ? "twentieth" : "thirtieth" }
    return tens[day / 10] + "-" + ordinalUnits[day % 10]
  }

  /// As a year is spoken: nineteen ninety-nine, eighteen hundred, nineteen oh five, two thousand and five.
  var yearWords: String {
    let (century, rest) = (year / 100, year % 100)
    if century == 20, rest < 10 { return "two thousand" + (rest == 0 ? "" : " and " + words(rest)) }
    if rest == 0 { return words(century) + " hundred" }
    return words(century) + (rest < 10 ? " oh " : " ") + words(rest)
  }

  /// Two digits: of 1930 to 2029 only, so that they say which century.
  var shortYear: String? { 1930...2029 ~= year ? padded(year % 100, to: 2) : nil }
}

/// The grammar: a pattern holds fields in braces. Numbers between slashes are month, day, year; between dots day, month,
/// year; between hyphens year, month, day unless the month is a name.
let patterns = [
  "{d} {Month} {y}", "{D} {Month} {y}", "{dth} {Month} {y}", "{dth} of {Month} {y}", "the {dth} of {Month}, {y}",
  "{Month} {d}, {y}", "{Month} {dth}, {y}", "{Month} the {dth}, {y}", "{Mon} {d}, {y}", "{Mon}. {d} {y}",
  "{d} {Mon} {y}",
  "{d}-{Mon}-{y}", "{d}-{MON}-{yy}", "{D} {MON} {y}", "{Weekday}, {d} {Month} {y}", "{Weekday}, {Month} {d}, {y}",
  "{Wkd} {Mon} {d} {y}", "{Wkd}, {D} {Mon} {y}", "{m}/{d}/{y}", "{M}/{D}/{y}", "{m}/{d}/{yy}", "{d}.{m}.{y}",
  "{D}.{M}.{y}", "{d}. {m}. {y}", "{D}.{M}.{yy}", "{y}/{M}/{D}", "{y}-{m}-{d}", "{y}, {Month} {d}", "{y} {Mon} {D}",
  "{y}{M}{D}", "{d} {Month} '{yy}", "{Month} {d} '{yy}", "the {nth} of {Month} {years}", "{Month} {nth}, {years}",
  "{Month} the {nth}, {y}", "on {Weekday} the {dth} of {Month} {y}",
]

/// A date in a pattern; nil if the pattern does not go with it.
func text(_ date: Date, _ pattern: String) -> String? {
  let month = months[date.month - 1]
  let fields: [(String, String?)] = [
    ("d", "\(date.day)"), ("D", padded(date.day, to: 2)), ("dth", date.ordinal), ("nth", date.ordinalWords),
    ("m", "\(date.month)"), ("M", padded(date.month, to: 2)), ("Month", month), ("Mon", String(month.prefix(3))),
    ("MON", month.prefix(3).uppercased()), ("y", "\(date.year)"), ("yy", date.shortYear), ("years", date.yearWords),
    ("Weekday", date.weekday), ("Wkd", String(date.weekday.prefix(3))),
  ]
  var result = pattern
  for (name, value) in fields where pattern.contains("{\(name)}") {
    guard let value else { return nil }
    result = result.replacingOccurrences(of: "{\(name)}", with: value)
  }
  return result
}

/// Some are written in lower or upper case throughout.
func inSomeCase(_ text: String, _ random: inout SplitMix64) -> String {
  switch random.number(in: 0...9) {
  case 0, 1: text.lowercased()
  case 2: text.uppercased()
  default: text
  }
}

// No date stands in two files.
var random = SplitMix64(state: 2099)
var dates = Set<Date>()
let folder = URL(filePath: #filePath).deletingLastPathComponent()
for (name, count) in [("train", 6000), ("dev", 500), ("test", 1000)] {
  var lines = ""
  var written = 0
  while written < count {
    let date = Date(&random)
    guard let text = text(date, random.pick(patterns)), dates.insert(date).inserted else { continue }
    lines += inSomeCase(text, &random) + "\t" + date.iso + "\n"
    written += 1
  }
  try lines.write(to: folder.appending(path: "\(name).pairs"), atomically: true, encoding: .utf8)
}
