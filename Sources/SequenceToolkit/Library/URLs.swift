public import SeqCore
public import SeqInference

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

// Folders of models by URL, beside those by path.

extension TextClassifier {
  /// Writes the model's folder: see `write(to:)` of a path.
  public func write(to url: URL) throws(SeqError) { try write(to: url.path) }
}

extension SequenceTagger {
  /// Writes the model's folder: see `write(to:)` of a path.
  public func write(to url: URL) throws(SeqError) { try write(to: url.path) }
}

extension TextGenerator {
  /// Writes the model's folder: see `write(to:)` of a path.
  public func write(to url: URL) throws(SeqError) { try write(to: url.path) }
}

extension Transducer {
  /// Writes the model's folder: see `write(to:)` of a path.
  public func write(to url: URL) throws(SeqError) { try write(to: url.path) }
}
