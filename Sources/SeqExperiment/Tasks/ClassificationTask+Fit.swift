import SeqCore
package import SeqEncoding
import SeqModel
package import SeqRecipes

extension ClassificationTask: LabellingFit {
  package func recipe(_ profile: DataProfile) -> FitRecipe {
    let recipe = ClassifierRecipe(profile)
    return FitRecipe(body: recipe.body + "\n\"baseline\": \(recipe.baseline),", data: recipe.data)
  }

  package var purpose: String { "gives one label to a line of text" }

  package func layers(_ config: ExperimentConfig) -> String {
    config.recurrentLayers + ", \(config.model.pooling.rawValue) pooling" + config.linearAddition
  }
}
