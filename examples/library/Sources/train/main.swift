import SequenceToolkit

// train FOLDER < lines: learns from lines "label<TAB>text", and writes the model into a folder.
var examples: [LabelledText] = []
while let line = readLine() {
  let fields = line.split(separator: "\t", maxSplits: 1).map(String.init)
  if fields.count == 2 { examples.append(LabelledText(fields[1], label: fields[0])) }
}
let dev = examples.indices.filter { $0 % 10 == 0 }.map { examples[$0] }
let train = examples.indices.filter { $0 % 10 != 0 }.map { examples[$0] }

let classifier = try await TextClassifier(fitting: train, dev: dev) { event in
  if case .epochEnded(let epoch, _, _, _) = event { print("epoch \(epoch.epoch), loss \(epoch.trainLoss)") }
}
if let evaluation = classifier.evaluation { print("accuracy \(evaluation.mainScore.value)") }
try classifier.write(to: CommandLine.arguments.dropFirst().first ?? "model")
