import SequenceToolkit

// predict MODEL TEXT…
let arguments = CommandLine.arguments.dropFirst()
let model = try Model(contentsOf: arguments.first ?? LatestModel.path())
for prediction in model.predict(Array(arguments.dropFirst())) {
  switch model.task {
  case .classification: print(prediction.ranking.first?.label ?? "", prediction.text, separator: "\t")
  case .tagging: print(prediction.tokens.map { "\($0.text)/\($0.tag)" }.joined(separator: " "))
  case .transduction: break  // texts that are turned into others: see Transducer
  }
}
