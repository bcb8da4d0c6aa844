// Writes train.conll, dev.conll and test.conll from grammar.json, all beside this file:
//     swift data/commands/generate.swift
// The output depends on nothing but grammar.json, so every run gives the same bytes.

import Foundation

/// The contents of `grammar.json`; its "about" entry explains the fields.
struct Grammar: Decodable {
  struct Split: Decodable {
    let name: String
    let sentences: Int
    let unseenValues: Double
    let unseenPatterns: Double
  }

  struct HeldOut: Decodable {
    let valuesOf: [String]
    let valueStep: Int
    let patternStep: Int
  }

  struct Intent: Decodable {
    let commands: [String]
    let questions: [String]
  }

  let seed: UInt64
  let splits: [Split]
  let heldOut: HeldOut
  let commandFrame: String
  let questionFrame: String
  let rules: [String: [String]]
  let intents: [Intent]
}

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

  /// Returns true with the given probability.
  mutating func chance(_ probability: Double) -> Bool {
    Double(next() >> 11) * 0x1p-53 < probability
  }

  /// Returns one of the elements; the bias of the modulo is negligible here.
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }
}

/// A part of a pattern.
indirect enum Node {
  case word(String)
  case rule(String, slot: String?)
  case choice([[Node]], optional: Bool)
}

/// Parses the pattern language of `grammar.json`.
struct PatternParser {
  private var symbols: ArraySlice<Substring>

  /// Parses a whole pattern.
  static func parse(_ pattern: String) -> [Node] {
    let spaced = pattern.replacing(#/[()\[\]|]/#) { " \($0.output) " }
    var parser = PatternParser(symbols: spaced.split(separator: " ")[...])
    let alternatives = parser.alternatives()
    precondition(alternatives.count == 1 && parser.symbols.isEmpty, "bad pattern: \(pattern)")
    return alternatives[0]
  }

  /// Parses alternatives separated by `|` up to, and not including, a closing bracket or the end.
  private mutating func alternatives() -> [[Node]] {
    var result: [[Node]] = [[]]
    while let symbol = symbols.first, symbol != ")", symbol != "]" {
      symbols.removeFirst()
      if symbol == "|" { result.append([]) } else { result[result.count - 1].append(node(symbol)) }
    }
    return result
  }

  /// Parses the node that begins with the symbol, which has been taken already.
  private mutating func node(_ symbol: Substring) -> Node {
    switch symbol.first {
    case "(", "[":
      let inner = alternatives()
      precondition(symbols.popFirst() == (symbol == "(" ? ")" : "]"), "unbalanced bracket")
      return .choice(inner, optional: symbol == "[")
    case "<":
      return .rule(String(symbol.dropFirst().dropLast()), slot: nil)
    case "{":
      let names = symbol.dropFirst().dropLast().split(separator: ":").map(String.init)
      return .rule(names[names.count - 1], slot: names[0])
    default:
      return .word(String(symbol))
    }
  }
}

/// Parsed patterns to draw from, some of them held out from the training split.
struct Pool {
  private var seen: [[Node]] = []
  private var unseen: [[Node]] = []

  /// Parses the patterns; holds out every `step`-th, counted on from `offset`, or none for nil.
  init(_ patterns: [String], holdingOutEvery step: Int?, offset: Int = 0) {
    for (index, pattern) in patterns.enumerated() {
      let isHeldOut = step.map { (offset + index + 1) % $0 == 0 } ?? false
      let nodes = PatternParser.parse(pattern)
      if isHeldOut { unseen.append(nodes) } else { seen.append(nodes) }
    }
  }

  /// Draws a pattern, a held-out one with the given probability if there is any.
  func draw(unseenShare: Double, using random: inout SplitMix64) -> [Node] {
    !unseen.isEmpty && random.chance(unseenShare) ? random.pick(unseen) : random.pick(seen)
  }
}

/// A sentence: its tokens, each with its BIO2 tag.
typealias Sentence = [(token: String, tag: String)]

/// Draws tagged sentences from a grammar.
struct Generator {
  private var rules: [String: Pool] = [:]
  private var intents: [Pool] = []
  private var random: SplitMix64

  init(_ grammar: Grammar) {
    let heldOut = grammar.heldOut
    random = SplitMix64(state: grammar.seed)
    for (name, values) in grammar.rules {
      let step = heldOut.valuesOf.contains(name) ? heldOut.valueStep : nil
      rules[name] = Pool(values, holdingOutEvery: step)
    }
    var count = 0
    for intent in grammar.intents {
      let patterns =
        intent.commands.map { grammar.commandFrame.replacingOccurrences(of: "*", with: $0) }
        + intent.questions.map { grammar.questionFrame.replacingOccurrences(of: "*", with: $0) }
      intents.append(Pool(patterns, holdingOutEvery: heldOut.patternStep, offset: count))
      count += patterns.count
    }
  }

  /// Draws one sentence.
  mutating func sentence(for split: Grammar.Split) -> Sentence {
    let pattern = random.pick(intents).draw(unseenShare: split.unseenPatterns, using: &random)
    var result: Sentence = []
    expand(pattern, split, slot: nil, into: &result)
    return result
  }

  /// Appends an expansion of the nodes; inside a slot, the outermost slot gives the tags.
  private mutating func expand(
    _ nodes: [Node], _ split: Grammar.Split, slot: String?, into result: inout Sentence
  ) {
    let start = result.count
    for node in nodes {
      switch node {
      case .word(let word):
        result.append((word, "O"))
      case .choice(let alternatives, let optional):
        if optional && random.chance(0.5) { continue }
        expand(random.pick(alternatives), split, slot: nil, into: &result)
      case .rule(let name, let inner):
        guard let pool = rules[name] else { fatalError("no rule named \(name)") }
        let value = pool.draw(unseenShare: split.unseenValues, using: &random)
        expand(value, split, slot: inner, into: &result)
      }
    }
    guard let slot else { return }
    for index in start..<result.count {
      result[index].tag = (index == start ? "B-" : "I-") + slot
    }
  }
}

let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
let json = try Data(contentsOf: folder.appending(path: "grammar.json"))
let grammar = try JSONDecoder().decode(Grammar.self, from: json)
var generator = Generator(grammar)
var written: Set<String> = []
for split in grammar.splits {
  var sentences: [String] = []
  while sentences.count < split.sentences {
    let tagged = generator.sentence(for: split)
    guard written.insert(tagged.map(\.token).joined(separator: " ")).inserted else { continue }
    sentences.append(tagged.map { "\($0.token)\t\($0.tag)\n" }.joined() + "\n")
  }
  try Data(sentences.joined().utf8).write(to: folder.appending(path: "\(split.name).conll"))
}
