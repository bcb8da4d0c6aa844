import SequenceToolkit

// train FOLDER < lines: learns from lines "label<TAB>text", and writes the model into a folder.
var examples: [LabelledText] = []
while let line = readLine() {
  let fields = line.split(separator: "\t", maxSplits: 1).map(String.init)
  if fields.count == 2 { examples.append(LabelledText(fields[1], label: fields[0])) }
}
let dev = examples.indices.filter { $0 % 10 == 0 }.map { examples[$0] }
let train = examples.indices.filter { $0 % 10 != 0 }.map { examples[$0] }

let fit = TextClassifier.fit(train, dev: dev)
for try await event in fit.events {
  switch event {
  case .training(.epochEnded(let epoch, _, _, _)): print("epoch \(epoch.epoch), loss \(epoch.trainLoss)")
  case .warning(let text): print("warning: \(text)")
  default: break
  }
}
let classifier = try await fit.model
if let evaluation = classifier.evaluation { print("accuracy \(evaluation.mainScore.value)") }
try classifier.write(to: CommandLine.arguments.dropFirst().first ?? "model")
