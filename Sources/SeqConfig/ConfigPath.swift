import SeqCore

/// Writes dotted paths such as `model.cell`, `data.train[1]` or `classWeights."."`.
package enum ConfigPath {
  /// One step down the tree.
  enum Step {
    case key(String)
    case index(Int)
  }

  /// The path that takes these steps from the root.
  static func text(of steps: some Sequence<Step>) -> String {
    var path: String?
    for step in steps {
      switch step {
      case .key(let key): path = appending(key: key, to: path)
      case .index(let index): path = appending(index: index, to: path)
      }
    }
    return path ?? ""
  }

  /// The path of a key of the object at `parent`; the root's is `nil`.
  ///
  /// A path is for messages, so it holds only the beginning of a key that is longer than any of ours.
  package static func appending(key: String, to parent: String?) -> String {
    let key = key.shortened(to: 100)
    let component = isPlain(key) ? key : JSONWriter.quoted(key)
    return parent.map { "\($0).\(component)" } ?? component
  }

  /// The path of an element of the array at `parent`.
  static func appending(index: Int, to parent: String?) -> String { "\(parent ?? "")[\(index)]" }

  /// Whether a key reads well in a path without quotes.
  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty
      && key.unicodeScalars.allSatisfy {
        $0.isVisible && !$0.properties.isWhitespace && !".=[]\"".unicodeScalars.contains($0)
      }
  }
}

extension Unicode.Scalar {
  /// Whether a terminal shows this scalar and does not treat it as a control character.
  var isVisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    case .spaceSeparator: self == " "
    default: true
    }
  }

  /// `U+00A0` and the like.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
