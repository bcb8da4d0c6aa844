package import SeqModel
package import SeqReference

extension ReferenceInput {
  /// The views of a config's inputs.
  package init(_ inputs: [InputSettings]) {
    var hasWord = false
    var views: [ReferenceView] = []
    for (i, input) in inputs.enumerated() {
      let name = "inputs.\(i)"
      switch input {
      case .characterLSTM(let input):
        views.append(
          ReferenceView(
            table: "\(name).embedding.weight", size: input.embedding, name: name, kind: .lstm(hidden: input.hidden)))
      case .characterCNN(let input):
        views.append(
          ReferenceView(
            table: "\(name).embedding.weight", size: input.embedding, name: name,
            kind: .convolution(width: input.width)))
      default:
        let table = input.kind == .word && !hasWord ? "embedding.weight" : "\(name).weight"
        if input.kind == .word { hasWord = true }
        views.append(ReferenceView(table: table, size: input.outputSize, name: name, kind: .sum))
      }
    }
    self.init(views)
  }
}
