/// A feed-forward network over the mean of a bag of embeddings, for one bag at a time:
///
///     z(0) = 1/n Σ x      z(l) = f(W(l) z(l−1) + b(l))      o = V z + c
///
/// It reads `embedding.weight` [V, E], `hidden.<l>.weight` [H, d], `hidden.<l>.bias` [H], `output.weight` [C, d] and
/// `output.bias` [C].
package struct ReferenceBag: Sendable {
  /// f.
  package var activation: @Sendable (Double) -> Double
  /// Hidden layers.
  package var layers: Int
  package var loss = ReferenceLoss()

  package init(layers: Int, activation: @escaping @Sendable (Double) -> Double) {
    self.layers = layers
    self.activation = activation
  }

  /// The network of a config. - Parameter activation: `tanh`, `sigmoid`, or else ReLU.
  package init(layers: Int, activation: String, loss: ReferenceLoss) {
    switch activation {
    case "tanh": self.init(layers: layers, activation: tanhOf)
    case "sigmoid": self.init(layers: layers, activation: sigmoid)
    default: self.init(layers: layers) { max(0, $0) }
    }
    self.loss = loss
  }

  /// The scores of one bag of ids.
  /// - Parameter features: E.
  package func scores(of bag: [Int], features: Int, _ parameters: ReferenceParameters) -> Vector {
    let table = parameters["embedding.weight"]
    var z = (0..<features).map { j in bag.reduce(0) { $0 + table[$1 * features + j] } / Double(bag.count) }
    for layer in 0..<layers {
      z = sum(product(parameters["hidden.\(layer).weight"], z), parameters["hidden.\(layer).bias"]).map(activation)
    }
    return sum(product(parameters["output.weight"], z), parameters["output.bias"])
  }

  /// The mean loss of bags of ids.
  package func loss(of bags: [[Int]], features: Int, labels: [Int], _ parameters: ReferenceParameters) -> Double {
    loss.mean(bags.map { scores(of: $0, features: features, parameters) }, labels: labels)
  }
}
