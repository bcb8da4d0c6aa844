import SeqData
package import SeqEncoding
import SeqMetrics
package import SeqModel
package import SeqPrediction
package import SeqRecords
package import SeqTensor
import SeqText
import SeqTraining
import Synchronization

/// Scores an encoder–decoder on pairs. Pairs of one source are one sequence with several references.
package struct TransductionEvaluator: ScoredData {
  /// Every pair, for the loss.
  package let pairs: EncodedDataset
  package var data: EncodedDataset { pairs }
  private let target: TargetSide
  private var decoding: DecodingSettings
  /// Each distinct source once, in the order of the data.
  private var sources = EncodedDataset(isTagged: false)
  /// What each source may become, as ids: tokens that the model does not know have some of their own.
  private var references: [[[Int32]]] = []
  private var unseen: UnseenLabels
  /// Is told how many sources of all are done, on several threads at a time.
  package var progress: (@Sendable (Int, Int) -> Void)?

  package init(
    encoder: SequenceEncoder, target: TargetSide, records: [Record], from file: String? = nil,
    decoding: DecodingSettings,
    team: WorkerTeam
  ) {
    self.init(encoder.encode(records, from: file, team).data, target, decoding)
    var numbers: [[UInt8]: Int] = [:]
    for (i, record) in records.enumerated() {
      // By bytes: strings that look alike are different sources.
      let source = Array((record.text ?? "").utf8)
      let reference = ids(of: record.target ?? "")
      if let number = numbers[source] {
        if !references[number].contains(reference) { references[number].append(reference) }
        continue
      }
      numbers[source] = references.count
      references.append([reference])
      sources.append(unlabelled: pairs.tokens(i)[...])
    }
  }

  private init(_ pairs: EncodedDataset, _ target: TargetSide, _ decoding: DecodingSettings) {
    (self.pairs, self.target, self.decoding) = (pairs, target, decoding)
    unseen = UnseenLabels(after: target.vocabulary.count)
  }

  /// The same for the first pairs and sources alone.
  package func prefix(_ count: Int) -> TransductionEvaluator {
    var part = TransductionEvaluator(pairs.prefix(count), target, decoding)
    part.sources = sources.prefix(count)
    part.references = Array(references.prefix(count))
    part.unseen = unseen
    return part
  }

  package static func runner(_ network: TransductionModel, weights: Weights, team: WorkerTeam) -> Transcriber {
    Transcriber(model: network, weights: weights, team: team)
  }

  package func evaluate(_ transcriber: Transcriber, isQuick: Bool) -> Evaluation {
    evaluate(transcriber, beam: isQuick ? 1 : nil)
  }

  /// - Parameter beam: instead of the usual one.
  package func evaluate(_ transcriber: Transcriber, beam: Int? = nil) -> Evaluation {
    var decoding = decoding
    if let beam { decoding.beam = beam }
    let texts = WrittenTexts(sources.count)
    let (progress, count) = (progress, sources.count)
    let done = Atomic(0)
    transcriber.write(sources, .init(decoding)) { source, hypotheses in
      progress?(done.add(1, ordering: .relaxed).newValue, count)
      texts.set(hypotheses.first?.tokens ?? [], at: source)
    }
    var counts = TransductionCounts()
    for source in 0..<sources.count {
      counts.add(found: canonical(texts.tokens(of: source)), references: references[source])
    }
    let known = (0..<pairs.count).reduce(0) { sum, pair in
      sum + (0..<pairs.labelCount(pair)).count { pairs.label(pair, $0) != TargetRows.unknown }
    }
    return Evaluation(
      task: .transduction, labels: [], unseenLabels: [], sequences: sources.count, tokens: sources.tokenCount,
      likelihood: LanguageModelCounts(nats: transcriber.nats(pairs), tokens: known), classification: nil,
      tagging: nil, transduction: counts, symbolNames: target.vocabulary.entriesWithSpecials + unseen.names)
  }

  /// A text in pieces may be cut in several ways: it is compared as the tokeniser cuts it.
  private func canonical(_ tokens: [Int32]) -> [Int32] {
    guard target.tokenizer.settings.kind.isSubword else { return tokens }
    return target.tokenizer.ids(of: target.text(of: tokens), in: target.vocabulary)
  }

  private mutating func ids(of text: String) -> [Int32] {
    var ids: [Int32] = []
    target.tokenizer.forEachToken(in: text) { token, _ in
      let id = target.vocabulary.id(of: token)
      ids.append(id == Vocabulary.unknownID ? unseen.id(of: token) : id)
    }
    return ids
  }
}

/// What was written for each source, by tasks that share them out.
///
/// Unchecked because each element is set by one task and read when that has ended: see `WorkerTeam`.
private final class WrittenTexts: @unchecked Sendable {
  private final class Box { var tokens: [Int32] = [] }
  private let boxes: [Box]

  init(_ count: Int) { boxes = (0..<count).map { _ in Box() } }

  func set(_ tokens: [Int32], at source: Int) { boxes[source].tokens = tokens }
  func tokens(of source: Int) -> [Int32] { boxes[source].tokens }
}

extension EncodedDataset {
  /// The tokens of a sequence, as a copy.
  fileprivate func tokens(_ sequence: Int) -> [Int32] { (0..<length(sequence)).map { token(sequence, $0) } }
}

extension Vocabulary {
  /// The names of all ids.
  fileprivate var entriesWithSpecials: [String] { (0..<count).map { self[Int32($0)] } }
}
