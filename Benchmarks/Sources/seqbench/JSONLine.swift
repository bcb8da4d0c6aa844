/// An object as one line of JSON. Names and texts are ours: nothing in them needs an escape.
struct JSONLine {
  enum Value {
    case number(Double)
    case text(String)
    case array([Value])
    case object([(String, Value)])

    var text: String {
      switch self {
      case .number(let number): number.isFinite ? "\(number)" : "null"
      case .text(let text): "\"\(text)\""
      case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
      case .object(let members): JSONLine(members).text
      }
    }
  }

  let text: String

  init(_ members: [(String, Value)]) {
    text = "{" + members.map { "\"\($0)\": \($1.text)" }.joined(separator: ", ") + "}"
  }
}

/// Seconds since it was made.
struct Stopwatch {
  private let origin = ContinuousClock.now

  var seconds: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - origin).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
