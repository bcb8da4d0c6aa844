import SeqCore

/// The keys of the objects of a JSON-lines file.
///
/// A role for which the user named a key only has that key. Any other role has its usual key, unless that was given to
/// another role. The shapes of annotation tools are only looked for in keys without a given role.
struct JSONKeys {
  /// What a key can hold.
  enum Role: String, CaseIterable {
    case text, label, token, tag, spans, target

    /// The key of the role, unless another one is given.
    var usualKey: String {
      switch self {
      case .token: "tokens"
      case .tag: "tags"
      case .text, .label, .spans, .target: rawValue
      }
    }
  }

  /// The keys of further columns of the tokens.
  let features: [String]
  private var given: [Role: String] = [:]

  init(_ columns: ColumnNames, file: String) throws(SeqError) {
    var features: [String] = []
    for column in columns.features { features.append(try Self.name(column, "a feature", file)) }
    self.features = features
    for role in Role.allCases {
      guard let column = columns[role.rawValue] else { continue }
      given[role] = try Self.name(column, "the \(role.rawValue)", file)
    }
  }

  /// The key of a role; nil if its usual one was given to another role.
  subscript(role: Role) -> String? {
    given[role] ?? (given.values.contains(role.usualKey) ? nil : role.usualKey)
  }

  /// The key of a role, for messages and for writing.
  func name(_ role: Role) -> String { given[role] ?? role.usualKey }

  /// Whether the user gave a role its key.
  func isGiven(_ role: Role) -> Bool { given[role] != nil }

  /// Whether a key was given to some role.
  func isTaken(_ key: String) -> Bool { given.values.contains(key) }

  /// The keys that have a role.
  var all: [String] { Role.allCases.compactMap { self[$0] } }

  private static func name(_ column: ColumnReference, _ role: String, _ file: String) throws(SeqError) -> String {
    if case .name(let name) = column { return name }
    throw .data("number \(column) for \(role), expected a key of the objects", at: .file(file))
  }
}
