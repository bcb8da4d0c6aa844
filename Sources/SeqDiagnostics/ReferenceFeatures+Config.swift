package import SeqModel
package import SeqReference

extension ReferenceFeatures {
  /// The features of a config.
  package init(_ settings: [FeatureSettings]) {
    var hasWord = false
    var features: [ReferenceFeature] = []
    for (i, setting) in settings.enumerated() {
      let name = "inputs.\(i)"
      switch setting {
      case .characterLSTM(let setting):
        features.append(
          ReferenceFeature(
            table: "\(name).embedding.weight", size: setting.embedding, name: name, kind: .lstm(hidden: setting.hidden))
        )
      case .characterCNN(let setting):
        features.append(
          ReferenceFeature(
            table: "\(name).embedding.weight", size: setting.embedding, name: name,
            kind: .convolution(width: setting.width)))
      default:
        let table = setting.kind == .word && !hasWord ? "embedding.weight" : "\(name).weight"
        if setting.kind == .word { hasWord = true }
        features.append(ReferenceFeature(table: table, size: setting.outputSize, name: name, kind: .sum))
      }
    }
    self.init(features)
  }
}
