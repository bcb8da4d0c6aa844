/// What is wrong with a user's input or environment, where, and what to do about it.
///
/// One error holds one or more `diagnostics`: a config with five mistakes is one error that lists five.
public struct SeqError: Error, Sendable, Equatable {
  /// The kind of mistake, which sets the exit status (BSD `sysexits`).
  public enum Kind: Int32, Sendable {
    /// A command line that makes no sense: 64.
    case usage = 64
    /// A config, data or model file whose content is wrong: 65.
    case data = 65
    /// An input that does not exist or cannot be opened: 66.
    case missingInput = 66
    /// A bug in seqtool: 70.
    case internalFault = 70
    /// Reading or writing failed half-way: 74.
    case inputOutput = 74
  }

  /// One finding: where, what was expected and found, and what to do.
  public struct Diagnostic: Sendable, Hashable {
    /// Where it is; nil if it is not at a place of the input.
    public var place: Place?
    /// What was expected and what was found, in one clause.
    public var message: String
    /// What the user can do about it.
    public var remedy: String?
    /// The remedy as a value, of which a command has words of its own; nil if `remedy` says all.
    package private(set) var advice: Remedy?
    /// How many more such findings there are in the same file.
    public var repeats = 0

    /// A finding at a place.
    public init(_ message: String, at place: Place? = nil, remedy: String? = nil) {
      self.message = message
      self.place = place
      self.remedy = remedy
    }

    /// A finding with a remedy that a command puts in words of its own.
    package init(_ message: String, at place: Place? = nil, remedy: Remedy) {
      self.init(message, at: place, remedy: remedy.text)
      advice = remedy
    }

    /// The same, with its remedy in other words than the library's.
    package func worded(_ words: (Remedy) -> String) -> Self {
      guard let advice else { return self }
      var worded = self
      worded.remedy = words(advice)
      return worded
    }
  }

  /// What kind of mistake it is.
  public let kind: Kind
  /// The findings, in the order of the input; never empty.
  public let diagnostics: [Diagnostic]

  /// - Precondition: `diagnostics` is not empty.
  public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
    precondition(!diagnostics.isEmpty, "an error without a diagnostic")
    self.kind = kind
    self.diagnostics = diagnostics
  }

  /// An error with one diagnostic.
  public init(_ kind: Kind, _ message: String, at place: Place? = nil, remedy: String? = nil) {
    self.init(kind, [Diagnostic(message, at: place, remedy: remedy)])
  }

  /// An error with one diagnostic, whose remedy a command puts in words of its own.
  package init(_ kind: Kind, _ message: String, at place: Place? = nil, remedy: Remedy) {
    self.init(kind, [Diagnostic(message, at: place, remedy: remedy)])
  }

  /// The most findings that one error lists.
  package static let listLimit = 20

  /// An error that lists the first of many findings and says how many more there are.
  ///
  /// - Parameter total: the number of findings, if not all of them are among the `diagnostics`.
  /// - Precondition: `diagnostics` is not empty.
  package init(_ kind: Kind, listing diagnostics: [Diagnostic], of total: Int? = nil) {
    var listed = Array(diagnostics.prefix(Self.listLimit))
    let rest = max(total ?? 0, diagnostics.count) - listed.count
    if rest > 0 {
      let place = listed.last?.place?.file.map(Place.file)
      listed.append(Diagnostic("\(rest) more \(rest == 1 ? "mistake is" : "mistakes are") not listed", at: place))
    }
    self.init(kind, listed)
  }

  /// The status a command exits with: 64, 65, 66, 70 or 74.
  public var exitStatus: Int32 { kind.rawValue }
}

extension SeqError {
  /// Bad content of a config, data or model file.
  public static func data(_ message: String, at place: Place? = nil, remedy: String? = nil) -> SeqError {
    SeqError(.data, message, at: place, remedy: remedy)
  }

  /// A file that does not exist or cannot be read.
  public static func missingInput(_ message: String, at place: Place? = nil, remedy: String? = nil) -> SeqError {
    SeqError(.missingInput, message, at: place, remedy: remedy)
  }

  /// Reading or writing that failed half-way.
  public static func inputOutput(_ message: String, at place: Place? = nil, remedy: String? = nil) -> SeqError {
    SeqError(.inputOutput, message, at: place, remedy: remedy)
  }

  /// A call or command line that makes no sense.
  public static func usage(_ message: String, remedy: String? = nil) -> SeqError {
    SeqError(.usage, message, remedy: remedy)
  }
}

extension SeqError {
  /// Bad content of a config, data or model file, with a remedy that a command puts in words of its own.
  package static func data(_ message: String, at place: Place? = nil, remedy: Remedy) -> SeqError {
    SeqError(.data, message, at: place, remedy: remedy)
  }

  /// A file that does not exist or cannot be read, with such a remedy.
  package static func missingInput(_ message: String, at place: Place? = nil, remedy: Remedy) -> SeqError {
    SeqError(.missingInput, message, at: place, remedy: remedy)
  }

  /// A call or command line that makes no sense, with such a remedy.
  package static func usage(_ message: String, remedy: Remedy) -> SeqError {
    SeqError(.usage, message, remedy: remedy)
  }
}

extension SeqError.Diagnostic: CustomStringConvertible {
  /// The longest part of a message, in scalars. No path is longer, but what a user wrote may be.
  private static let longest = 4096

  /// `place: message (remedy), and 12 more like it` on one line.
  public var description: String {
    let (message, remedy) = (message.shortened(to: Self.longest), remedy?.shortened(to: Self.longest))
    let located = place.map { "\("\($0)".shortened(to: Self.longest)): \(message)" } ?? message
    let advised = remedy.map { "\(located) (\($0))" } ?? located
    return repeats == 0 ? advised : "\(advised), and \(repeats) more like it"
  }
}

extension [SeqError.Diagnostic] {
  /// Adds a finding, or counts it with an earlier one that has the same message for the same file.
  package mutating func count(_ new: SeqError.Diagnostic) {
    let index = firstIndex { $0.message == new.message && $0.remedy == new.remedy && $0.place?.file == new.place?.file }
    guard let index else { return append(new) }
    self[index].repeats += 1 + new.repeats
  }
}

extension SeqError: CustomStringConvertible {
  /// One line per diagnostic.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
