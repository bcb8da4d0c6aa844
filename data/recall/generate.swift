// Writes train.csv, dev.csv and test.csv, all beside this file:
//     swift data/recall/generate.swift
// The letters are drawn from a fixed seed, so every run gives the same bytes.

import Foundation

/// SplitMix64 (Steele et al. 2014).
struct Random {
  var state: UInt64
  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}

let lag = 100
let letters = Array("abcdefgh")
let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
var random = Random(state: 100)
for (name, count) in [("train", 1600), ("dev", 200), ("test", 400)] {
  var text = "text,label\n"
  for i in 0..<count {
    let key = letters[i % letters.count]
    let others = String((0..<lag).map { _ in letters[random.next(below: letters.count)] })
    text += "!\(key)\(others),\(key)\n"
  }
  try text.write(to: folder.appendingPathComponent("\(name).csv"), atomically: true, encoding: .utf8)
}
