// Loads the models that `make demo` fits and asks them. Run it in the project's folder:
//
//     swift run --package-path examples/library predict

import SequenceToolkit

let model = try Model(contentsOf: "models/names")
for name in ["Kowalczyk", "Yamaguchi", "Papadopoulou"] {
  let ranking = model.classify(name)
  print(name, ranking[0].label, ranking[0].probability)
}
let tagger = try Model(contentsOf: "models/commands")
for token in tagger.tag("wake me at half past six") { print(token.text, token.tag) }
