package import SeqEncoding

/// An encoder, and what else its training data told.
package struct LearnedEncoder {
  package var encoder: SequenceEncoder
  /// Training sequences that are ill-formed in the scheme of their file.
  package var misfits = 0
  /// The ids of words that occur once in the training data; empty where that is not known.
  package var singletons: Range<Int32> = 0..<0
  /// Vectors that some words start with.
  package var pretrained: [PretrainedVectors] = []
}
