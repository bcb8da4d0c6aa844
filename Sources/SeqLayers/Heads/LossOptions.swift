import SeqConfig

/// The loss of a batch, as the heads need it: the settings, with the labels' weights by id.
@dynamicMemberLookup
package struct LossOptions: Sendable {
  /// What a config says.
  package var settings: LossSettings
  /// The factor of each class's loss; nil counts all alike.
  package var classWeights: [Float]?
  /// The factor of each sequence's loss of the label beside its tags.
  package var sentenceLabelScale = 0.0
  /// The share of a decoder's inputs that are its own predictions, in 0…1: see `ScheduledSampling`.
  package var samplingRate = 0.0

  package init(_ settings: LossSettings = LossSettings(), classWeights: [Float]? = nil) {
    (self.settings, self.classWeights) = (settings, classWeights)
  }

  /// A setting.
  package subscript<Value>(dynamicMember setting: WritableKeyPath<LossSettings, Value>) -> Value {
    get { settings[keyPath: setting] }
    set { settings[keyPath: setting] = newValue }
  }

  /// The same with another value of a setting.
  package func with<Value>(_ setting: WritableKeyPath<LossSettings, Value>, _ value: Value) -> LossOptions {
    var options = self
    options.settings[keyPath: setting] = value
    return options
  }

  /// The numbers among the settings, by the names of their keys, as the heads round them: for the reference.
  package var numbers: [String: Double] { settings.numbers.mapValues { Double(Float($0)) } }

  /// What the mean loss of a batch is divided by: Σ of the labels' weights, as in PyTorch. Negative labels count 0.
  package func denominator(of labels: [Int32]) -> Double {
    var sum = 0.0
    for label in labels where label >= 0 { sum += Double(classWeights?[Int(label)] ?? 1) }
    return sum
  }
}
