package import SeqCore

extension Codec where Value == Int {
  /// An integer of a range.
  package static func integer(_ range: ClosedRange<Int>) -> Codec {
    Codec(
      .integer(range), read: { $0.optionalInt($1, in: range) }, parse: \.intValue,
      write: { value, _ in .integer(value) })
  }
}

extension Codec where Value == UInt64 {
  /// A seed.
  package static var seed: Codec {
    Codec(
      .integer(0...Int.max), read: { $0.optionalInt($1, in: 0...Int.max).map { UInt64($0) } },
      parse: { $0.intValue.map { UInt64($0) } }, write: { value, _ in .integer(Int(clamping: value)) })
  }
}

extension Codec where Value == Double {
  /// A number of a range.
  package static func number(_ range: NumberRange) -> Codec {
    Codec(
      .number(range), read: { $0.optionalDouble($1, in: range) }, parse: \.doubleValue,
      write: { value, _ in .real(value) })
  }
}

extension Codec where Value == Bool {
  /// True or false.
  package static var bool: Codec {
    Codec(
      .bool, read: { $0.optionalBool($1) }, parse: \.boolValue,
      write: { value, _ in .bool(value) })
  }
}

extension Codec where Value == String {
  /// A text.
  package static func text(mayBeEmpty: Bool = true) -> Codec {
    Codec(
      .text, read: { mayBeEmpty ? $0.optionalString($1) : $0.filledString($1) }, parse: \.stringValue,
      write: { value, _ in .string(value) })
  }

  /// A path relative to the config's folder, or to the working folder if it comes from the command line.
  package static func path(mayBeEmpty: Bool = true) -> Codec {
    Codec(
      .path,
      read: { reader, key in
        (mayBeEmpty ? reader.optionalString(key) : reader.filledString(key)).map { reader.resolved($0, key) }
      }, parse: \.stringValue, write: { value, writer in writer.path(value) })
  }
}

extension Codec where Value: RawRepresentable<String> & CaseIterable {
  /// One of the texts that an enum lists.
  package static var choice: Codec {
    Codec(
      .choice(Value.allCases.map(\.rawValue)), read: { $0.optionalChoice($1) },
      parse: { $0.stringValue.flatMap(Value.init(rawValue:)) }, write: { value, _ in .string(value.rawValue) })
  }
}

extension Codec where Value == ColumnReference {
  /// A column by its position or its name.
  package static var column: Codec {
    Codec(
      .column, read: { $0.optionalColumn($1) },
      write: { value, _ in
        switch value {
        case .index(let index): .integer(index)
        case .name(let name): .string(name)
        }
      })
  }
}

extension Codec where Value == [String] {
  /// A list of texts.
  package static var texts: Codec {
    Codec(
      .list(of: .text), read: { $0.optionalStrings($1) },
      write: { value, _ in .array(value.map { .string($0) }) })
  }
}
