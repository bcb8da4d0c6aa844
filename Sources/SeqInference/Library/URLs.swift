public import SeqCore
public import SeqLayers

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

// Folders of models by URL, beside those by path.

extension TextClassifier {
  /// Reads the folder of a classifier: see `init(contentsOf:)` of a path.
  public init(contentsOf url: URL, cells: [any CustomCell] = []) throws(SeqError) {
    try self.init(contentsOf: url.path, cells: cells)
  }
}

extension SequenceTagger {
  /// Reads the folder of a tagger: see `init(contentsOf:)` of a path.
  public init(contentsOf url: URL, cells: [any CustomCell] = []) throws(SeqError) {
    try self.init(contentsOf: url.path, cells: cells)
  }
}

extension TextGenerator {
  /// Reads the folder of a generator: see `init(contentsOf:)` of a path.
  public init(contentsOf url: URL, cells: [any CustomCell] = []) throws(SeqError) {
    try self.init(contentsOf: url.path, cells: cells)
  }
}

extension Transducer {
  /// Reads the folder of a transducer: see `init(contentsOf:)` of a path.
  public init(contentsOf url: URL, cells: [any CustomCell] = []) throws(SeqError) {
    try self.init(contentsOf: url.path, cells: cells)
  }
}
