import SequenceToolkit

// cell FOLDER < lines: learns from lines "label<TAB>text" with a cell of its own, writes the model and reads it back.
let path = CommandLine.arguments.dropFirst().first ?? "model"
let cell = MinimalGatedUnit()
print("gradient is wrong by at most \(try cell.gradientError())")

var examples: [LabelledText] = []
while let line = readLine() {
  let fields = line.split(separator: "\t", maxSplits: 1).map(String.init)
  if fields.count == 2 { examples.append(LabelledText(fields[1], label: fields[0])) }
}
var recipe = Recipe.automatic
recipe.adjust = { $0.model.cell = .custom(cell) }
try await TextClassifier(fitting: examples, recipe: recipe).write(to: path)

let classifier = try TextClassifier(contentsOf: path, cells: [cell])
for example in examples.prefix(3) { print(try classifier.predict(example.text).label, example.text, separator: "\t") }
