import SequenceToolkit

// predict MODEL TEXT…
let path = try CommandLine.arguments.dropFirst().first ?? LatestModel.path()
let texts = CommandLine.arguments.dropFirst(2)
if try Model.task(of: path).tagsTokens {
  let tagger = try SequenceTagger(contentsOf: path)
  for text in texts { print(tagger.tag(text).map { "\($0.text)/\($0.tag)" }.joined(separator: " ")) }
} else {
  let classifier = try TextClassifier(contentsOf: path)
  for text in texts { print(try classifier.predict(text).label, text, separator: "\t") }
}
