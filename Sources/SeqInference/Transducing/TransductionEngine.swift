package import SeqCore
package import SeqEncoding
import SeqModel
package import SeqPrediction
package import SeqRecords
package import SeqTensor
import SeqText

/// Turns texts into other texts with a fitted model.
///
/// It is used by one thread at a time; it runs long lists on several of its own. See `Transducer`.
package final class TransductionEngine {
  /// What the model was fitted from.
  package let config: ModelConfig
  /// Whether its steps look at the text, so that there is attention to tell of.
  package var hasAttention: Bool { config.model.decoder.attention != .none }
  /// Texts that are worked on at a time: with as many, no thread is short of work.
  package var windowTexts: Int { 64 * team.width }

  package let encoder: SequenceEncoder
  package let target: TargetSide
  package let transcriber: Transcriber
  package let team: WorkerTeam
  private var window: TextWindow

  /// Reads a model's folder.
  ///
  /// - Parameter threads: by default as many as the machine has processors for this process; the results do not depend
  ///   on it.
  /// - Throws: `.missingInput` if there is no model, `.data` if it is damaged, of another task, or needs another CPU.
  package convenience init(contentsOf path: String, threads: Int? = nil) throws(SeqError) {
    self.init(try SharedTransducer(contentsOf: path), threads: max(1, threads ?? WorkerTeam.processors))
  }

  /// - Parameter threads: at least one.
  package init(_ parts: SharedTransducer, threads: Int) {
    team = WorkerTeam(width: threads)
    (config, encoder, target) = (parts.config, parts.encoder, parts.target)
    transcriber = Transcriber(model: parts.network, weights: parts.weights, team: team)
    window = TextWindow(parts.encoder)
  }

  /// What the model writes for texts, in their order.
  package func transduce(_ texts: [String], options: TransductionOptions = .init()) -> [Transduction] {
    run(texts, options)
  }

  /// The same for records of a file, whose tokens may be given.
  package func transduce(records: [Record], options: TransductionOptions = .init()) -> [Transduction] {
    run(records, options)
  }

  private func run<Input: ModelInput>(_ texts: [Input], _ options: TransductionOptions) -> [Transduction] {
    var results: [Transduction] = []
    results.reserveCapacity(texts.count)
    for start in stride(from: 0, to: texts.count, by: windowTexts) {
      results += transduce(texts, start..<min(texts.count, start + windowTexts), options)
    }
    return results
  }

  private func transduce<Input: ModelInput>(
    _ texts: [Input], _ range: Range<Int>, _ options: TransductionOptions
  ) -> [Transduction] {
    window.fill(texts, range, team)
    var decoding = config.inference.decoding
    if let beam = options.beam { decoding.beam = beam }
    if let penalty = options.lengthPenalty { decoding.lengthPenalty = penalty }
    let (data, owners) = (window.data, window.owners)
    let found = OutputTable(range.count)
    let request = Transcriber.Request(decoding, count: options.count, attention: options.attention)
    let target = target
    transcriber.write(data, request) { sequence, hypotheses in
      found.set(hypotheses.map { Transduction.Output($0, target) }, at: owners[sequence] - range.lowerBound)
    }
    var counts = window.parts.flatMap { part in part.texts.map { part.tokens(of: $0).count } }.makeIterator()
    return range.map { i in
      let tokens =
        options.attention ? encoder.tokenizer.texts(of: texts[i].wholeText).prefix(ModelSettings.longestText) : []
      return Transduction(
        text: texts[i].wholeText, tokenCount: counts.next() ?? 0, sourceTokens: Array(tokens),
        outputs: found.outputs(at: i - range.lowerBound))
    }
  }
}

extension Transduction.Output {
  fileprivate init(_ hypothesis: Hypothesis, _ target: TargetSide) {
    text = target.text(of: hypothesis.tokens)
    tokens = hypothesis.tokens.map { target.vocabulary[$0] }
    score = hypothesis.score
    logProbability = hypothesis.logProbability
    isWhole = hypothesis.isWhole
    attention = hypothesis.attention
  }
}

/// The outputs of a window's texts, by tasks that share them out.
///
/// Unchecked because each box is filled by one task and read when that has ended: see `WorkerTeam`.
private final class OutputTable: @unchecked Sendable {
  private final class Box { var outputs: [Transduction.Output] = [] }
  private let boxes: [Box]

  init(_ count: Int) { boxes = (0..<count).map { _ in Box() } }

  func set(_ outputs: [Transduction.Output], at text: Int) { boxes[text].outputs = outputs }
  func outputs(at text: Int) -> [Transduction.Output] { boxes[text].outputs }
}
