import SeqCore

/// A pattern as a tree.
indirect enum PatternNode {
  case empty
  /// A scalar of the class of this number.
  case scalar(Int)
  case sequence([PatternNode])
  /// Alternatives; the first one that fits counts.
  case choice([PatternNode])
  /// `most` is nil without a limit; a lazy repeat takes as few as possible.
  case repeated(PatternNode, least: Int, most: Int?, isLazy: Bool)
}

/// Reads the syntax of regular expressions, except for what cannot be matched in linear time.
struct PatternParser {
  static let maximumRepeats = 1000
  private static let maximumDepth = 100

  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  /// The classes of the pattern, each once.
  private(set) var classes: [ScalarClass] = []
  private var numbers: [ScalarClass: Int] = [:]

  /// - Throws: `.data` with the position of the mistake in the pattern.
  static func parse(_ pattern: String) throws(SeqError) -> (tree: PatternNode, classes: [ScalarClass]) {
    var parser = PatternParser(scalars: Array(pattern.unicodeScalars))
    let tree = try parser.choice()
    if parser.at < parser.scalars.count {
      throw parser.error("a ) without a (", remedy: #"write \) for the character itself"#)
    }
    return (tree, parser.classes)
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  private func error(_ message: String, at index: Int? = nil, remedy: String? = nil) -> SeqError {
    .data("character \((index ?? at) + 1) of the pattern: \(message)", remedy: remedy)
  }

  private mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    at += 1
    return true
  }

  private mutating func scalar(_ class: ScalarClass) -> PatternNode {
    if let number = numbers[`class`] { return .scalar(number) }
    classes.append(`class`)
    numbers[`class`] = classes.count - 1
    return .scalar(classes.count - 1)
  }

  // MARK: Structure

  private mutating func choice() throws(SeqError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw error("more than \(Self.maximumDepth) nested brackets") }
    var branches = [try sequence()]
    while takes("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(SeqError) -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" { parts.append(try repeated()) }
    return parts.isEmpty ? .empty : .sequence(parts)
  }

  private mutating func repeated() throws(SeqError) -> PatternNode {
    var node = try atom()
    while let (least, most) = try bounds() {
      let isLazy = takes("?")
      if next == "+" { throw error("possessive repeats are not supported", remedy: "leave out the second +") }
      node = .repeated(node, least: least, most: most, isLazy: isLazy)
    }
    return node
  }

  /// The bounds of a repeat, if there is one here.
  private mutating func bounds() throws(SeqError) -> (Int, Int?)? {
    if takes("*") { return (0, nil) }
    if takes("+") { return (1, nil) }
    if takes("?") { return (0, 1) }
    guard next == "{" else { return nil }
    let start = at
    at += 1
    guard let least = number() else {
      throw error("expected a number after {", at: start, remedy: #"write \{ for the character itself"#)
    }
    var most: Int? = least
    if takes(",") { most = number() }
    guard takes("}") else { throw error("expected } after the number of repeats") }
    if let most, most < least { throw error("the repeat {\(least),\(most)} ends before it begins", at: start) }
    if max(least, most ?? 0) > Self.maximumRepeats {
      throw error("at most \(Self.maximumRepeats) repeats", at: start, remedy: "use + or *")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = at
    while let scalar = next, "0"..."9" ~= scalar, at - start < 6 { at += 1 }
    return Int(String(String.UnicodeScalarView(scalars[start..<at])))
  }

  private mutating func atom() throws(SeqError) -> PatternNode {
    let start = at
    guard let scalar = next else { return .empty }
    at += 1
    switch scalar {
    case "(": return try group(start)
    case "[": return self.scalar(try bracket(start))
    case ".": return self.scalar(.any)
    case "\\": return self.scalar(try escape(start))
    case "^", "$":
      throw error(
        "\(scalar) is not supported: tokens are searched for everywhere in a text", at: start, remedy: "leave it out")
    case "*", "+", "?", "{": throw error("nothing to repeat before \(scalar)", at: start)
    default: return self.scalar(.scalar(scalar.value))
    }
  }

  private mutating func group(_ start: Int) throws(SeqError) -> PatternNode {
    if takes("?") {
      guard takes(":") else {
        throw error(
          "(?\(next.map { String($0) } ?? "") is not supported: lookaround could make a line take for ever", at: start,
          remedy: "use (…) or (?:…)")
      }
    }
    let node = try choice()
    guard takes(")") else { throw error("a ( without a )", at: start, remedy: #"write \( for the character itself"#) }
    return node
  }
}

// MARK: - Classes

extension PatternParser {
  /// The class that a backslash and the character after it stand for.
  private mutating func escape(_ start: Int) throws(SeqError) -> ScalarClass {
    guard let letter = next else {
      throw error("\\ at the end", at: start, remedy: #"write \\ for the character itself"#)
    }
    at += 1
    if let shorthand = ScalarClass.shorthand(letter) { return shorthand }
    switch letter {
    case "n": return .scalar(0x0A)
    case "r": return .scalar(0x0D)
    case "t": return .scalar(0x09)
    case "p", "P":
      let name = try braced(start)
      guard let named = ScalarClass.named(name) else {
        let known = ["L", "M", "N", "P", "S", "Z", "C"] + ScalarCategory.names + ScalarCategory.scripts.dropFirst()
        throw error(
          "\\p{\(name)} is not known" + didYouMean(name, among: known), at: start,
          remedy: "a general category such as L or Lu, or one of "
            + ScalarCategory.scripts.dropFirst().joined(separator: ", "))
      }
      return letter == "P" ? named.negated : named
    case "u", "x":
      let digits = try braced(start)
      guard digits.utf8.count <= 6, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
        throw error("\\\(letter){\(digits)} is not a Unicode scalar", at: start)
      }
      return .scalar(scalar.value)
    case _ where letter.properties.isAlphabetic || "0"..."9" ~= letter:
      throw error("\\\(letter) is not known", at: start, remedy: #"known: \d \w \s \D \W \S \n \r \t \p{…} \u{…}"#)
    default: return .scalar(letter.value)
    }
  }

  private mutating func braced(_ start: Int) throws(SeqError) -> String {
    guard next == "{", let end = scalars[at...].firstIndex(of: "}") else {
      throw error("expected {…} after \\\(scalars[start + 1])", at: start)
    }
    defer { at = end + 1 }
    return String(String.UnicodeScalarView(scalars[(at + 1)..<end]))
  }

  /// The class between `[` and `]`.
  private mutating func bracket(_ start: Int) throws(SeqError) -> ScalarClass {
    var result = ScalarClass(isNegated: takes("^"))
    var isFirst = true
    while let scalar = next, isFirst || scalar != "]" {
      isFirst = false
      let place = at
      let lower = try member()
      guard next == "-", at + 1 < scalars.count, scalars[at + 1] != "]" else {
        result.parts.append(lower)
        continue
      }
      at += 1
      guard let first = lower.onlyScalar, let last = try member().onlyScalar, first <= last else {
        throw error("the range must go from a character to one that is not before it", at: place)
      }
      result.ranges.append(first...last)
    }
    guard takes("]") else { throw error("a [ without a ]", at: start, remedy: #"write \[ for the character itself"#) }
    return result
  }

  private mutating func member() throws(SeqError) -> ScalarClass {
    guard let scalar = next else { throw error("the class is not closed") }
    at += 1
    if scalar == "[" {
      throw error("a [ inside a class", at: at - 1, remedy: #"write \[ for the character itself"#)
    }
    return scalar == "\\" ? try escape(at - 1) : .scalar(scalar.value)
  }
}

extension ScalarClass {
  /// The scalar, if the class contains only one.
  fileprivate var onlyScalar: UInt32? {
    guard ranges.count == 1, self == .scalar(ranges[0].lowerBound) else { return nil }
    return ranges[0].lowerBound
  }
}
