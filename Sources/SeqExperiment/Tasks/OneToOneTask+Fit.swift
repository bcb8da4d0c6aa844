import SeqCore
package import SeqEncoding
import SeqModel
package import SeqRecipes

extension OneToOneTask: LabellingFit {
  package func recipe(_ profile: DataProfile) -> FitRecipe {
    FitRecipe(body: OtherRecipes.bag + "\n\"baseline\": true,")
  }

  package var purpose: String { "gives one label to a line of text" }

  package func layers(_ config: ExperimentConfig) -> String {
    let model = config.model
    let grams = model.ngrams > 1 ? ", n-grams up to \(model.ngrams) in \(model.buckets) buckets" : ""
    return "mean of a bag\(grams), \(model.layers) hidden layers" + (model.layers > 0 ? " of \(model.hidden)" : "")
  }
}
