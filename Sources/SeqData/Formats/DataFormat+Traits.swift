public import SeqCore
public import SeqRecords

// Properties of a format, for other code.

extension DataFormat {
  /// What the format is and holds.
  package var traits: FormatTraits { descriptor.traits }

  /// Whether it is a folder of files instead of one file.
  public var isFolder: Bool { [.fileAfterFile, .sideBySide].contains(traits.storage) }

  /// Whether its records are rows of fields between delimiters.
  package var isTable: Bool { takes(.delimiter) }

  /// Whether it marks parts of a text by their offsets.
  public var holdsSpans: Bool { traits.holds.contains(.spans) }

  /// Whether its records are only texts.
  package var holdsTextsAlone: Bool { traits.holds == [.text] }

  /// Whether files of this format can be written.
  public var isWritten: Bool { traits.isWritten }

  /// The kinds of answers that this format can hold.
  public var provides: [Wanted] {
    let parts = traits.holds
    let hasTags = parts.contains(.tags) || parts.contains(.spans)
    var wanted: [Wanted] = [.text, .fields]
    if parts.contains(.label) { wanted.append(.label) }
    if hasTags { wanted.append(.tags) }
    if hasTags, parts.contains(.label) { wanted.append(.tagsAndLabel) }
    if parts.contains(.target) { wanted.append(.target) }
    return wanted + [.everything]
  }

  /// Whether a setting applies to it.
  package func takes(_ setting: FormatSetting) -> Bool { traits.settings.contains(setting) }
}

// Names of formats, for messages.

extension DataFormat {
  /// All of them.
  public static var names: String { names { _ in true } }

  /// Those that can be written.
  package static var writtenNames: String { names(where: \.isWritten) }

  /// Those that can hold a kind of answer.
  public static func names(providing wanted: Wanted) -> String { names { $0.provides.contains(wanted) } }

  /// Those that a setting applies to, in words: `csv and tsv`.
  public static func names(taking setting: FormatSetting) -> String {
    namesBySetting[setting] ?? ""
  }

  // Computed once, because the command's help needs them at every start.
  private static let namesBySetting = Dictionary(
    uniqueKeysWithValues: FormatSetting.allCases.map { setting in
      (setting, allCases.filter { $0.takes(setting) }.map(\.rawValue).listed("and"))
    })

  /// Those that mark parts of a text, in words.
  public static var namesHoldingSpans: String { allCases.filter(\.holdsSpans).map(\.rawValue).listed("or") }

  private static func names(where isMeant: (DataFormat) -> Bool) -> String {
    allCases.filter(isMeant).map(\.rawValue).joined(separator: ", ")
  }
}

extension [String] {
  /// `a, b and c`.
  fileprivate func listed(_ conjunction: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
