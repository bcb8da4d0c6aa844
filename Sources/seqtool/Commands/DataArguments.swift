public import ArgumentParser
public import SequenceToolkit

// How data is named on the command line.

extension DataFormat: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
extension SeveralLabels: ExpressibleByArgument {}

/// The schemes by the names that people use.
enum SchemeName: String, ExpressibleByArgument, CaseIterable {
  case bio, bioes, bmes, bilou, iob1

  var scheme: TagScheme {
    switch self {
    case .bio: .iob2
    case .bioes: .bioes
    case .bmes: .bmes
    case .bilou: .bilou
    case .iob1: .iob1
    }
  }
}

/// The ways of cutting a text that a tag can belong to.
enum TokenizerName: String, ExpressibleByArgument, CaseIterable {
  case whitespace, word, character

  var kind: TokenizerSettings.Kind {
    switch self {
    case .whitespace: .whitespace
    case .word: .word
    case .character: .character
    }
  }
}
