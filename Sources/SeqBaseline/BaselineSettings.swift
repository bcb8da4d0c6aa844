/// How the linear model is fitted.
public struct BaselineSettings: Sendable, Equatable {
  /// Rounds over the training data.
  public var epochs = 10
  /// Of support vector machines: how much of a feature's factor is that of naive Bayes, the rest being 1; 0 to 1.
  public var naiveBayes = 0.5
  /// Of support vector machines: what a violated margin costs, beside the squares of the weights.
  public var cost = 1.0
  /// Of labels of whole texts: tokens of the longest n-gram.
  public var ngrams = 2
  /// Of labels of whole texts: characters of the longest n-gram of a word, its borders counted; 0 for none.
  public var characters = 0

  /// The defaults.
  public init() {}
}
