package import SeqCore
package import SeqEncoding
import SeqMetrics
import SeqText

extension RawTextFinding {
  /// A share below which a user should think of another way.
  private static let poor = 0.95

  /// Says what was found: a warning if raw text will not be cut well, a note unless nothing is new to the user.
  package func report(_ config: ExperimentConfig, _ hooks: Experiment.Hooks) {
    let kind = tokenizer.settings.kind.rawValue
    let way = tokenizer.cuts == nil ? kind : "\(kind), with corrections learned from the data"
    let percent = "\((share * 100).fixed(1)) %"
    guard share < Self.poor else {
      if share == 1, tokenizer.cuts == nil, tokenizer.settings.kind == config.tokenizer.kind { return }
      let source = isOfTexts ? "" : " (its texts were made from the tokens)"
      return hooks.note("raw text will be split by \(way); this reproduces \(percent) of the data's tokens\(source)")
    }
    hooks.warn(
      "raw text will not be split like the training data: the best tokenizer, \(way), reproduces \(percent) of its "
        + "tokens; put spaces between the tokens before you tag texts, and set tokenizer.raw to whitespace")
  }
}

extension ExperimentConfig {
  /// Finds out what is to cut raw text, if it is left to the training data.
  package mutating func settleRawText(_ hooks: Experiment.Hooks) throws(SeqError) {
    guard rawText.choice == .automatic, task.choosesLabels,
      let finding = try RawTextFinding.find(self)
    else { return }
    rawText.settle(finding)
    finding.report(self, hooks)
  }
}

extension RawTextSettings {
  /// Takes what was found.
  package mutating func settle(_ finding: RawTextFinding) {
    guard let choice = Choice(rawValue: finding.tokenizer.settings.kind.rawValue) else { return }
    (self.choice, cuts) = (choice, finding.tokenizer.cuts)
  }
}
