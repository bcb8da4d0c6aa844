/// The allowed values of a key, for messages, tables and the JSON Schema.
package indirect enum ValueShape: Sendable {
  case integer(ClosedRange<Int>)
  case number(NumberRange)
  case bool
  case text
  /// A file or folder.
  case path
  /// One of several texts.
  case choice([String])
  /// A position or a name.
  case column
  case list(of: ValueShape)
  /// An object of numbers, with free keys.
  case numbersByName(NumberRange)
  /// An object with keys of its own.
  case object
  /// A list of objects with keys of their own.
  case objects
  /// One of several shapes.
  case either([ValueShape])
  /// Any value; it is ignored.
  case any

  /// What a message says that it expected.
  package var expected: String {
    switch self {
    case .integer(let range): range.integerDescription
    case .number(let range): range.description
    case .bool: "true or false"
    case .text, .path: "a string"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .column: "a position or a name"
    case .list(let element): "an array, each " + element.expected
    case .numbersByName(let range): "an object of \(range.plural)"
    case .object: "an object"
    case .objects: "an array of objects"
    case .either(let shapes): shapes.map(\.expected).joined(separator: ", or ")
    case .any: "anything"
    }
  }

  /// The type in a table.
  package var typeName: String {
    switch self {
    case .integer: "integer"
    case .number: "number"
    case .bool: "true or false"
    case .text, .choice: "text"
    case .path: "path"
    case .column: "name or position"
    case .list: "list of texts"
    case .numbersByName, .object: "object"
    case .objects: "list of objects"
    case .either(let shapes): shapes.map(\.typeName).joined(separator: " or ")
    case .any: "anything"
    }
  }

  /// The range in a table; empty for none.
  package var range: String {
    switch self {
    case .integer(let range): range.notation
    case .number(let range): range.notation
    case .choice(let names): names.inCode
    case .numbersByName(let range): "each \(range.notation)"
    case .either(let shapes): shapes.map(\.range).filter { !$0.isEmpty }.joined(separator: "; ")
    default: ""
    }
  }

  /// The allowed texts; empty if it is not a choice.
  package var choices: [String] {
    switch self {
    case .choice(let names): names
    case .either(let shapes): shapes.flatMap(\.choices)
    default: []
    }
  }
}

extension ClosedRange<Int> {
  /// `1 … 64`, `at least 0` and the like.
  var notation: String {
    switch (lowerBound == .min, upperBound == .max) {
    case (true, true): ""
    case (true, false): "at most \(upperBound)"
    case (false, true): "at least \(lowerBound)"
    case (false, false): "\(lowerBound) … \(upperBound)"
    }
  }
}
